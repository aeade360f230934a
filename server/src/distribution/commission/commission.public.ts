export { ResolveRateQueryDto } from './commission.dto.js';
export { CommissionModule } from './commission.module.js';
export { CommissionRates, type FrozenRate } from './commission-rates.js';
export { ruleSentence, toCommissionRule } from './commission-rule.mapper.js';
export type { Seller, SoldThing } from './domain/resolve-rate.js';
export { PublishRate } from './publish-rate.service.js';
