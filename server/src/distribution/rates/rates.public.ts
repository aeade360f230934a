export { CommissionRates, type FrozenRate } from './commission-rates.js';
export type { CommissionRuleEntity } from './commission-rule.entity.js';
export { lossSentence, percentText, ruleSentence, toCommissionRule } from './commission-rule.mapper.js';
export type { Seller, SoldThing } from './domain/rate-scope.js';
export { PublishRate } from './publish-rate.service.js';
export { CommissionRuleResolutionDto } from './rate-views.dto.js';
export { type ProductScope, RATED_GOODS, type RatedGoods, type RatedSku } from './rated-goods.js';
export { ResolveRateQueryDto } from './rates.dto.js';
export { RatesModule } from './rates.module.js';
