/**
 * What must be true when a payout's history is over. Judged from WeChat's truth (the fake's) and from what was done to
 * the mall; reads the mall's tables, and shares no code with it.
 */
import { Database } from '../../src/platform/database/database.js';
import type { SqlValue } from '../../src/platform/database/tx.js';
import type { ChaosWorld } from './chaos-world.js';
import type { FakeTransfer } from './fake-transfers.js';
import type { PayoutPlayer, TransferRow } from './payout-player.js';
import { monthAfter, type PlayedGuide } from './payout-scene.js';
import type { Withholding } from './payout-steps.js';
import { taxOf } from './payout-tax.js';

interface RequestRow {
  id: string;
  guideId: string;
  amountFen: number;
  taxFen: number;
  netFen: number;
  withholding: Withholding;
  state: string;
  requestedAt: number;
  decidedAt: number | null;
  decidedBy: string | null;
  transferCount: number;
}

const GIVEN_UP = ['failed', 'cancelled'];
const DAY_MS = 86_400_000;
const dayOf = (at: number): number => Math.floor((at + 8 * 3_600_000) / DAY_MS);
const sum = <T>(list: readonly T[], of: (one: T) => number): number => list.reduce((total, one) => total + of(one), 0);

export class PayoutOracle {
  readonly faults: string[] = [];
  private rows: TransferRow[] = [];
  private requests: RequestRow[] = [];

  constructor(
    private readonly world: ChaosWorld,
    private readonly player: PayoutPlayer,
  ) {}

  async judge(): Promise<string[]> {
    const { guides } = this.player.scene;
    if (guides.length === 0) return [];
    this.rows = await this.player.rows();
    const ids = guides.map(({ id }) => id);
    const places = ids.map(() => '?').join(', ');
    this.requests = await this.query<RequestRow>(
      `SELECT * FROM payout_requests WHERE guideId IN (${places}) ORDER BY requestedAt, id`,
      ids,
    );
    for (const row of this.rows) this.judgeTransfer(row);
    for (const request of this.requests) this.judgeRequest(request);
    this.judgeBills();
    this.judgeLimits();
    for (const guide of guides) await this.judgeMoney(guide);
    for (const guide of guides) this.judgeTaxes(guide);
    await this.judgeTasks();
    this.faults.push(...this.world.transfers.contradictions.splice(0));
    return this.faults;
  }

  private billOf({ outBillNo }: TransferRow): FakeTransfer | undefined {
    return this.world.transfers.bills.get(outBillNo);
  }

  private arrived(rows: readonly TransferRow[]): TransferRow[] {
    return rows.filter((row) => this.billOf(row)?.state === 'SUCCESS');
  }

  private judgeTransfer(row: TransferRow): void {
    const { outBillNo, state } = row;
    const bill = this.billOf(row);
    if (bill === undefined) {
      this.must(state !== 'succeeded', `WeChat knows nothing of ${outBillNo}, here it is paid`);
      return;
    }
    this.must(bill.amountFen === row.amountFen, `${outBillNo} is ${bill.amountFen} at WeChat, ${row.amountFen} here`);
    const guide = this.player.scene.guides.find(({ id }) => id === row.guideId);
    this.must(bill.openid === guide?.openid, `${outBillNo} goes to ${bill.openid}`);
    if (row.amountFen >= 200_000) this.must(bill.name === guide?.name, `${outBillNo} is for ${bill.name}`);
    if (bill.state === 'SUCCESS') this.must(state === 'succeeded', `WeChat has paid ${outBillNo}, here it is ${state}`);
    // One that was put back, and whose balance is below zero, hears of it when it is sent again.
    else if (state !== 'created') {
      this.must(GIVEN_UP.includes(state), `${outBillNo} is ${bill.state} ${bill.failReason} at WeChat, ${state} here`);
    }
    if (state === 'failed') this.must(bill.state === 'FAIL', `${outBillNo} failed here, at WeChat it is ${bill.state}`);
    this.must(this.world.transfers.isEnded(bill), `${outBillNo} is still ${bill.state} at WeChat`);
  }

  private judgeRequest({ id, amountFen, netFen, taxFen, state, transferCount, ...request }: RequestRow): void {
    const rows = this.rows.filter(({ requestId }) => requestId === id);
    this.must(rows.length === transferCount, `${id} has ${rows.length} transfers, not ${transferCount}`);
    this.must(amountFen === netFen + taxFen, `${id}: ${amountFen} gross, ${netFen} net and ${taxFen} tax`);
    this.must(sum(rows, ({ amountFen: net }) => net) === netFen, `${id}: its transfers are not its net`);
    this.must(sum(rows, ({ grossFen }) => grossFen) === amountFen, `${id}: its transfers are not its gross`);
    const paid = sum(this.arrived(rows), (row) => this.billOf(row)?.amountFen ?? 0);
    this.must(paid <= netFen, `${id}: WeChat has paid ${paid} of ${netFen}`);
    const open = rows.filter(({ state: one }) => !GIVEN_UP.includes(one) && one !== 'succeeded');
    const due = open.length > 0 ? ['requested', 'approved'] : ['done', 'cancelled', 'rejected'];
    this.must(due.includes(state), `${id} is ${state} with ${open.length} transfers that have not ended`);
    if (paid > 0 && open.length === 0) this.must(state === 'done', `${id} was paid and is ${state}`);
    if (state === 'rejected')
      this.must(
        rows.every((row) => this.billOf(row) === undefined),
        `${id} was sent though rejected`,
      );
    const byItself = request.decidedAt !== null && request.decidedBy === null;
    if (byItself)
      this.must(amountFen <= this.player.scene.terms.autoApproveFen, `${id} of ${amountFen} approved itself`);
  }

  /** Nothing is at WeChat that nobody here knows, and nothing was sent twice under two numbers. */
  private judgeBills(): void {
    const known = new Set(this.rows.map(({ outBillNo }) => outBillNo));
    const openids = new Set(this.player.scene.guides.map(({ openid }) => openid));
    for (const { openid, outBillNo } of this.world.transfers.bills.values()) {
      if (openids.has(openid)) this.must(known.has(outBillNo), `${outBillNo} at WeChat is of nobody here`);
    }
    const told = [...this.player.scene.asked.keys()];
    for (const id of told)
      this.must(
        this.requests.some((one) => one.id === id),
        `a guide was told of ${id}, which is gone`,
      );
    const keys = [...this.player.scene.asked.values()];
    this.must(new Set(keys).size === told.length, 'one call with its repetitions made two payouts');
  }

  private judgeLimits(): void {
    const { terms } = this.player.scene;
    for (const row of this.rows) {
      this.must(row.amountFen <= terms.transferMaxFen, `${row.outBillNo} is over the limit of one transfer`);
    }
    const sent = this.rows.filter(({ submittedAt }) => submittedAt !== null);
    for (const day of new Set(sent.map(({ submittedAt }) => dayOf(submittedAt ?? 0)))) {
      const that = sum(
        sent.filter(({ submittedAt }) => dayOf(submittedAt ?? 0) === day),
        ({ amountFen }) => amountFen,
      );
      this.must(that <= terms.merchantDayMaxFen, `${that} were sent on one day of the merchant's`);
    }
    for (const month of new Set(sent.map(({ submittedAt }) => monthAfter(submittedAt ?? 0)))) {
      const those = sent.filter(({ submittedAt }) => monthAfter(submittedAt ?? 0) === month);
      const that = sum(those, ({ amountFen }) => amountFen);
      this.must(that <= terms.merchantMonthMaxFen, `${that} were sent in one month of the merchant's`);
    }
  }

  /** Each of her accounts to the fen, from what WeChat paid and what she earned. */
  private async judgeMoney(guide: PlayedGuide): Promise<void> {
    const hers = this.rows.filter(({ guideId }) => guideId === guide.id);
    const paidRows = this.arrived(hers);
    const paid = sum(paidRows, (row) => this.billOf(row)?.amountFen ?? 0);
    const withheld = sum(paidRows, ({ grossFen, amountFen }) => grossFen - amountFen);
    const waiting = hers.filter((row) => row.state === 'created' && this.billOf(row)?.state !== 'SUCCESS');
    const paying = sum(waiting, ({ grossFen }) => grossFen);
    const due = { paid, withheld, paying, available: guide.earnedFen - paid - withheld - paying };
    const legs = await this.query<{ bucket: keyof typeof due; sumFen: number | string }>(
      `SELECT bucket, SUM(amountFen) AS sumFen FROM ledger_legs WHERE ownerKind = 'guide' AND ownerId = ? GROUP BY bucket`,
      [guide.id],
    );
    for (const [bucket, dueFen] of Object.entries(due)) {
      const held = Number(legs.find((leg) => leg.bucket === bucket)?.sumFen ?? 0);
      this.must(held === dueFen, `the ledger says ${held} of her ${bucket}, it is ${dueFen}`);
    }
    if (this.isUntroubled(hers))
      this.must(due.available >= 0, `her balance is ${due.available}, and nothing was taken back`);
  }

  /** Nothing was taken back from her, and nothing arrived that had been given up. */
  private isUntroubled(hers: readonly TransferRow[]): boolean {
    return !this.player.scene.wasClawed && !hers.some((row) => this.wasLate(row));
  }

  private wasLate(row: TransferRow): boolean {
    return row.finishedAt !== null && (this.player.givenUp.get(row.id) ?? row.finishedAt) < row.finishedAt;
  }

  /** R5.5: each payout's tax by what was paid to her by the same method before, as it stood when she asked. */
  private judgeTaxes(guide: PlayedGuide): void {
    const requests = this.requests.filter(({ guideId }) => guideId === guide.id);
    for (const request of requests) {
      const { id, requestedAt, amountFen, taxFen, withholding } = request;
      // Of two at one instant the mall decides who came first.
      if (requests.some((other) => other.id !== id && other.requestedAt === requestedAt)) continue;
      if (this.rows.some((row) => row.guideId === guide.id && this.gaveUpAt(row) === requestedAt)) continue;
      const before = requests.filter((other) => other.requestedAt < requestedAt && other.withholding === withholding);
      const live = this.rows.filter(
        (row) => before.some((one) => one.id === row.requestId) && this.stood(row, requestedAt),
      );
      const now = monthAfter(requestedAt);
      const month = live.filter((row) => this.monthOf(row) === now);
      const year = live.filter((row) => isSameYear(this.monthOf(row), now));
      const asked = before.map((one) => monthAfter(one.requestedAt)).filter((one) => isSameYear(one, now));
      const months = Math.round((now - Math.min(now, ...asked)) / (30 * DAY_MS)) + 1;
      const due = taxOf(withholding, amountFen, total(month), { ...total(year), months });
      this.must(taxFen === due, `${id}: ${taxFen} withheld by ${withholding} of ${amountFen}, not ${due}`);
    }
  }

  private stood(row: TransferRow, at: number): boolean {
    const gaveUpAt = this.gaveUpAt(row);
    return gaveUpAt === null || gaveUpAt > at;
  }

  private gaveUpAt({ id, state, finishedAt }: TransferRow): number | null {
    return this.player.givenUp.get(id) ?? (GIVEN_UP.includes(state) ? finishedAt : null);
  }

  private monthOf(row: TransferRow): number {
    return monthAfter(this.requests.find(({ id }) => id === row.requestId)?.requestedAt ?? 0);
  }

  /** What contradicts what was sent is on HQ's list, and nothing else is. */
  private async judgeTasks(): Promise<void> {
    const { must, may } = this.player.told;
    const bills = [
      ...this.rows.map(({ outBillNo }) => outBillNo),
      ...[...must, ...may].map((told) => told.split(' ')[0]),
    ];
    const rows = await this.query<{ outBillNo: string; kind: string }>(
      'SELECT outBillNo, kind FROM payout_contradictions',
      [],
    );
    const there = new Set(rows.map(({ outBillNo, kind }) => `${outBillNo} ${kind}`));
    for (const told of must) this.must(there.has(told), `HQ was never told of ${told}`);
    for (const told of there) {
      if (!bills.includes(told.split(' ')[0] ?? '')) continue;
      this.must(
        must.has(told) || may.has(told) || told.startsWith('01NEVER'),
        `HQ was told of ${told}, which is not so`,
      );
    }
  }

  private must(holds: boolean, sentence: string): void {
    if (!holds) this.faults.push(sentence);
  }

  private query<Row>(sql: string, values: SqlValue[]): Promise<Row[]> {
    return this.world.get(Database).query<Row>(sql, values);
  }
}

function total(rows: readonly TransferRow[]): { grossFen: number; taxFen: number } {
  const grossFen = sum(rows, (row) => row.grossFen);
  return { grossFen, taxFen: grossFen - sum(rows, ({ amountFen }) => amountFen) };
}

/** By the first instants after both months, in China. */
function isSameYear(one: number, other: number): boolean {
  const yearOf = (after: number): number => new Date(after - DAY_MS + 8 * 3_600_000).getUTCFullYear();
  return yearOf(one) === yearOf(other);
}
