export { CommissionRates, type FrozenRate } from './commission-rates.js';
export type { CommissionRuleEntity } from './commission-rule.entity.js';
export { percentText, ruleSentence, toCommissionRule } from './commission-rule.mapper.js';
export type { Seller, SoldThing } from './domain/resolve-rate.js';
export { PublishRate } from './publish-rate.service.js';
export { ResolveRateQueryDto } from './rates.dto.js';
export { RatesModule } from './rates.module.js';
