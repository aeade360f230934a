/** HQ's hand on whose customer a member is (R2.3, R2.4, R2.5), and on entries that may be one person (R2.1). */

/** POST /api/hq/guides/:id/hand-over → HandOver; called again it goes on with what is left. */
export interface HandOverRequest {
  /** One to 20 guides who serve; her members are split evenly among them. */
  toGuideIds: string[];
  reason: string;
}

/** GET /api/hq/hand-overs/:id */
export interface HandOver {
  handOverId: string;
  fromGuideId: string;
  toGuideIds: string[];
  reason: string;
  /** Members moved so far. */
  moved: number;
  finished: boolean;
  startedAt: number;
  finishedAt: number | null;
}

/** POST /api/hq/members/:id/transfer → MemberBindings */
export interface MemberTransferRequest {
  /** Null: nobody; her store stays her home store. */
  guideId: string | null;
  reason: string;
  /** The newest binding that HQ looked at; another one by now is a 409 `binding-conflict`. Absent: whatever it is. */
  seenBindingId?: string | null;
}

/** One change of whose customer a member is. */
export interface BindingStep {
  id: string;
  /** Of which entry it was, when two entries of one person were merged. */
  memberId: string;
  at: number;
  from: { id: string; name: string } | null;
  to: { id: string; name: string } | null;
  storeName: string | null;
  cause: string;
  /** The order, touch or hand-over behind it. */
  causeId: string | null;
  /** Who did it: 系统规则, 会员本人 or an HQ user. */
  actor: string;
  reason: string | null;
  protectedUntil: number;
  validUntil: number;
  /** All of it in Chinese, with the time in words. */
  sentence: string;
}

/** GET /api/hq/members/:id/bindings — newest first. */
export interface MemberBindings {
  memberId: string;
  nicknameMasked: string;
  phoneTail: string | null;
  steps: BindingStep[];
}

export const MemberCaseState = {
  Open: 'open',
  Merged: 'merged',
  Released: 'released',
  Dismissed: 'dismissed',
} as const;
export type MemberCaseState = (typeof MemberCaseState)[keyof typeof MemberCaseState];

/** An entry of a case as HQ may see it (R2.6). */
export interface MemberCaseSide {
  memberId: string;
  nicknameMasked: string;
  phoneTail: string | null;
  joinedAt: number | null;
  hasUnionid: boolean;
}

/** GET /api/hq/member-cases?state= — two entries that may be one person, or a number that was recycled (C4). */
export interface MemberCase {
  id: string;
  state: MemberCaseState;
  /** Who verified the number, or whom WeChat named. */
  member: MemberCaseSide;
  /** Who holds it. */
  holder: MemberCaseSide;
  openedAt: number;
  decidedAt: number | null;
  reason: string | null;
}
