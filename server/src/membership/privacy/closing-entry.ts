import { ContactPreference } from '@mall/shared/membership';
import { Injectable } from '@nestjs/common';
import { SessionStore } from '../../platform/auth/session-store.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { Members } from '../members/members.public.js';
import { type DataSubject, type Erasure, marksOf } from './personal-data-part.js';

/** The member's own rows, all of her entries: what tells who she is, and how she signs in. */
@Injectable()
export class ClosingEntry {
  constructor(
    private readonly members: Members,
    private readonly sessions: SessionStore,
  ) {}

  async subject(reader: Reader, memberId: string): Promise<DataSubject> {
    return { memberId, entryIds: await this.members.entriesOf(reader, memberId) };
  }

  /** False: she has closed it already, or another entry stands for her. */
  async mark(tx: Tx, memberId: string, at: number): Promise<boolean> {
    const marked = await tx.execute(
      'UPDATE members SET closedAt = ? WHERE id = ? AND closedAt IS NULL AND mergedInto IS NULL',
      [at, memberId],
    );
    return marked === 1;
  }

  /**
   * Accounts at WeChat, unionid, number and name go, and every session ends: who signs in again is a new member. The
   * rows stay, as a name for orders and sums that says nothing. Runs again for a sign-in that was under way.
   */
  async erase(tx: Tx, erasure: Erasure): Promise<void> {
    const marks = marksOf(erasure);
    await tx.execute(`DELETE FROM member_identities WHERE memberId IN (${marks})`, erasure.entryIds);
    await tx.execute(
      `UPDATE members SET unionid = NULL, nickname = NULL, phoneSealed = NULL, phoneHash = NULL, phoneTail = NULL,
         contactPreference = ?, closedAt = COALESCE(closedAt, ?) WHERE id IN (${marks})`,
      [ContactPreference.Nobody, erasure.at, ...erasure.entryIds],
    );
    await tx.execute(
      `UPDATE member_cases SET phoneHash = NULL WHERE otherMemberId IN (${marks}) OR memberId IN (${marks})`,
      [...erasure.entryIds, ...erasure.entryIds],
    );
    for (const entryId of erasure.entryIds) await this.sessions.endAll(tx, entryId);
  }
}
