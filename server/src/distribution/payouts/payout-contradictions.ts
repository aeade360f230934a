import { type PayoutContradiction } from '@mall/shared/payouts';
import { Injectable, Logger } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { PayoutContradictionEntity } from './payout-contradiction.entity.js';
import type { Contradiction } from './transfer-provider.js';

const LONGEST_TEXT = 100;

/** What HQ must look at: the provider's word on a bill does not fit what was sent (R5.5). */
@Injectable()
export class PayoutContradictions {
  private readonly logger = new Logger(PayoutContradictions.name);

  constructor(private readonly clock: BusinessClock) {}

  /** Written once for each bill and kind, however often it is heard. */
  async record(
    tx: Tx,
    bill: { outBillNo: string; transferId: string | null },
    { kind, ours, theirs }: Contradiction,
  ): Promise<void> {
    const fresh = await tx.insertOnce(PayoutContradictionEntity, {
      id: newId('pyc'),
      ...bill,
      kind,
      ours: ours.slice(0, LONGEST_TEXT),
      theirs: theirs.slice(0, LONGEST_TEXT),
      seenAt: this.clock.now(),
      resolvedAt: null,
      resolvedBy: null,
      resolution: null,
    });
    if (fresh) this.logger.error({ message: 'the provider contradicts what was sent', ...bill, kind });
  }

  /** Newest first; those that nobody has looked at, or all. */
  async list(reader: Reader, { open, limit }: { open: boolean; limit: number }): Promise<PayoutContradiction[]> {
    const rows = await reader.query<PayoutContradictionEntity>(
      `SELECT * FROM payout_contradictions ${open ? 'WHERE resolvedAt IS NULL' : ''} ORDER BY id DESC LIMIT ${limit}`,
    );
    return rows.map(({ resolvedBy, ...row }) => row as PayoutContradiction);
  }
}
