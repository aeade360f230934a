/** What a member keeps and decides: addresses, coupons, joining, who serves her. */
import type { Coupon, CouponState } from '@mall/shared/coupons';
import type {
  Address,
  AddressInput,
  ChangeMyGuideRequest,
  ContactPreferenceRequest,
  JoinOffer,
  JoinRequest,
  Me,
  MyGuide,
} from '@mall/shared/membership';
import type { MyNickname, NicknameRequest } from '@mall/shared/texts';
import type { ContactCode, ContactOffer } from '@mall/shared/wecom';
import { act, at, mine } from './calls';

export const fetchJoinOffer = () => mine<JoinOffer>('/me/join-offer');
export const join = (request: JoinRequest) => act<Me>('POST', '/me/join', request);
export const fetchNickname = () => mine<MyNickname>('/me/nickname');
export const changeNickname = (request: NicknameRequest) => act<MyNickname>('PUT', '/me/nickname', request);
export const fetchMyGuide = () => mine<MyGuide>('/me/guide');
export const changeMyGuide = (request: ChangeMyGuideRequest) => act<MyGuide>('POST', '/me/guide', request);
export const chooseContact = (request: ContactPreferenceRequest) =>
  act<MyGuide>('POST', '/me/contact-preference', request);
export const fetchContactOffer = () => mine<ContactOffer>('/me/guide/contact-code');
export const makeContactCode = () => act<ContactCode>('POST', '/me/guide/contact-code');

export const fetchAddresses = () => mine<Address[]>('/me/addresses');
export const createAddress = (input: AddressInput) => act<Address>('POST', '/me/addresses', input);
export const updateAddress = (id: string, input: AddressInput) => act<Address>('PUT', `/me/addresses/${at(id)}`, input);
export const deleteAddress = (id: string) => act<null>('DELETE', `/me/addresses/${at(id)}`);
export const fetchCoupons = (state: CouponState) => mine<Coupon[]>('/me/coupons', { state });
