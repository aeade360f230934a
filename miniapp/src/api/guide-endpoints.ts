/** The guide's desk: what she shares, earns and may ask about it. */
import type { UrlLink, UrlLinkInput } from '@mall/shared/codes';
import type { DisputeInput, GuideAttribution, GuideOrder } from '@mall/shared/disputes';
import type {
  CommissionEntry,
  CommissionReceipt,
  CommissionState,
  GuideCustomer,
  GuideDesk,
  GuideInvitation,
  GuideNotice,
  ShareableProduct,
  ShareLink,
  ShareLinkInput,
} from '@mall/shared/guides';
import type { Me } from '@mall/shared/membership';
import type { PickupOrder, PickupRequest } from '@mall/shared/orders';
import type { Page } from '@mall/shared/paging';
import type {
  GuideBalance,
  PayeeName,
  PayeeNameInput,
  Payout,
  PayoutInput,
  Statement,
  TransferConfirmation,
} from '@mall/shared/payouts';
import { fetchPicture, type PictureAnswer } from '../platform/share';
import { act, at, keyed, mine } from './calls';
import { mediaUrl } from './media';
import { ApiProblem, ClientFault, problemOf } from './problem';

type Cursor = string | undefined;

export const fetchInvitation = (code: string) => mine<GuideInvitation>(`/guide-invitations/${at(code)}`);
export const acceptInvitation = (code: string) => act<Me>('POST', `/guide-invitations/${at(code)}/accept`);
export const fetchDesk = () => mine<GuideDesk>('/guide/desk');
export const fetchShareable = (q: string | undefined, cursor: Cursor) =>
  mine<Page<ShareableProduct>>('/guide/products', { q, cursor });
export const createShareLink = (input: ShareLinkInput) => act<ShareLink>('POST', '/guide/share-links', input);
/** An address that opens a share link from outside of WeChat; the same one as long as it lasts. */
export const fetchUrlLink = (code: string, input: UrlLinkInput = {}) =>
  act<UrlLink>('POST', `/guide/share-links/${at(code)}/url-link`, input);

/** A poster or code image on this device. Its address is open, so it needs no session. Throws ApiProblem. */
export async function fetchShareImage(url: string): Promise<string> {
  const answer: PictureAnswer = await fetchPicture(mediaUrl(url) ?? '').catch(() => {
    throw new ApiProblem(ClientFault.Network, 0, null);
  });
  if ('file' in answer) return answer.file;
  throw problemOf(answer.status, answer.body);
}

export const fetchCustomers = (cursor: Cursor) => mine<Page<GuideCustomer>>('/guide/customers', { cursor });
export const fetchNotices = (cursor: Cursor) => mine<Page<GuideNotice>>('/guide/notices', { cursor });
export const readNotices = () => act<null>('POST', '/guide/notices/read');

export const fetchCommissions = (state: CommissionState | undefined, cursor: Cursor) =>
  mine<Page<CommissionEntry>>('/guide/commissions', { state, cursor });
export const fetchCommission = (id: string) => mine<CommissionReceipt>(`/guide/commissions/${at(id)}`);
/** Months in which something happened to her money, newest first. */
export const fetchStatementMonths = () => mine<string[]>('/guide/statements');
export const fetchStatement = (month: string) => mine<Statement>(`/guide/statements/${at(month)}`);

export const fetchBalance = () => mine<GuideBalance>('/guide/balance');
export const fetchPayouts = (cursor: Cursor) => mine<Page<Payout>>('/guide/payouts', { cursor });
export const requestPayout = (input: PayoutInput, key: string) =>
  act<Payout>('POST', '/guide/payouts', input, keyed(key));
export const cancelPayout = (id: string) => act<Payout>('POST', `/guide/payouts/${at(id)}/cancel`);
/** What WeChat's confirmation page wants to see. */
export const fetchConfirmation = (id: string) =>
  mine<TransferConfirmation>(`/guide/payout-transfers/${at(id)}/confirmation`);
/** Asks the server how the transfer stands: what the phone says proves nothing. */
export const checkTransfer = (id: string) => act<Payout>('POST', `/guide/payout-transfers/${at(id)}/check`);
/** Her real name, masked, which only large transfers need. */
export const fetchPayeeName = () => mine<PayeeName>('/guide/payee-name');
export const keepPayeeName = (input: PayeeNameInput) => act<PayeeName>('PUT', '/guide/payee-name', input);
export const removePayeeName = () => act<PayeeName>('DELETE', '/guide/payee-name');

export const fetchGuideOrders = (cursor: Cursor) => mine<Page<GuideOrder>>('/guide/orders', { cursor });
export const fetchGuideAttribution = (orderId: string) =>
  mine<GuideAttribution>(`/guide/orders/${at(orderId)}/attribution`);
export const openDispute = (orderId: string, input: DisputeInput) =>
  act<GuideAttribution>('POST', `/guide/orders/${at(orderId)}/dispute`, input);
export const withdrawDispute = (orderId: string) =>
  act<GuideAttribution>('POST', `/guide/orders/${at(orderId)}/dispute/withdraw`);

/** What waits in her store, the longest-waiting first. */
export const fetchPickups = () => mine<PickupOrder[]>('/guide/pickups');
export const handOver = (orderId: string, request: PickupRequest) =>
  act<PickupOrder>('POST', `/guide/orders/${at(orderId)}/pickup`, request);
