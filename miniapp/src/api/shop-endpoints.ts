/** From a product to an order that arrived. */
import type { ProductDetail } from '@mall/shared/catalogue';
import type { CustomerOrderAttribution } from '@mall/shared/disputes';
import type {
  OrderDetail,
  OrderState,
  OrderSummary,
  PaymentParams,
  PaymentStatus,
  PickupStore,
  PlaceOrderRequest,
  Quote,
  QuoteRequest,
} from '@mall/shared/orders';
import type { Page } from '@mall/shared/paging';
import type { WechatReceipt, WechatReceiptChecked } from '@mall/shared/shipping';
import { act, at, keyed, mine, shelf } from './calls';

export const fetchProduct = (id: string) => shelf<ProductDetail>(`/products/${at(id)}`);
export const askQuote = (request: QuoteRequest) => act<Quote>('POST', '/quotes', request);
export const fetchPickupStores = () => mine<PickupStore[]>('/pickup-stores');
export const placeOrder = (request: PlaceOrderRequest, key: string) =>
  act<OrderDetail>('POST', '/orders', request, keyed(key));
export const fetchOrders = (state: OrderState | undefined, cursor: string | undefined) =>
  mine<Page<OrderSummary>>('/orders', { state, cursor });
export const fetchOrder = (id: string) => mine<OrderDetail>(`/orders/${at(id)}`);
export const fetchOrderAttribution = (id: string) => mine<CustomerOrderAttribution>(`/orders/${at(id)}/attribution`);
export const cancelOrder = (id: string) => act<OrderDetail>('POST', `/orders/${at(id)}/cancel`);
export const confirmReceipt = (id: string) => act<OrderDetail>('POST', `/orders/${at(id)}/receipt`);
export const fetchWechatReceipt = (id: string) => mine<WechatReceipt>(`/orders/${at(id)}/wechat-receipt`);
export const checkWechatReceipt = (id: string) => act<WechatReceiptChecked>('POST', `/orders/${at(id)}/wechat-receipt`);
export const startPayment = (id: string) => act<PaymentParams>('POST', `/orders/${at(id)}/payment`);
export const fetchPayment = (id: string) => mine<PaymentStatus>(`/orders/${at(id)}/payment`);
