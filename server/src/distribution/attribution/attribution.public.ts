export { CustomerOrderAttributionDto } from './attribution.dto.js';
export { Attribution, type AttributionSummary, type FrozenAttribution } from './attribution.js';
export { AttributionModule } from './attribution.module.js';
export { AttributionQueries, type CustomerAttribution, type GuideOrderRow } from './attribution.queries.js';
export type { GuideView } from './attribution-views.js';
export { ReplayAttribution } from './replay-attribution.service.js';
