/** Plays the steps of one payout's history in the mall, by the services that its controllers and jobs call. */
import { CancelPayout } from '../../src/distribution/payouts/cancel-payout.service.js';
import { ConfirmationQueries } from '../../src/distribution/payouts/confirmation.queries.js';
import { DecidePayout } from '../../src/distribution/payouts/decide-payout.service.js';
import { RequestPayout } from '../../src/distribution/payouts/request-payout.service.js';
import { SubmitTransfers } from '../../src/distribution/payouts/submit-transfers.job.js';
import { Database } from '../../src/platform/database/database.js';
import { newId } from '../../src/platform/ids/ids.js';
import { HQ_NAME } from '../model/mall-world.js';
import type { ChaosWorld } from './chaos-world.js';
import type { FakeTransfer } from './fake-transfers.js';
import type { FakeNotice } from './fake-wechat.js';
import { PayoutScene, type PlayedGuide } from './payout-scene.js';
import type { PayoutRacer, PayoutStep } from './payout-steps.js';
import {
  type Delivery,
  deliverNotice,
  sendNotice,
  type Trick,
  type Trouble,
  troubled,
  UNKNOWN_NO,
  unlessRefused,
} from './trouble.js';

type StepOf<K extends PayoutStep['kind']> = Extract<PayoutStep, { kind: K }>;

export interface TransferRow {
  id: string;
  requestId: string;
  guideId: string;
  outBillNo: string;
  state: string;
  amountFen: number;
  grossFen: number;
  submittedAt: number | null;
  finishedAt: number | null;
  packageInfo: string | null;
  providerNo: string | null;
}

export class PayoutPlayer {
  /** What is wrong already while playing. */
  readonly faults: string[] = [];
  /** `bill kind` of what HQ must have been told, and of what it may have been told. */
  readonly told = { must: new Set<string>(), may: new Set<string>() };
  /** When a transfer was first seen given up: one that arrives after all was late. */
  readonly givenUp = new Map<string, number>();
  /** What a repeated call repeats, its key too. */
  private lastAsk: { guide: PlayedGuide; key: string; amountFen: number } | null = null;
  /** By id; also those that may have been heard by a process that died. */
  private readonly noticesHeard = new Set<string>();

  constructor(
    private readonly world: ChaosWorld,
    readonly scene: PayoutScene,
  ) {}

  async play(step: PayoutStep): Promise<void> {
    const { world, scene } = this;
    const { transfers, wechat } = world;
    switch (step.kind) {
      case 'begin':
        return scene.begin(step);
      case 'ask':
        return this.ask(step);
      case 'decide':
      case 'back':
      case 'jobs':
      case 'look':
      case 'confirm':
        return this.lyingTo(step, async () => void (await troubled(world, step, () => this.act(step))));
      case 'work':
        return transfers.work(step);
      case 'funds':
        transfers.hasBalance = step.enough;
        return;
      case 'slow':
        transfers.isSlow = step.slow;
        return;
      case 'refuse':
        transfers.refusal = step.as;
        return;
      case 'lie':
        transfers.lie = step.lie;
        return;
      case 'notice':
        return this.deliver(step);
      case 'lose':
        wechat.pending.splice(step.which % Math.max(1, wechat.pending.length), 1);
        return;
      case 'arrivals':
        return wechat.arrivals();
      case 'claw':
        return scene.claw(step.guide, step.partBps);
      case 'suspend':
        return scene.suspend(step.guide, step.suspended);
      case 'withholding':
        return scene.setWithholding(step.method);
      case 'advance':
        return world.advance(step.ms);
      case 'race':
        return this.lyingTo({ faults: [], crash: null }, async () => {
          await Promise.all(step.racers.map((racer, lane) => this.raced(racer, lane, step.partBps)));
        });
      case 'restart':
        return world.restart();
      case 'end':
        if (step.notices === 'never') wechat.pending = [];
    }
  }

  /** Of this history, oldest first. */
  async rows(): Promise<TransferRow[]> {
    const ids = this.scene.guides.map(({ id }) => id);
    if (ids.length === 0) return [];
    const places = ids.map(() => '?').join(', ');
    const sql = `SELECT * FROM payout_transfers WHERE guideId IN (${places}) ORDER BY requestId, position`;
    return this.world.get(Database).query<TransferRow>(sql, ids);
  }

  private async act(step: StepOf<'decide' | 'back' | 'jobs' | 'look' | 'confirm'>): Promise<void> {
    const { world } = this;
    if (step.kind === 'jobs') return void (await world.get(SubmitTransfers).run());
    const rows = await this.rows();
    if (step.kind === 'decide' || step.kind === 'back') {
      const ids = [...new Set(rows.map(({ requestId }) => requestId))];
      const payoutId = ids[step.which % Math.max(1, ids.length)];
      const guideId = rows.find(({ requestId }) => requestId === payoutId)?.guideId;
      if (payoutId === undefined || guideId === undefined) return;
      if (step.kind === 'back') {
        if (!step.byHq) return world.get(CancelPayout).execute(guideId, payoutId);
        return world.get(CancelPayout).byHq({ actor: HQ_NAME, payoutId, reason: '线下结清' });
      }
      const to = step.approves ? ('approved' as const) : ('rejected' as const);
      return world.get(DecidePayout).execute(HQ_NAME, { payoutId, to, reason: '审批' });
    }
    const row = rows[step.which % Math.max(1, rows.length)];
    if (row === undefined) return;
    if (step.kind === 'look') return void (await world.get(ConfirmationQueries).check(row.guideId, row.id));
    return this.confirm(step, row);
  }

  private async confirm({ where, fate }: StepOf<'confirm'>, row: TransferRow): Promise<void> {
    const { transfers } = this.world;
    if (where === 'wechat') {
      const bill = transfers.bills.get(row.outBillNo);
      if (bill !== undefined) transfers.confirm(bill, fate);
      return;
    }
    const shown = await this.world.get(ConfirmationQueries).of(row.guideId, row.id);
    const bill = [...transfers.bills.values()].find(({ packageInfo }) => packageInfo === shown.package);
    if (bill === undefined || bill.openid !== shown.openId) {
      this.faults.push(`the page of ${row.outBillNo} opens a confirmation that is nobody's`);
    } else if (bill.outBillNo !== row.outBillNo)
      this.faults.push(`the page of ${row.outBillNo} opens ${bill.outBillNo}`);
    else transfers.confirm(bill, fate);
  }

  private async ask(step: StepOf<'ask'>): Promise<void> {
    const guide = this.scene.guides[step.guide];
    if (guide === undefined) return;
    if (!step.again || this.lastAsk === null) this.lastAsk = this.newAsk(guide, step.partBps);
    const asked = this.lastAsk;
    await troubled(this.world, step, () => this.request(asked));
  }

  private newAsk(guide: PlayedGuide, partBps: number): { guide: PlayedGuide; key: string; amountFen: number } {
    return { guide, key: newId('pyo'), amountFen: Math.max(1, Math.floor((this.scene.fundsFen * partBps) / 10_000)) };
  }

  private async request({ guide, key, amountFen }: NonNullable<PayoutPlayer['lastAsk']>): Promise<void> {
    const id = await this.world.get(RequestPayout).execute(guide.id, key, { amountFen: amountFen as never });
    this.scene.asked.set(id, key);
  }

  private async raced(racer: PayoutRacer, lane: number, partBps: number): Promise<void> {
    const { scene } = this;
    const guide = scene.guides[0];
    const quiet = { faults: [], crash: null };
    if (guide === undefined) return;
    if (racer === 'claw') return scene.claw(0, partBps);
    if (racer === 'notice') {
      const notice = this.world.wechat.pending[0];
      if (notice !== undefined && (await sendNotice(this.world, notice, null, this.faults))) this.takeAway(notice);
      return;
    }
    if (racer === 'ask') return unlessRefused(() => this.request(this.newAsk(guide, partBps)));
    const steps: Record<typeof racer, Parameters<PayoutPlayer['act']>[0]> = {
      back: { kind: 'back', which: 0, byHq: lane % 2 === 1, ...quiet },
      jobs: { kind: 'jobs', ...quiet },
      confirm: { kind: 'confirm', which: 0, where: 'mall', fate: 'SUCCESS', ...quiet },
      look: { kind: 'look', which: 0, ...quiet },
      decide: { kind: 'decide', which: 0, approves: lane % 2 === 0, ...quiet },
    };
    return unlessRefused(() => this.act(steps[racer]));
  }

  /** What WeChat said wrong to a mall that heard it must be on HQ's list. */
  private async lyingTo({ faults, crash }: Trouble, act: () => Promise<void>): Promise<void> {
    const { lies } = this.world.transfers;
    const before = lies.length;
    await act();
    const sure = faults.length === 0 && crash === null;
    for (const { outBillNo, lie } of lies.slice(before)) {
      if (lie === 'amount' || lie === 'payee') this.told[sure ? 'must' : 'may'].add(`${outBillNo} ${lie}`);
    }
  }

  private async deliver(step: StepOf<'notice'>): Promise<void> {
    const { pending } = this.world.wechat;
    const notice = pending.at(step.which % Math.max(1, pending.length));
    if (notice === undefined) return;
    const before = await this.states();
    const delivery = await deliverNotice(this.world, notice, step, this.faults);
    this.expectTask(notice, step.trick, delivery);
    if (delivery === 'taken' && step.trick === null) this.takeAway(notice);
    const after = await this.states();
    if (step.trick !== null && after !== before) {
      this.faults.push(`a notice that is wrong by its ${step.trick} changed ${before} to ${after}`);
    }
  }

  /** A notice is heard once: under the same id it says nothing new. */
  private expectTask({ id, about }: FakeNotice, trick: Trick | null, delivery: Delivery): void {
    const isSure = delivery === 'taken' && !this.noticesHeard.has(id);
    if (delivery !== 'refused') this.noticesHeard.add(id);
    const kinds: Partial<Record<Trick, string>> = { amount: 'amount', payer: 'payee', number: 'unknown_bill' };
    const kind = trick === null ? undefined : kinds[trick];
    if (kind === undefined) return;
    this.told[isSure ? 'must' : 'may'].add(`${trick === 'number' ? UNKNOWN_NO : about} ${kind}`);
  }

  private async states(): Promise<string> {
    return (await this.rows()).map(({ state }) => state).join(' ');
  }

  private takeAway(notice: FakeNotice): void {
    const { wechat } = this.world;
    wechat.pending = wechat.pending.filter((other) => other !== notice);
  }

  /**
   * D11: her money is hers again only when WeChat can no longer send it. A bill that arrived after that is WeChat's
   * delay; the oracle sees what became of it.
   */
  async checkNow(): Promise<void> {
    for (const { id, outBillNo, state, finishedAt } of await this.rows()) {
      const wasGivenUp = state === 'failed' || state === 'cancelled';
      if (wasGivenUp && finishedAt !== null && !this.givenUp.has(id)) this.givenUp.set(id, finishedAt);
      const bill: FakeTransfer | undefined = this.world.transfers.bills.get(outBillNo);
      if (bill === undefined || finishedAt === null) continue;
      if (wasGivenUp && !this.world.transfers.isEnded(bill) && bill.createdAt <= finishedAt) {
        this.faults.push(`${outBillNo} is ${state} here and its money given back, at WeChat it is ${bill.state}`);
      }
      if (state === 'succeeded' && bill.state !== 'SUCCESS') {
        this.faults.push(`${outBillNo} is paid here, at WeChat it is ${bill.state}`);
      }
    }
  }
}
