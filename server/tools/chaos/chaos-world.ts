/** The real mall with its real clients, a WeChat in the same process that it talks to, and processes that may die. */
import type { INestApplicationContext } from '@nestjs/common';
import { reconcile } from '../../src/hq/reconciliation/reconciliation.public.js';
import type { ReadSnapshots } from '../../src/platform/database/read-snapshot.js';
import { ReadSnapshots as Snapshots } from '../../src/platform/database/read-snapshot.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { OutboxRelay } from '../../src/platform/outbox/relay.js';
import { WechatPayExchange } from '../../src/wechat/pay-exchange.js';
import { compareLedger, drain } from '../model/compare.js';
import { MallWorld } from '../model/mall-world.js';
import type { Engine } from '../model/open-mall.js';
import { BEGINNING } from '../model/world.js';
import { FakePay } from './fake-pay.js';
import { FakeTransfers } from './fake-transfers.js';
import { Crash, FakeWechat } from './fake-wechat.js';

/** Where the next process dies: at its nth transaction from now, before or after the commit. */
export interface CrashPoint {
  transaction: number;
  when: 'before-commit' | 'after-commit';
}

export class ChaosWorld {
  /** Set before an act; taken away by the crash, or by `survive` when the act had fewer transactions. */
  crashPoint: CrashPoint | null = null;
  private processes: INestApplicationContext[] = [];
  private current = 0;
  private isDead = false;

  private constructor(
    readonly mall: MallWorld,
    readonly wechat: FakeWechat,
    readonly pay: FakePay,
    readonly transfers: FakeTransfers,
  ) {}

  static async open(engine: Engine): Promise<ChaosWorld> {
    // The clock is the mall's once there is one: both tell the same time.
    const clock = { now: BEGINNING };
    const wechat = new FakeWechat(clock);
    const mall = await MallWorld.open(engine, wechat.config());
    Object.defineProperty(clock, 'now', { get: () => mall.mall.clock.now });
    const world = new ChaosWorld(mall, wechat, new FakePay(wechat, clock), new FakeTransfers(wechat, clock));
    await world.adopt(mall.mall.app);
    await world.adopt(await mall.mall.again());
    return world;
  }

  get now(): number {
    return this.mall.mall.clock.now;
  }

  advance(ms: number): void {
    this.mall.mall.clock.now += ms;
  }

  /** A service of the process that runs now: ask again after a crash. */
  get<T>(type: new (...parameters: never[]) => T): T {
    return this.mall.get(type);
  }

  /**
   * Runs something in the mall's process. When the process dies of it, the next one takes its place, on the same
   * database; false then. Errors that are no crash go on.
   */
  async survive(act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Crash) && !this.isDead) throw error;
    } finally {
      this.crashPoint = null;
    }
    const died = this.isDead;
    if (died) this.restart();
    return !died;
  }

  /** The process dies between two acts: whatever it only remembered is gone. */
  restart(): void {
    this.isDead = false;
    this.current = (this.current + 1) % this.processes.length;
    const next = this.processes[this.current];
    if (next !== undefined) this.mall.mall.app = next;
  }

  /** Handlers do what has happened; what a handler refuses is a difference. */
  relay(): Promise<string[]> {
    return drain(this.mall, this.get(OutboxRelay));
  }

  /** R5.1, R5.7: every transaction sums to zero, each balance is its legs, and the mall's own reconciliation agrees but for checks that are unfit. */
  async checkBooks(unfit: readonly string[] = []): Promise<string[]> {
    const snapshots: ReadSnapshots = this.get(Snapshots);
    const { rows } = await snapshots.run((reader) => reconcile(reader, { now: this.now, keep: 5 }));
    const found = rows
      .filter(({ check }) => !unfit.includes(check))
      .map(({ check, subject, sentence }) => `${check} ${subject}: ${sentence}`);
    return [...(await compareLedger(this.mall)), ...found];
  }

  /** Back to the beginning, the fake too. */
  async reset(): Promise<void> {
    await this.mall.reset();
    this.wechat.faults = [];
    this.wechat.pending = [];
    this.wechat.arrivals();
    this.pay.forget();
    this.transfers.forget();
  }

  close(): Promise<void> {
    return this.mall.close();
  }

  /** Puts the fake before the process's clients, and the places where it may die into its transactions. */
  private async adopt(app: INestApplicationContext): Promise<void> {
    app.get(WechatPayExchange, { strict: false }).outside = async (request) => {
      this.refuseTheDead();
      try {
        return await this.wechat.outside(request);
      } catch (error) {
        if (error instanceof Crash) this.isDead = true;
        throw error;
      }
    };
    const work = app.get(UnitOfWork, { strict: false });
    const run = work.run.bind(work);
    work.run = async <T>(body: Parameters<typeof run<T>>[0]): Promise<T> => {
      this.refuseTheDead();
      const when = this.dueCrash();
      // What waited for its turn when the process died does not begin any more.
      const alive: typeof body = async (tx) => {
        this.refuseTheDead();
        return body(tx);
      };
      if (when === null) return run(alive);
      if (when === 'after-commit') await run(alive);
      else await run((tx) => alive(tx).then(() => this.die())).catch(refuseAllButCrash);
      return this.die();
    };
    this.processes.push(app);
  }

  private refuseTheDead(): void {
    if (this.isDead) throw new Crash('the process is dead');
  }

  private die(): never {
    this.isDead = true;
    throw new Crash('at a transaction');
  }

  private dueCrash(): CrashPoint['when'] | null {
    if (this.crashPoint === null) return null;
    this.crashPoint = { ...this.crashPoint, transaction: this.crashPoint.transaction - 1 };
    if (this.crashPoint.transaction >= 0) return null;
    const { when } = this.crashPoint;
    this.crashPoint = null;
    return when;
  }
}

function refuseAllButCrash(error: unknown): void {
  if (!(error instanceof Crash)) throw error;
}
