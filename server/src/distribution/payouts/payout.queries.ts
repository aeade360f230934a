import type { GuideStatus, PayeeType } from '@mall/shared/guides';
import { type Fen, fen } from '@mall/shared/money';
import type { Page } from '@mall/shared/paging';
import {
  type HqPayout,
  type Payout,
  type PayoutState,
  type PayoutTransfer,
  type TransferPhase,
  TransferState,
} from '@mall/shared/payouts';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { SqlValue } from '../../platform/database/tx.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';
import { phaseOf, transferWords } from './domain/transfer-words.js';
import { whatItWaitsFor } from './domain/what-it-waits-for.js';
import type { PayoutRequestEntity } from './payout-request.entity.js';
import type { PayoutTransferEntity } from './payout-transfer.entity.js';
import { TRANSFER_PROVIDER, type TransferProvider } from './transfer-provider.js';

type Row = PayoutRequestEntity & { guideName: string; guideStatus: string; availableFen: number };

const SELECT = `SELECT r.*, g.name AS guideName, g.status AS guideStatus, COALESCE(b.balanceFen, 0) AS availableFen
  FROM payout_requests r JOIN guides g ON g.id = r.guideId
    LEFT JOIN ledger_balances b ON b.account = CONCAT('guide:', r.guideId, ':available')`;

export interface PayoutFilter {
  state?: PayoutState;
  cursor?: string;
  limit: number;
}

/** Reads of payouts, each with its transfers and what it waits for. */
@Injectable()
export class PayoutQueries {
  constructor(
    private readonly database: Database,
    @Optional() @Inject(TRANSFER_PROVIDER) private readonly provider: TransferProvider | null = null,
  ) {}

  /** A guide's payouts, newest first. */
  async ofGuide(guideId: string, { cursor, limit }: PayoutFilter): Promise<Page<Payout>> {
    const where = `r.guideId = ? AND r.id < ? ORDER BY r.id DESC LIMIT ${limit + 1}`;
    const page = await this.page(where, [guideId, cursor ?? NEWEST], limit);
    return { ...page, items: page.items.map(forGuide) };
  }

  /** Null for an unknown id and for somebody else's alike. */
  async find(guideId: string, payoutId: string): Promise<Payout | null> {
    const { items } = await this.page('r.id = ? AND r.guideId = ?', [payoutId, guideId], 1);
    return items[0] === undefined ? null : forGuide(items[0]);
  }

  /** HQ's list, newest first; of one state, or of all. */
  async all({ state, cursor, limit }: PayoutFilter): Promise<Page<HqPayout>> {
    const where = `r.state = COALESCE(?, r.state) AND r.id < ? ORDER BY r.id DESC LIMIT ${limit + 1}`;
    return this.page(where, [state ?? null, cursor ?? NEWEST], limit);
  }

  async findForHq(payoutId: string): Promise<HqPayout | null> {
    return (await this.page('r.id = ?', [payoutId], 1)).items[0] ?? null;
  }

  /** The transfer, if it is the guide's. */
  async transferOf(guideId: string, transferId: string): Promise<PayoutTransferEntity | null> {
    const sql = 'SELECT * FROM payout_transfers WHERE id = ? AND guideId = ?';
    return this.database.first<PayoutTransferEntity>(sql, [transferId, guideId]);
  }

  /** Transfers about whose end the provider has contradicted itself, newest first: somebody must look. */
  async contradicted(limit: number): Promise<PayoutTransferEntity[]> {
    return this.database.query<PayoutTransferEntity>(
      `SELECT * FROM payout_transfers WHERE state = '${TransferState.Succeeded}' AND failReason IS NOT NULL
       ORDER BY id DESC LIMIT ${limit}`,
    );
  }

  /** Bills that are not what was sent and that nobody has looked at, newest first. 0 fen where no transfer is known. */
  async openContradictions(limit: number): Promise<{ id: string; kind: string; grossFen: Fen; seenAt: number }[]> {
    return this.database.query(
      `SELECT c.id, c.kind, COALESCE(t.grossFen, 0) AS grossFen, c.seenAt FROM payout_contradictions c
       LEFT JOIN payout_transfers t ON t.id = c.transferId
       WHERE c.resolvedAt IS NULL ORDER BY c.id DESC LIMIT ${limit}`,
    );
  }

  private async page(where: string, values: readonly SqlValue[], limit: number): Promise<Page<HqPayout>> {
    const rows = await this.database.query<Row>(`${SELECT} WHERE ${where}`, values);
    const transfers = await this.transfersOf(rows.map(({ id }) => id));
    return pageOf(rows, limit, (row) => this.toPayout(row, transfers.get(row.id) ?? []));
  }

  private async transfersOf(requestIds: readonly string[]): Promise<Map<string, PayoutTransferEntity[]>> {
    const found = new Map<string, PayoutTransferEntity[]>();
    if (requestIds.length === 0) return found;
    const rows = await this.database.query<PayoutTransferEntity>(
      `SELECT * FROM payout_transfers WHERE requestId IN (${requestIds.map(() => '?').join(', ')})
       ORDER BY requestId, position`,
      requestIds,
    );
    for (const row of rows) {
      const earlier = found.get(row.requestId);
      if (earlier === undefined) found.set(row.requestId, [row]);
      else earlier.push(row);
    }
    return found;
  }

  private toPayout(row: Row, transfers: readonly PayoutTransferEntity[]): HqPayout {
    const state = row.state as PayoutState;
    return {
      id: row.id,
      guideId: row.guideId,
      guideName: row.guideName,
      payeeType: row.payeeType as PayeeType,
      amountFen: row.amountFen,
      taxFen: row.taxFen,
      netFen: row.netFen,
      state,
      requestedAt: row.requestedAt,
      decidedAt: row.decidedAt,
      decisionReason: row.decisionReason,
      doneAt: row.doneAt,
      transfers: transfers.map(toTransfer),
      waitsFor: whatItWaitsFor({
        state,
        payeeType: row.payeeType as PayeeType,
        transfers: transfers.map((transfer) => ({
          state: transfer.state as TransferState,
          phase: transfer.phase as TransferPhase | null,
          isAskedBack: transfer.cancelAskedAt !== null,
        })),
        guideStatus: row.guideStatus as GuideStatus,
        availableFen: fen(Number(row.availableFen)),
        canBeSent: Boolean(this.provider),
      }),
    };
  }
}

function toTransfer(row: PayoutTransferEntity): PayoutTransfer {
  const { id, outBillNo, amountFen, failReason, submittedAt, finishedAt } = row;
  const state = row.state as TransferState;
  const place = { state, phase: row.phase as TransferPhase | null, isAskedBack: row.cancelAskedAt !== null };
  const phase = phaseOf(place);
  // Of one that is asked back: since when it is.
  const phaseAt = phase === null ? null : phase === place.phase ? row.phaseAt : row.cancelAskedAt;
  const stateText = transferWords(place);
  return { id, outBillNo, amountFen, state, phase, phaseAt, stateText, failReason, submittedAt, finishedAt };
}

function forGuide({ guideId: _, guideName: __, payeeType: ___, ...payout }: HqPayout): Payout {
  return payout;
}
