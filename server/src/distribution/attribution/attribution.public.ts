export { Attribution, type AttributionSummary, type FrozenAttribution } from './attribution.js';
export { AttributionModule } from './attribution.module.js';
export { AttributionQueries, type CustomerAttribution } from './attribution.queries.js';
