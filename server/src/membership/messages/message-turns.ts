import { Injectable } from '@nestjs/common';
import { DAY_MS } from '../../platform/clock/business-day.js';
import { RetryTransaction } from '../../platform/database/database-errors.js';
import type { Tx } from '../../platform/database/tx.js';
import { Settings } from '../../platform/settings/settings.js';
import { MessageTurnEntity } from './message-turn.entity.js';

/** R6.4: at most so many messages a member within the days, whoever sends them. */
@Injectable()
export class MessageTurns {
  constructor(private readonly settings: Settings) {}

  /** Takes a turn that is free at `at` (business clock). False: there is none, and the message has to wait. */
  async take(tx: Tx, memberId: string, at: number): Promise<boolean> {
    const { mostPerMember, windowDays } = (await this.settings.at(tx, 'messages', at)).values;
    // Turns behind the last are of a merge or of a time when more were allowed: they stand in the way like the others.
    const used = await tx.query<{ n: number }>(
      'SELECT COUNT(*) AS n FROM message_turns WHERE memberId = ? AND slot > ? AND usedAt > ?',
      [memberId, mostPerMember, at - windowDays * DAY_MS],
    );
    for (let slot = 1; slot <= mostPerMember - Number(used[0]?.n ?? 0); slot += 1) {
      if (await this.takeSlot(tx, { memberId, slot, usedAt: at }, at - windowDays * DAY_MS)) return true;
    }
    return false;
  }

  /** Counts a message that she waits for and that no cap holds back: over the cap it takes the oldest turn's place. */
  async note(tx: Tx, memberId: string, at: number): Promise<void> {
    if (await this.take(tx, memberId, at)) return;
    const oldest = await tx.first<MessageTurnEntity>(
      'SELECT * FROM message_turns WHERE memberId = ? ORDER BY usedAt, slot LIMIT 1',
      [memberId],
    );
    if (oldest === null) return;
    const moved = await tx.execute(
      'UPDATE message_turns SET usedAt = ? WHERE memberId = ? AND slot = ? AND usedAt = ?',
      [at, memberId, oldest.slot, oldest.usedAt],
    );
    if (moved === 0) throw new RetryTransaction(`another message to ${memberId} took the same turn`);
  }

  private async takeSlot(tx: Tx, turn: MessageTurnEntity, freeIfUsedBy: number): Promise<boolean> {
    const again = await tx.execute(
      'UPDATE message_turns SET usedAt = ? WHERE memberId = ? AND slot = ? AND usedAt <= ?',
      [turn.usedAt, turn.memberId, turn.slot, freeIfUsedBy],
    );
    return again === 1 || tx.insertOnce(MessageTurnEntity, turn);
  }
}
