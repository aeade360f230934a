import { businessDay } from '../../platform/clock/business-day.js';
import type { Reader } from '../../platform/database/tx.js';
import {
  checkPayout,
  type PayoutDayRow,
  type PayoutFile,
  type PayoutRequestRow,
  payoutHoldings,
  type TransferRow,
} from './domain/check-payout.js';
import { computed, type Findings, side } from './domain/findings.js';
import type { LegRow } from './domain/order-file.js';
import type { PayeeAccounts } from './domain/payee-accounts.js';
import { COLUMNS, groupedBy, places } from './order-files.js';

const PAGE = 500;
const REQUEST = 'id, guideId, amountFen, taxFen, netFen, state, requestedAt, transferCount, endedCount';
const TRANSFER = 'id, requestId, guideId, position, amountFen, grossFen, outBillNo, state';

/** Walks all payout requests by id, and the days that they were counted on. */
export class PayoutChecks {
  private readonly billNumbers = new Map<string, TransferRow>();
  /** guide and day → what was asked for and did not come back. */
  private readonly days = new Map<string, { usedFen: number; last: PayoutRequestRow }>();

  constructor(
    private readonly reader: Reader,
    private readonly found: Findings,
    private readonly accounts: PayeeAccounts,
    private readonly signal?: AbortSignal,
  ) {}

  async run(): Promise<void> {
    let after = '';
    let met = 0;
    for (;;) {
      this.signal?.throwIfAborted();
      const requests = await this.reader.query<PayoutRequestRow>(
        `SELECT ${REQUEST} FROM payout_requests WHERE id > ? ORDER BY id LIMIT ${PAGE}`,
        [after],
      );
      if (requests.length === 0) break;
      for (const file of await this.filesOf(requests)) {
        met += file.transfers.length;
        this.check(file);
      }
      after = requests.at(-1)?.id ?? after;
    }
    await this.checkStrayTransfers(met);
    await this.checkDays();
  }

  private check(file: PayoutFile): void {
    const { request } = file;
    checkPayout(file, this.billNumbers, this.found);
    const holdings = payoutHoldings(file);
    for (const [bucket, amount] of Object.entries(holdings)) {
      this.accounts.addDue(`guide:${request.guideId}:${bucket}`, amount);
    }
    // What came back may be asked for again on the same day.
    const key = `${request.guideId} ${businessDay(request.requestedAt)}`;
    const usedFen = (this.days.get(key)?.usedFen ?? 0) + holdings.paying + holdings.paid + holdings.withheld;
    this.days.set(key, { usedFen, last: request });
  }

  private async filesOf(requests: readonly PayoutRequestRow[]): Promise<PayoutFile[]> {
    const ids = requests.map(({ id }) => id);
    const transfers = await this.reader.query<TransferRow>(
      `SELECT ${TRANSFER} FROM payout_transfers WHERE requestId IN (${places(ids)}) ORDER BY requestId, position`,
      ids,
    );
    const requestOf = new Map(transfers.map(({ id, requestId }) => [id, requestId]));
    const legs = [
      ...(await this.legs('payout', ids)),
      ...(await this.legs('payout-transfer', [...requestOf.keys()])),
    ].map((leg) => ({ ...leg, requestId: requestOf.get(leg.sourceId ?? '') ?? leg.sourceId ?? '' }));
    const [byRequest, legsOf] = [groupedBy(transfers, 'requestId'), groupedBy(legs, 'requestId')];
    return requests.map((request) => ({
      request,
      transfers: byRequest.get(request.id) ?? [],
      legs: (legsOf.get(request.id) ?? []).map(({ requestId, ...leg }) => leg),
    }));
  }

  private async legs(sourceKind: string, sourceIds: readonly string[]): Promise<LegRow[]> {
    if (sourceIds.length === 0) return [];
    const columns = COLUMNS.ledger_legs.split(', ').map((column) => `l.${column}`);
    return this.reader.query<LegRow>(
      `SELECT ${columns.join(', ')}, t.sourceKind, t.sourceId, t.fact, t.occurredAt
       FROM ledger_transactions t JOIN ledger_legs l ON l.transactionId = t.id
       WHERE t.sourceKind = ? AND t.sourceId IN (${places(sourceIds)}) ORDER BY l.id`,
      [sourceKind, ...sourceIds],
    );
  }

  private async checkStrayTransfers(met: number): Promise<void> {
    const row = await this.reader.first<{ n: number }>('SELECT COUNT(*) AS n FROM payout_transfers');
    this.found.fit('strays', met);
    if (Number(row?.n ?? 0) === met) return;
    const strays = await this.reader.query<TransferRow>(
      `SELECT ${TRANSFER} FROM payout_transfers t
       WHERE NOT EXISTS (SELECT 1 FROM payout_requests r WHERE r.id = t.requestId)`,
    );
    for (const stray of strays) {
      this.found.holds('strays', false, {
        subject: stray.id,
        sentence: '转账没有提现单',
        left: side('payout_transfers', stray, stray.grossFen),
        right: side('payout_requests', null),
      });
    }
  }

  private async checkDays(): Promise<void> {
    const rows = await this.reader.query<PayoutDayRow>('SELECT guideId, businessDay, usedFen FROM payout_days');
    const kept = new Map(rows.map((row) => [`${row.guideId} ${row.businessDay}`, row]));
    for (const key of [...new Set([...kept.keys(), ...this.days.keys()])].sort()) {
      const [row, live] = [kept.get(key), this.days.get(key)];
      this.found.equal('payout-days', {
        subject: key,
        sentence: '当日已用提现额度不等于当日有效的提现之和',
        left: side('payout_days', row ?? null, row?.usedFen ?? 0),
        right: computed('sum of live payout_requests', live?.usedFen ?? 0, live?.last ?? null),
      });
    }
  }
}
