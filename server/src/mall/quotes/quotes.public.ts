export { type Delivery, type PricedLine, type PricedOrder, PriceOrder, toQuote } from './price-order.service.js';
export { MAX_QUANTITY, OrderLinesDto } from './quote.dto.js';
export { QuotesModule } from './quotes.module.js';
