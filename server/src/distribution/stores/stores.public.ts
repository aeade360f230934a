export { OpenStore } from './open-store.service.js';
export { Stores } from './stores.js';
export { StoresModule } from './stores.module.js';
