export { type ChannelArrival, ChannelArrivals } from './channel-arrivals.js';
export { CodeTargetDto } from './channel-code.dto.js';
export { ChannelCodeQueries } from './channel-code.queries.js';
export { targetOf } from './channel-codes.js';
export { ChannelCodesModule } from './channel-codes.module.js';
