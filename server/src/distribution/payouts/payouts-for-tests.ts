import type { GuideStatus, PayeeType } from '@mall/shared/guides';
import { type Fen, fen } from '@mall/shared/money';
import { type Payout, PayoutState } from '@mall/shared/payouts';
import { type Engine, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { Consents, PolicyBook } from '../../membership/consent/consent.public.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { SealedText } from '../../platform/crypto/sealed-text.js';
import { Idempotency } from '../../platform/http/idempotency.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { Settings, type SettingValues } from '../../platform/settings/settings.js';
import { type Bucket, Ledger, LedgerQueries, move } from '../ledger/ledger.public.js';
import { GuideNotices } from '../notices/notices.public.js';
import { BalanceQueries } from './balance.queries.js';
import { CancelPayout } from './cancel-payout.service.js';
import { ClaimTransfer } from './claim-transfer.js';
import { DecidePayout } from './decide-payout.service.js';
import { DraftPayout } from './draft-payout.js';
import { IncomeQueries } from './income.queries.js';
import { MerchantLimits } from './merchant-limits.js';
import { PayeeNames } from './payee-names.js';
import { PayoutQueries } from './payout.queries.js';
import { PayoutAccounts } from './payout-accounts.js';
import { PayoutContradictions } from './payout-contradictions.js';
import { RequestPayout } from './request-payout.service.js';
import { SettleByPayroll } from './settle-by-payroll.service.js';
import { SettleTransfer } from './settle-transfer.service.js';
import { SubmitTransfer } from './submit-transfer.service.js';
import { SubmitTransfers } from './submit-transfers.job.js';
import type {
  CancelAnswer,
  QueryAnswer,
  SubmitAnswer,
  TransferOrder,
  TransferProvider,
  TransferStanding,
} from './transfer-provider.js';

const SEALED = new SealedText({ dataKey: Buffer.alloc(32, 7), dataKeysOld: [] });
const MINUTE = 60_000;
const HQ = { id: 'hqu_1', name: 'lin' };

/**
 * How a submission goes: `lost` never arrives, `unanswered` arrives and no answer comes back; the two crashes end the
 * process that called, before and after it arrived.
 */
export type Submission = 'waiting' | 'succeeded' | 'refused' | 'lost' | 'unanswered' | 'crash' | 'crash_after';

/** A provider that does as it is told, and makes one bill of one number as a real one does. */
export class ScriptedTransfers implements TransferProvider {
  readonly bills = new Map<string, { amountFen: Fen; standing: TransferStanding }>();
  readonly submitted: string[] = [];
  queries = 0;
  queriesDown = false;
  /** Taken one by one; then `waiting`. */
  script: Submission[] = [];
  /** Runs while a submission is on its way. */
  meanwhile: () => Promise<void> = async () => undefined;

  async submit({ outBillNo, amountFen }: TransferOrder): Promise<SubmitAnswer> {
    this.submitted.push(outBillNo);
    const how = this.script.shift() ?? 'waiting';
    await this.meanwhile();
    if (how === 'refused') return { outcome: 'refused', reason: '收款账户受限' };
    if (how === 'lost') return { outcome: 'unknown' };
    if (how === 'crash') throw new Error('the process ended before the call');
    const state = how === 'succeeded' ? 'succeeded' : 'waiting';
    const bill = this.bills.get(outBillNo) ?? { amountFen, standing: { state, providerNo: `P${outBillNo}` } };
    if (bill.amountFen !== amountFen) throw new Error(`bill ${outBillNo} was sent with another amount`);
    this.bills.set(outBillNo, bill);
    if (how === 'unanswered') return { outcome: 'unknown' };
    if (how === 'crash_after') throw new Error('the process ended after the call');
    return { outcome: 'accepted', standing: bill.standing };
  }

  /** Whether the provider takes a transfer back when it is asked to. */
  cancelling: 'cancelled' | 'cancelling' | 'down' = 'cancelled';

  async accountOf(guideId: string): Promise<string> {
    return `account of ${guideId}`;
  }

  async cancel({ outBillNo }: TransferOrder): Promise<CancelAnswer> {
    const bill = this.bills.get(outBillNo);
    if (this.cancelling === 'down' || bill === undefined) return { outcome: 'unknown' };
    if (bill.standing.state === 'waiting') this.become(outBillNo, this.cancelling);
    return { outcome: 'accepted', standing: bill.standing };
  }

  async query({ outBillNo }: Pick<TransferOrder, 'outBillNo'>): Promise<QueryAnswer> {
    this.queries += 1;
    if (this.queriesDown) return { outcome: 'unknown' };
    const bill = this.bills.get(outBillNo);
    return bill === undefined ? { outcome: 'not_found' } : { outcome: 'found', standing: bill.standing };
  }

  /** What the provider will say from now on. */
  become(outBillNo: string, state: TransferStanding['state']): void {
    const bill = this.bills.get(outBillNo);
    if (bill === undefined) throw new Error(`no bill ${outBillNo}`);
    const providerNo = `P${outBillNo}`;
    bill.standing =
      state === 'failed' || state === 'cancelled' || state === 'expired'
        ? { state, providerNo, reason: `已${state}` }
        : { state, providerNo };
  }
}

class HandClock extends WallClock {
  at = 1_790_000_000_000;
  override now(): number {
    return this.at;
  }
}

/** Payouts on a real database with a provider that is played, without the rest of the server. */
export class PayoutWorld {
  provider = new ScriptedTransfers();
  readonly wall = new HandClock();
  readonly clock = new BusinessClock(this.wall);
  readonly ledger = new Ledger(this.wall);
  private readonly accounts = new PayoutAccounts(this.ledger);
  private readonly notices = new GuideNotices();
  private readonly settings = new Settings();
  readonly contradictions = new PayoutContradictions(this.clock);
  readonly names = new PayeeNames(SEALED, new Consents(this.wall, new PolicyBook()), this.settings, this.clock);
  private made = 0;

  private constructor(readonly test: TestDatabase) {}

  static async open(engine: Engine): Promise<PayoutWorld> {
    return new PayoutWorld(await openTestDatabase(engine));
  }

  /** A guide with so much available money. */
  async guide(availableFen = 0, status: GuideStatus = 'active', payeeType: PayeeType = 'contractor'): Promise<string> {
    this.made += 1;
    const id = `gde_${this.made}`;
    await this.test.unitOfWork.run((tx) =>
      tx.execute(
        `INSERT INTO guides (id, memberId, storeId, name, tier, payeeType, status, registeredAt)
         VALUES (?, ?, 'str_1', '陈静', 'standard', ?, ?, 1)`,
        [id, `mem_${this.made}`, payeeType, status],
      ),
    );
    if (availableFen > 0) await this.earn(id, availableFen);
    return id;
  }

  /** Commission of one entry is released to her. */
  async earn(guideId: string, amountFen: number, entryId = `cme_${guideId}_${++this.made}`): Promise<string> {
    await this.postEntry(entryId, 'released', amountFen, guideId);
    return entryId;
  }

  /** A refund takes commission back (R5.3). */
  async reverse(guideId: string, amountFen: number, entryId = `cme_${guideId}_${++this.made}`): Promise<void> {
    await this.postEntry(entryId, 'reversed', -amountFen, guideId);
  }

  private async postEntry(entryId: string, fact: string, amountFen: number, guideId: string): Promise<void> {
    const hers = { ownerKind: 'guide', ownerId: guideId, bucket: 'available' } as const;
    const cost = { ownerKind: 'hq', bucket: 'commission' } as const;
    const legs = amountFen > 0 ? move(fen(amountFen), cost, hers) : move(fen(-amountFen), hers, cost);
    const occurredAt = this.clock.now();
    const source = { sourceKind: 'commission-entry', sourceId: entryId, payee: '', fact, occurredAt } as const;
    await this.test.unitOfWork.run((tx) => this.ledger.post(tx, { ...source, legs, orderId: null, entryId }));
  }

  async setStatus(guideId: string, status: GuideStatus): Promise<void> {
    await this.test.unitOfWork.run((tx) => tx.execute('UPDATE guides SET status = ? WHERE id = ?', [status, guideId]));
  }

  /** HQ changes the settings of payouts, a moment after whatever it changed before. */
  async set(values: Partial<SettingValues<'payouts'>>): Promise<void> {
    this.wall.at += 1;
    const at = this.clock.now();
    const change = { values, effectiveFrom: at, actorId: HQ.id, at, reason: '调整提现规则' };
    await this.test.unitOfWork.run((tx) => this.settings.publish(tx, 'payouts', change));
  }

  /** Returns the payout's id. */
  request(guideId: string, amountFen: number, key = `key-${++this.made}-of-tests`): Promise<string> {
    const { test, accounts, settings, clock, wall } = this;
    const drafts = new DraftPayout(accounts, new IncomeQueries(), this.names, wall);
    const service = new RequestPayout(test.unitOfWork, accounts, new Idempotency(wall), settings, clock, drafts);
    return service.execute(guideId, key, { amountFen: fen(amountFen) });
  }

  cancel(guideId: string, payoutId: string): Promise<void> {
    return this.canceller.execute(guideId, payoutId);
  }

  /** HQ takes back what was not sent. */
  cancelByHq(payoutId: string): Promise<void> {
    return this.canceller.byHq({ actor: HQ, payoutId, reason: '导购已离职，线下结清' });
  }

  payroll(payoutId: string): Promise<void> {
    const { test, accounts, notices, clock } = this;
    const service = new SettleByPayroll(test.unitOfWork, accounts, notices, new AuditLog(clock), clock);
    return service.execute({ actor: HQ, payoutId, reason: '随九月工资发放' });
  }

  private get canceller(): CancelPayout {
    const { test, accounts, notices, clock } = this;
    return new CancelPayout(test.unitOfWork, accounts, notices, new AuditLog(clock), clock, this.wall);
  }

  decide(payoutId: string, to: 'approved' | 'rejected', reason: string | null = '资料不全'): Promise<void> {
    const { test, accounts, notices, clock } = this;
    const service = new DecidePayout(test.unitOfWork, accounts, notices, new AuditLog(clock), clock);
    const decision = { payoutId, to: to === 'approved' ? PayoutState.Approved : PayoutState.Rejected, reason };
    return service.execute(HQ, decision);
  }

  get settle(): SettleTransfer {
    const { accounts, notices, contradictions, clock, wall } = this;
    const limits = new MerchantLimits(this.settings);
    return new SettleTransfer(accounts, notices, contradictions, limits, new Outbox(wall), clock);
  }

  submitter(provider: TransferProvider | null = this.provider): SubmitTransfer {
    const { test, clock, wall } = this;
    const claims = new ClaimTransfer(test.unitOfWork, new MerchantLimits(this.settings), clock, wall);
    return new SubmitTransfer(test.database, test.unitOfWork, claims, this.settle, this.names, provider);
  }

  /** One run of the job by a worker that has just started; what has to rest longer stays as it is. */
  runJob(provider: TransferProvider | null = this.provider): Promise<number> {
    return new SubmitTransfers(this.test.database, this.submitter(provider), this.wall, provider).run();
  }

  /** Runs the job again when everything is due again. */
  async runJobLater(): Promise<void> {
    this.wall.at += 11 * MINUTE;
    await this.runJob();
  }

  async payout(guideId: string, payoutId: string, provider: TransferProvider | null = this.provider): Promise<Payout> {
    const payout = await new PayoutQueries(this.test.database, provider).find(guideId, payoutId);
    if (payout === null) throw new Error(`no payout ${payoutId} of ${guideId}`);
    return payout;
  }

  balance(guideId: string) {
    const { test, accounts, settings, clock } = this;
    const queries = new BalanceQueries(test.database, new LedgerQueries(test.database), accounts, settings, clock);
    return { of: (status: GuideStatus) => queries.of({ id: guideId, status } as Parameters<typeof queries.of>[0]) };
  }

  /** [available, paying, paid], folded from the legs. */
  async money(guideId: string): Promise<number[]> {
    const held = await new LedgerQueries(this.test.database).balancesOf(this.test.database, 'guide', guideId);
    return (['available', 'paying', 'paid'] satisfies Bucket[]).map((bucket) => held.get(bucket) ?? 0);
  }

  /** What every test must leave behind, worked out from the tables. */
  async expectExact(): Promise<void> {
    const { database } = this.test;
    const wrong = async (sql: string): Promise<void> => expect(await database.query(sql)).toEqual([]);
    await wrong('SELECT transactionId FROM ledger_legs GROUP BY transactionId HAVING SUM(amountFen) <> 0');
    await wrong(`SELECT b.account, b.balanceFen FROM ledger_balances b WHERE b.balanceFen <> (SELECT SUM(l.amountFen)
      FROM ledger_legs l WHERE l.ownerKind = b.ownerKind AND l.ownerId = b.ownerId AND l.bucket = b.bucket)`);
    // What is on its way is what has not ended; what counts towards the days' limits is what did not come back.
    await wrong(`SELECT b.account, b.balanceFen FROM ledger_balances b WHERE b.bucket = 'paying' AND b.balanceFen <>
      (SELECT COALESCE(SUM(t.grossFen), 0) FROM payout_transfers t WHERE t.guideId = b.ownerId
       AND t.state IN ('created', 'submitted', 'waiting', 'unknown'))`);
    await wrong(`SELECT d.guideId, SUM(d.usedFen) AS usedFen FROM payout_days d GROUP BY d.guideId HAVING SUM(d.usedFen) <>
      (SELECT COALESCE(SUM(t.grossFen), 0) FROM payout_transfers t WHERE t.guideId = d.guideId
       AND t.state NOT IN ('failed', 'cancelled'))`);
    // The merchant's days, and its months, hold what was sent.
    await wrong(`SELECT LENGTH(p.period) AS digits, SUM(p.sentFen) AS sentFen FROM payout_merchant_periods p
      GROUP BY LENGTH(p.period) HAVING SUM(p.sentFen) <>
      (SELECT COALESCE(SUM(t.amountFen), 0) FROM payout_transfers t WHERE t.submittedAt IS NOT NULL)`);
    await wrong(`SELECT r.id FROM payout_requests r WHERE r.amountFen <>
      (SELECT SUM(t.grossFen) FROM payout_transfers t WHERE t.requestId = r.id)`);
    await wrong(
      `SELECT r.id, r.state FROM payout_requests r WHERE (r.state = 'done') <>
        (r.endedCount = r.transferCount AND r.state <> 'cancelled')`,
    );
  }
}
