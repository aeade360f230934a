import { type Bps, bps, type Fen } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { Settings } from '../../platform/settings/settings.js';
import { Ledger, type Posting } from '../ledger/ledger.public.js';
import { legsOf } from './commission-entries.js';
import { CommissionEntryEntity } from './commission-entry.entity.js';
import { accrue } from './domain/commission-moves.js';

export interface Accrual {
  orderId: string;
  orderNumber: string;
  memberId: string;
  orderLineId: string;
  title: string;
  optionText: string;
  goodsFen: Fen;
  discountFen: Fen;
  baseFen: Fen;
  payeeKind: 'guide' | 'store';
  payeeId: string;
  rateBps: Bps;
  ruleId: string;
  /** Business clock. */
  at: number;
}

/** R4.6, as the settings stood when the order was created. */
export interface TailTerms {
  tailBps: Bps;
  tailVesting: 'days' | 'second_order';
}

/** What makes the posting one business fact; the entry itself when nothing else does. */
export type AccrualFact = Pick<Posting, 'sourceKind' | 'sourceId' | 'payee' | 'fact'>;

/** Writes a new commission entry and posts it: pending, from HQ's commission account. */
@Injectable()
export class AccrueCommission {
  constructor(
    private readonly ledger: Ledger,
    private readonly settings: Settings,
  ) {}

  async tailAt(reader: Reader, orderedAt: number): Promise<TailTerms> {
    const { values } = await this.settings.at(reader, 'distribution', orderedAt);
    return { tailBps: bps(values.tailBps), tailVesting: values.tailVesting };
  }

  /** One entry a line and kind of payee, whatever reports the payment (D16). Null when there was one. */
  async execute(tx: Tx, accrual: Accrual, tail: TailTerms, fact?: AccrualFact): Promise<CommissionEntryEntity | null> {
    // Only the guide's part vests in parts: a store is a merchant, not somebody to keep (R4.6).
    const tailBps = accrual.payeeKind === 'guide' ? tail.tailBps : bps(0);
    const { commission, movements } = accrue(accrual.baseFen, accrual.rateBps, tailBps);
    const { at, ...ordered } = accrual;
    const entry: CommissionEntryEntity = {
      id: newId('cme'),
      ...ordered,
      ...commission,
      paidDepth: 1,
      accruedAt: at,
      receivedAt: null,
      availableAt: null,
      finalAt: null,
      releasedAt: null,
      tailVesting: commission.tailState === 'none' ? null : tail.tailVesting,
      tailDueAt: null,
    };
    if (!(await tx.insertOnce(CommissionEntryEntity, entry))) return null;
    if (commission.postedFen > 0) {
      await this.ledger.post(tx, {
        ...(fact ?? { sourceKind: 'commission-entry', sourceId: entry.id, payee: '', fact: 'accrued' }),
        occurredAt: at,
        orderId: entry.orderId,
        entryId: entry.id,
        legs: legsOf(entry, movements),
      });
    }
    return entry;
  }
}
