import { ContactPreference } from '@mall/shared/membership';
import { MessageKind } from '@mall/shared/subscriptions';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { Members } from '../members/members.public.js';
import { MessageTurns } from './message-turns.js';

/** Reminders that sell; the others tell somebody of her own order or money. */
const REMINDERS: readonly string[] = [MessageKind.CouponExpiring];

/** Who is to be left alone now (R2.5, R6.4). */
@Injectable()
export class MessageLimits {
  constructor(
    private readonly members: Members,
    private readonly turns: MessageTurns,
  ) {}

  /**
   * Counts a message to her at `at` (business clock), or says why she is not to get it; then it is not counted. A later
   * try brings the same message and is not counted again, but she may have closed her account or said no meanwhile.
   */
  async count(
    tx: Tx,
    { memberId, kind, tries }: { memberId: string; kind: string; tries: number },
    at: number,
  ): Promise<'contact' | 'cap' | 'closed' | null> {
    const member = await this.members.find(tx, memberId);
    if (member === null || member.closedAt !== null) return 'closed';
    const isReminder = REMINDERS.includes(kind);
    if (isReminder && member.contactPreference === ContactPreference.Nobody) return 'contact';
    if (tries > 0) return null;
    if (!isReminder) {
      await this.turns.note(tx, memberId, at);
      return null;
    }
    return (await this.turns.take(tx, memberId, at)) ? null : 'cap';
  }
}
