import { Injectable, Logger } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { BillDifferenceEntity } from './bill-difference.entity.js';
import { compareBill, type FoundDifference } from './domain/compare-bill.js';
import { readBothSides } from './read-both-sides.js';

/**
 * Compares a stored bill with the books and keeps each difference as a task of HQ, once. Compared again, a day adds what
 * is new, and a task whose rows agree by now (a notice that came late) is settled by itself.
 */
@Injectable()
export class CompareTradeBill {
  private readonly logger = new Logger(CompareTradeBill.name);

  constructor(private readonly clock: BusinessClock) {}

  /** @returns how many tasks of the day are open */
  async execute(tx: Tx, day: string): Promise<number> {
    const found = compareBill(await readBothSides(tx, day));
    let fresh = 0;
    for (const difference of found) {
      if (await tx.insertOnce(BillDifferenceEntity, toEntity(day, difference))) fresh += 1;
    }
    await this.settleWhatAgrees(tx, day, found);
    if (fresh > 0) {
      // No rows: numbers and amounts are on HQ's list, and a log is no place for them.
      this.logger.error({ message: 'the trade bill and the books differ', billDate: day, differences: fresh });
    }
    const open = await tx.first<{ n: number }>(
      `SELECT COUNT(*) AS n FROM bill_differences WHERE billDate = ? AND state = 'open'`,
      [day],
    );
    return Number(open?.n ?? 0);
  }

  private async settleWhatAgrees(tx: Tx, day: string, found: readonly FoundDifference[]): Promise<void> {
    const still = new Set(found.map(({ number, kind }) => `${number} ${kind}`));
    const open = await tx.query<BillDifferenceEntity>(
      `SELECT * FROM bill_differences WHERE billDate = ? AND state = 'open'`,
      [day],
    );
    for (const { id, number, kind } of open) {
      if (still.has(`${number} ${kind}`)) continue;
      await tx.execute(
        `UPDATE bill_differences SET state = 'resolved', resolvedBy = 'system', resolvedReason = ?, resolvedAt = ?
         WHERE id = ? AND state = 'open'`,
        ['再次核对时两边已经一致', this.clock.now(), id],
      );
    }
  }
}

function toEntity(billDate: string, { kind, subject, number, billRow, ourRow }: FoundDifference): BillDifferenceEntity {
  return {
    id: newId('bdf'),
    billDate,
    number,
    kind,
    subject,
    billRowJson: billRow === null ? null : JSON.stringify(billRow),
    billFen: billRow?.amountFen ?? null,
    ourRowJson: ourRow === null ? null : JSON.stringify(ourRow),
    ourFen: ourRow?.amountFen ?? null,
    state: 'open',
    resolvedBy: null,
    resolvedReason: null,
    resolvedAt: null,
  };
}
