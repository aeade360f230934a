/** The world of the model-based test as a place for races: orders that stand where a race begins, and what it left. */
import { CommissionEntries } from '../../src/distribution/commission/commission-entries.js';
import { ReleaseMaturedCommission } from '../../src/distribution/commission/release-matured-commission.job.js';
import { BusinessClock } from '../../src/platform/clock/business-clock.js';
import { WallClock } from '../../src/platform/clock/wall-clock.js';
import { Database } from '../../src/platform/database/database.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { EventHandlerRegistry } from '../../src/platform/outbox/event-handler.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { OutboxRelay } from '../../src/platform/outbox/relay.js';
import { compareLedger } from '../../tools/model/compare.js';
import { MallWorld } from '../../tools/model/mall-world.js';
import type { Engine } from '../../tools/model/open-mall.js';
import { Player } from '../../tools/model/play-step.js';
import { DAY } from '../../tools/model/world.js';

/** How often each race is run. */
export const ROUNDS = 200;
export const RACES_MS = 15 * 60_000;
/** ¥99.99: at 9.01% and 1.99% it leaves fractions of a fen. */
const SKU = 4;
export const PRICE_FEN = 9_999;
/** Guide 0 is of the first tier, her store is store 0. */
export const GUIDE_BPS = 901;
export const STORE_BPS = 199;
export const CUSTOMER = 5;

export function share(amountFen: number, bps: number): number {
  return Number((BigInt(amountFen) * BigInt(bps)) / 10_000n);
}

export class RaceWorld {
  player: Player;
  /** A second process, as far as one process can have it: its own relay and its own job. */
  otherRelay!: OutboxRelay;
  otherRelease!: ReleaseMaturedCommission;
  private label = 0;

  private constructor(readonly world: MallWorld) {
    this.player = new Player(world);
  }

  static async open(engine: Engine): Promise<RaceWorld> {
    const races = new RaceWorld(await MallWorld.open(engine));
    const { world } = races;
    const [work, database, wall] = [world.get(UnitOfWork), world.get(Database), world.get(WallClock)];
    races.otherRelay = new OutboxRelay(work, database, world.get(EventHandlerRegistry), wall);
    races.otherRelease = new ReleaseMaturedCommission(
      database,
      work,
      world.get(CommissionEntries),
      world.get(Outbox),
      world.get(BusinessClock),
      wall,
    );
    return races;
  }

  get relay(): OutboxRelay {
    return this.world.get(OutboxRelay);
  }

  get release(): ReleaseMaturedCommission {
    return this.world.get(ReleaseMaturedCommission);
  }

  close(): Promise<void> {
    return this.world.close();
  }

  async reset(): Promise<void> {
    await this.world.reset();
    this.player = new Player(this.world);
  }

  advance(ms: number): void {
    this.world.mall.clock.now += ms;
  }

  /** An order of the customer through the guide's card, `count` of one thing. */
  async order(guide: number, person: number, count = 1): Promise<number> {
    this.label += 1;
    await this.player.play({ kind: 'touch', person, guide, link: 'live' });
    const lines = [{ sku: SKU, quantity: count }];
    await this.player.play({ kind: 'order', order: this.label, person, lines, coupon: null });
    return this.label;
  }

  async pay(order: number): Promise<void> {
    expect(await this.player.play({ kind: 'pay', order })).toBe(true);
  }

  /** An order whose commission has just become due: received eight days ago and not released. */
  async dueOrder(count = 1): Promise<number> {
    const order = await this.order(0, CUSTOMER, count);
    await this.pay(order);
    await this.player.play({ kind: 'ship', order });
    await this.player.play({ kind: 'receive', order });
    await this.relay.drain();
    this.advance(8 * DAY);
    return order;
  }

  idOf(order: number): string {
    return this.player.orders.get(order)?.id ?? '';
  }

  query<Row>(sql: string, values: (string | number)[] = []): Promise<Row[]> {
    return this.world.read(sql, values);
  }

  async count(sql: string, values: (string | number)[] = []): Promise<number> {
    const [row] = await this.query<{ n: number | string | null }>(sql, values);
    return Number(row?.n ?? 0);
  }

  /** Balances other than zero, `guide:available`. */
  async balances(guide = 0): Promise<Record<string, number>> {
    const rows = await this.query<{ ownerKind: string; bucket: string; balanceFen: number }>(
      `SELECT ownerKind, bucket, balanceFen FROM ledger_balances WHERE ownerId IN (?, ?) AND balanceFen <> 0
       ORDER BY ownerKind, bucket`,
      [this.world.guideId(guide), this.world.ids.stores[0] ?? ''],
    );
    return Object.fromEntries(rows.map(({ ownerKind, bucket, balanceFen }) => [`${ownerKind}:${bucket}`, balanceFen]));
  }

  /** R5.1: legs sum to zero, balances are the folds of their legs, and nothing is left untold. */
  async expectExactBooks(): Promise<void> {
    expect(await compareLedger(this.world)).toEqual([]);
    expect(await this.query(`SELECT id, lastError FROM outbox_events WHERE state = 'pending'`)).toEqual([]);
  }
}
