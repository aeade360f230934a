export type { FreightRule } from '@mall/shared/hq';
export { type FreightQuote, quoteFreight } from './domain/quote-freight.js';
export { FreightModule } from './freight.module.js';
export { Freight } from './freight.service.js';
export { ReplaceFreightRules } from './replace-freight-rules.service.js';
