import type { HqRole } from '@mall/shared/hq';

/** A signed-in person of the mini-program: customer, member or guide; which of them is looked up, not stored. */
export interface MemberActor {
  kind: 'member';
  sessionId: string;
  memberId: string;
}

/** A signed-in HQ user. */
export interface HqActor {
  kind: 'hq';
  sessionId: string;
  userId: string;
  username: string;
  role: HqRole;
  /** The one store of a store manager; null for everybody else. */
  storeId: string | null;
}

export type Actor = MemberActor | HqActor;
