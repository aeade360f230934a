import type { HqRole } from '@mall/shared/hq';
import type { Reader } from '../database/tx.js';

export const HQ_USER_DIRECTORY = Symbol('HQ_USER_DIRECTORY');

/** An HQ user as a request needs her. */
export interface CurrentHqRole {
  username: string;
  role: HqRole;
  /** The one store of a store manager; null for everybody else. */
  storeId: string | null;
}

/** What a request needs to know of an HQ user now. The wing of HQ provides it: the ground knows no HQ users. */
export interface HqUserDirectory {
  /** Name, role and store as they are at this moment, or null when there is no such user or it is disabled. */
  current(reader: Reader, userId: string): Promise<CurrentHqRole | null>;
  /** The name of whoever did something, disabled since or not; null when there was never such a user. */
  nameOf(reader: Reader, userId: string): Promise<string | null>;
}
