/** The API as functions: paths and types are written here once. All throw ApiProblem. */
import type { Brand, Category, ProductCard, ProductDetail, ProductListQuery, SkuSummary } from '@mall/shared/catalogue';
import type { Coupon, CouponState } from '@mall/shared/coupons';
import type {
  CommissionEntry,
  CommissionReceipt,
  CommissionState,
  GuideCustomer,
  GuideDesk,
  GuideInvitation,
  ShareableProduct,
  ShareLink,
  ShareLinkInput,
} from '@mall/shared/guides';
import type {
  Address,
  AddressInput,
  JoinOffer,
  JoinRequest,
  Me,
  TouchRequest,
  TouchResponse,
} from '@mall/shared/membership';
import type {
  OrderDetail,
  OrderState,
  OrderSummary,
  PaymentParams,
  PaymentStatus,
  PlaceOrderRequest,
  Quote,
  QuoteRequest,
} from '@mall/shared/orders';
import type { Page } from '@mall/shared/paging';
import type { HttpMethod } from '../platform/request';
import { api } from '../state/session';
import type { ApiCall } from './client';

const shelf = <T>(path: string, query?: ApiCall['query']) =>
  api.call<T>({ method: 'GET', path, query, session: 'optional' });
const mine = <T>(path: string, query?: ApiCall['query']) =>
  api.call<T>({ method: 'GET', path, query, session: 'required' });
const act = <T>(method: HttpMethod, path: string, body?: unknown, headers?: Record<string, string>) =>
  api.call<T>({ method, path, body, headers, session: 'required' });
const at = (id: string) => encodeURIComponent(id);

export const reportTouch = (touch: TouchRequest) => act<TouchResponse>('POST', '/touches', touch);
export const fetchJoinOffer = () => mine<JoinOffer>('/me/join-offer');
export const join = (request: JoinRequest) => act<Me>('POST', '/me/join', request);

export const fetchAddresses = () => mine<Address[]>('/me/addresses');
export const createAddress = (input: AddressInput) => act<Address>('POST', '/me/addresses', input);
export const updateAddress = (id: string, input: AddressInput) => act<Address>('PUT', `/me/addresses/${at(id)}`, input);
export const deleteAddress = (id: string) => act<null>('DELETE', `/me/addresses/${at(id)}`);

export const fetchCategories = () => shelf<Category[]>('/categories');
export const fetchBrands = () => shelf<Brand[]>('/brands');
export const fetchProducts = (query: ProductListQuery) => shelf<Page<ProductCard>>('/products', { ...query });
export const fetchProduct = (id: string) => shelf<ProductDetail>(`/products/${at(id)}`);
export const fetchSkus = (ids: string[]) => shelf<SkuSummary[]>('/skus', { ids: ids.join(',') });

export const askQuote = (request: QuoteRequest) => act<Quote>('POST', '/quotes', request);
export const placeOrder = (request: PlaceOrderRequest, key: string) =>
  act<OrderDetail>('POST', '/orders', request, { 'idempotency-key': key });
export const fetchOrders = (state: OrderState | undefined, cursor: string | undefined) =>
  mine<Page<OrderSummary>>('/orders', { state, cursor });
export const fetchOrder = (id: string) => mine<OrderDetail>(`/orders/${at(id)}`);
export const cancelOrder = (id: string) => act<OrderDetail>('POST', `/orders/${at(id)}/cancel`);
export const confirmReceipt = (id: string) => act<OrderDetail>('POST', `/orders/${at(id)}/receipt`);
export const startPayment = (id: string) => act<PaymentParams>('POST', `/orders/${at(id)}/payment`);
export const fetchPayment = (id: string) => mine<PaymentStatus>(`/orders/${at(id)}/payment`);
export const fetchCoupons = (state: CouponState) => mine<Coupon[]>('/me/coupons', { state });

export const fetchInvitation = (code: string) => mine<GuideInvitation>(`/guide-invitations/${at(code)}`);
export const acceptInvitation = (code: string) => act<Me>('POST', `/guide-invitations/${at(code)}/accept`);
export const fetchDesk = () => mine<GuideDesk>('/guide/desk');
export const fetchShareable = (q: string | undefined, cursor: string | undefined) =>
  mine<Page<ShareableProduct>>('/guide/products', { q, cursor });
export const createShareLink = (input: ShareLinkInput) => act<ShareLink>('POST', '/guide/share-links', input);
export const fetchShareLinks = () => mine<Page<ShareLink>>('/guide/share-links');
export const fetchCommissions = (state: CommissionState | undefined, cursor: string | undefined) =>
  mine<Page<CommissionEntry>>('/guide/commissions', { state, cursor });
export const fetchCommission = (id: string) => mine<CommissionReceipt>(`/guide/commissions/${at(id)}`);
export const fetchCustomers = (cursor: string | undefined) => mine<Page<GuideCustomer>>('/guide/customers', { cursor });
