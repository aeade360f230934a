/** Sessions, members, consent and addresses (R2). All instants are UTC epoch milliseconds. */

import type { CodeTarget } from './codes.js';

/** POST /api/sessions/wechat */
export interface WechatLoginRequest {
  /** From `wx.login()`; valid five minutes, once. */
  code: string;
}

export interface SessionResponse {
  /** Send as `Authorization: Bearer <token>`. */
  token: string;
  expiresAt: number;
  me: Me;
}

/** The guide whom a customer sees: who serves her and where. */
export interface GuideChip {
  name: string;
  storeName: string;
}

/** GET /api/me */
export interface Me {
  id: string;
  nickname: string | null;
  /** Last four digits shown, e.g. `138****0001`; null until joined. */
  phoneMasked: string | null;
  /** Null: a visitor, who may browse and buy. */
  joinedAt: number | null;
  /** The guide she is bound to at this moment. */
  myGuide: GuideChip | null;
  /** Set when this person is an active guide herself. */
  guide: { id: string; name: string; storeId: string; storeName: string } | null;
}

/** POST /api/touches — R2.2: the phone reports only the short code that it was opened with. */
export interface TouchRequest {
  shareCode: string;
  /** WeChat scene value from onShow, e.g. 1007. */
  scene: number;
}

/** An unknown, forged or revoked code answers `guide: null` and nothing alarming. */
export interface TouchResponse {
  guide: GuideChip | null;
  /**
   * What the code leads to now: a printed code opens home, which follows this, and a scanned one names no product.
   * A guide's revoked link still leads to its goods, a revoked printed code home. Null: no code of ours.
   */
  target: CodeTarget | null;
}

export const ConsentPurpose = {
  /** Required to join. */
  Membership: 'membership',
  /** Optional: masked data shown to the guide who serves her. */
  GuideService: 'guide_service',
  /** Separate consent to sensitive data: a guide's real name, for transfers that need it. Never part of joining. */
  PayoutIdentity: 'payout_identity',
} as const;
export type ConsentPurpose = (typeof ConsentPurpose)[keyof typeof ConsentPurpose];

/** What may be agreed to while joining. */
export const JOIN_PURPOSES: readonly ConsentPurpose[] = [ConsentPurpose.Membership, ConsentPurpose.GuideService];

/** GET /api/me/join-offer — whose customer one would become, shown before she agrees (R2.3). */
export interface JoinOffer {
  policyVersion: string;
  /** Names the touch that the offer rests on; null: joins without a guide. */
  offerTouchId: string | null;
  guide: GuideChip | null;
  /** The store whose own code she opened, when no guide is offered: it becomes her home. */
  storeName: string | null;
}

/** POST /api/me/join */
export interface JoinRequest {
  /** From `<button open-type="getPhoneNumber">`; valid five minutes, once. */
  phoneCode: string;
  policyVersion: string;
  purposes: ConsentPurpose[];
  /** As in the offer that was shown; a newer offer answers 409 `join-offer-changed` with it. */
  offerTouchId: string | null;
  nickname?: string;
}

/** POST and PUT /api/me/addresses */
export interface AddressInput {
  recipient: string;
  /** Mainland mobile number, 11 digits. */
  phone: string;
  province: string;
  city: string;
  district: string;
  detail: string;
  isDefault: boolean;
}

export interface Address extends AddressInput {
  id: string;
}

/** R2.5: who may write to a member. `hq_only`: HQ's messages still carry a way to ask her guide. */
export const ContactPreference = { Guide: 'guide', HqOnly: 'hq_only', Nobody: 'nobody' } as const;
export type ContactPreference = (typeof ContactPreference)[keyof typeof ContactPreference];

/** GET /api/me/guide — whose customer I am, and what I can change about it (R2.5). */
export interface MyGuide {
  /** Null: nobody. */
  guide: { id: string; name: string; storeName: string; since: number; isServing: boolean } | null;
  contactPreference: ContactPreference;
  /** When I may change my guide again; null: now. */
  nextChangeAt: number | null;
  /** Whom I could choose: serving guides of my store, and those whose share I opened lately. Never my present one. */
  choices: { id: string; name: string; storeName: string }[];
}

/** POST /api/me/guide → MyGuide; 409 `guide-change-too-soon` with `nextChangeAt`. Null: no guide. */
export interface ChangeMyGuideRequest {
  guideId: string | null;
}

/** POST /api/me/contact-preference → MyGuide */
export interface ContactPreferenceRequest {
  contactPreference: ContactPreference;
}
