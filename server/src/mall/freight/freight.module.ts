import { Module } from '@nestjs/common';
import { FreightController } from './freight.controller.js';
import { Freight } from './freight.service.js';
import { ReplaceFreightRules } from './replace-freight-rules.service.js';

/** Freight by region and amount. */
@Module({
  controllers: [FreightController],
  providers: [Freight, ReplaceFreightRules],
  exports: [Freight, ReplaceFreightRules],
})
export class FreightModule {}
