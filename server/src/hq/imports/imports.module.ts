import { Module } from '@nestjs/common';
import { CatalogModule } from '../../mall/catalog/catalog.public.js';
import { ImportCatalogue } from './import-catalogue.service.js';
import { ImportsController } from './imports.controller.js';

/** Catalogue files. */
@Module({
  imports: [CatalogModule],
  controllers: [ImportsController],
  providers: [ImportCatalogue],
  exports: [ImportCatalogue],
})
export class ImportsModule {}
