/** Privacy (PIPL, R2.6): policy texts, what she agreed to, her data, her account's end, and checked texts. */
import type { ConsentPurpose } from './membership.js';

/** One purpose of use as a version of the policy words it. */
export interface PolicyPurpose {
  purpose: ConsentPurpose;
  title: string;
  text: string;
  /** What ends when she withdraws. */
  withdrawal: string;
  /** The version since which the wording stands: a consent to an older one does not cover it. */
  since: string;
}

/** GET /api/privacy/policy?version= — a version of the text; without one, that in force. */
export interface PolicyDocument {
  version: string;
  /** The version in force. */
  current: string;
  /** What differs from the version before, in a sentence; null for the first. */
  changes: string | null;
  sections: { title: string; paragraphs: string[] }[];
  purposes: PolicyPurpose[];
}

/** `outdated`: she agreed to an older wording, which covers nothing any more. */
export const ConsentState = {
  Granted: 'granted',
  Withdrawn: 'withdrawn',
  Never: 'never',
  Outdated: 'outdated',
} as const;
export type ConsentState = (typeof ConsentState)[keyof typeof ConsentState];

export interface ConsentView extends PolicyPurpose {
  state: ConsentState;
  /** Of her newest act. */
  policyVersion: string | null;
  at: number | null;
  /** False: ends with the account only, as the account rests on it. */
  mayWithdraw: boolean;
}

/** GET /api/me/consents */
export interface MyConsents {
  policyVersion: string;
  consents: ConsentView[];
  /** True: the wording of something that she agreed to has changed, and she is to be asked again. */
  mustAskAgain: boolean;
}

/** POST /api/me/consents → MyConsents; 422 `consent-missing` when the version is not that in force. */
export interface ConsentRequest {
  purpose: ConsentPurpose;
  act: 'grant' | 'withdraw';
  policyVersion: string;
}

/** One section of an export: rows of label and value, readable as they stand. */
export interface DataSection {
  title: string;
  items: Record<string, string | number | null>[];
}

export const DataExportState = { Making: 'making', Ready: 'ready', Expired: 'expired' } as const;
export type DataExportState = (typeof DataExportState)[keyof typeof DataExportState];

/** GET and POST /api/me/data-exports → the newest; 429 `rate-limited` for a second one on a day. */
export interface DataExport {
  id: string;
  state: DataExportState;
  requestedAt: number;
  /** Null while it is made. */
  expiresAt: number | null;
}

/** GET /api/me/data-exports/{id}/content */
export interface DataExportContent {
  madeAt: number;
  sections: DataSection[];
}

/** GET /api/me/account-closure — what stands in its way, what goes and what stays. */
export interface AccountClosurePreview {
  /** Empty: she may close it. Each says what is open and what to do. */
  obstacles: string[];
  erased: string[];
  kept: string[];
}

/** POST /api/me/account-closure → 204; 409 `account-not-closable` with `obstacles`. */
export interface AccountClosureRequest {
  /** A fresh one of `wx.login()`: that it is she who asks. */
  code: string;
  /** She has read what goes and what stays. */
  confirmed: true;
}
