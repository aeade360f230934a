export { ImportCatalogue } from './import-catalogue.service.js';
export { ImportsModule } from './imports.module.js';
