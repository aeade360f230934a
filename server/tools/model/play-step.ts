/** Lets one step happen in the real mall, by the use cases that its controllers and jobs call. */

import { ReleaseMaturedCommission } from '../../src/distribution/commission/release-matured-commission.job.js';
import { ChangeGuideStatus } from '../../src/distribution/guides/guides.public.js';
import { PublishRate } from '../../src/distribution/rates/rates.public.js';
import { RecordTouch } from '../../src/distribution/share-links/record-touch.service.js';
import { RevokeShareLink } from '../../src/distribution/share-links/revoke-share-link.service.js';
import { SettleRefund } from '../../src/mall/after-sales/settle-refund.service.js';
import { TakeRefund } from '../../src/mall/after-sales/take-refund.service.js';
import { MoveOrdersInTime } from '../../src/mall/fulfilment/move-orders-in-time.job.js';
import { ReceiveOrder } from '../../src/mall/fulfilment/receive-order.service.js';
import { ShipOrder } from '../../src/mall/fulfilment/ship-order.service.js';
import { MarkOrderPaid } from '../../src/mall/orders/mark-order-paid.service.js';
import { MoveOrder } from '../../src/mall/orders/move-order.service.js';
import { PlaceOrder } from '../../src/mall/orders/place-order.service.js';
import { PriceOrder } from '../../src/mall/quotes/price-order.service.js';
import { Database } from '../../src/platform/database/database.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { ProblemError } from '../../src/platform/http/problem.js';
import { newId, ulidOf } from '../../src/platform/ids/ids.js';
import { Settings } from '../../src/platform/settings/settings.js';
import { HQ, HQ_NAME, type MallWorld } from './mall-world.js';
import type { OrderStep, ProductScope, RateStep, RefundStep, SellerScope, Step } from './steps.js';
import { TIERS } from './world.js';

/** A code that no guide ever made. */
const FORGED = '22222222';

interface PlayedOrder {
  id: string;
  person: number;
  lineIds: string[];
}

/** Plays one sequence; knows which of the mall's ids the labels of the steps became. */
export class Player {
  readonly orders = new Map<number, PlayedOrder>();
  private readonly refunds = new Map<number, { id: string; amountFen: number }>();

  constructor(private readonly world: MallWorld) {}

  /** False: the mall refused. Whatever else is thrown is a defect of the mall. */
  async play(step: Step): Promise<boolean> {
    try {
      return await this.dispatch(step);
    } catch (error) {
      if (error instanceof ProblemError) return false;
      throw error;
    }
  }

  private async dispatch(step: Step): Promise<boolean> {
    switch (step.kind) {
      case 'touch':
        return this.touch(step);
      case 'revoke':
        return this.revoke(step.guide);
      case 'join':
        await this.world.join(step.person);
        return true;
      case 'enrol':
        await this.world.enrol(step.person, step.store, step.tier);
        return true;
      case 'order':
        return this.order(step);
      case 'pay':
      case 'cancel':
      case 'ship':
      case 'receive':
        return this.move(step.kind, step.order);
      case 'refund':
        return this.refund(step);
      case 'settle':
        return this.settle(step.refund, step.succeeds);
      case 'advance':
        this.world.mall.clock.now += step.ms;
        await this.world.get(MoveOrdersInTime).run();
        return true;
      case 'release':
        await this.world.get(ReleaseMaturedCommission).run();
        return true;
      case 'suspend':
      case 'return':
      case 'leave':
        return this.changeStatus(
          step.guide,
          ({ suspend: 'suspended', return: 'active', leave: 'left' } as const)[step.kind],
        );
      case 'rate':
        return this.rate(step);
      case 'settings':
        return this.settings(step);
    }
  }

  private async touch({ person, guide, link }: Extract<Step, { kind: 'touch' }>): Promise<boolean> {
    const links = this.world.links.get(guide);
    const shareCode = link === 'forged' ? FORGED : (links?.[link] ?? FORGED);
    await this.world.get(RecordTouch).execute(this.world.memberId(person), { shareCode, scene: 1007 });
    return true;
  }

  private async revoke(guide: number): Promise<boolean> {
    const links = this.world.links.get(guide);
    if (links === undefined) throw new Error(`person ${guide} is no guide`);
    await this.world.get(RevokeShareLink).execute(this.world.guideId(guide), links.live);
    links.revoked = links.live;
    links.live = await this.world.makeLink(guide);
    return true;
  }

  private async order(step: OrderStep): Promise<boolean> {
    const { memberId, addressId } = this.world.ids.people[step.person] ?? { memberId: '', addressId: '' };
    const lines = step.lines.map(({ sku, quantity }) => ({ skuId: this.world.ids.skus[sku] ?? '', quantity }));
    const couponIds = step.coupon === null ? [] : [await this.couponId(step.coupon)];
    const at = this.world.mall.clock.now;
    const asked = { memberId, lines, addressId, couponIds, at };
    const { quoteHash } = await this.world.get(PriceOrder).execute(this.world.get(Database), asked);
    const request = { lines, addressId, couponIds, quoteHash };
    const id = await this.world.get(PlaceOrder).execute({ memberId, request, idempotencyKey: newId('ord') });
    const rows = await this.world
      .get(Database)
      .query<{ id: string }>('SELECT id FROM order_lines WHERE orderId = ? ORDER BY lineNumber', [id]);
    this.orders.set(step.order, { id, person: step.person, lineIds: rows.map((row) => row.id) });
    return true;
  }

  private async couponId({ campaign, source }: { campaign: number; source: number }): Promise<string> {
    const values = [this.world.ids.campaigns[campaign] ?? '', this.played(source).id];
    const row = await this.world
      .get(Database)
      .first<{ id: string }>('SELECT id FROM coupons WHERE sourceId = ? AND sourceOrderId = ?', values);
    if (row === null) throw new Error(`campaign ${campaign} issued no coupon for order ${source}`);
    return row.id;
  }

  private async move(kind: 'pay' | 'cancel' | 'ship' | 'receive', label: number): Promise<boolean> {
    const { id: orderId, person } = this.played(label);
    const at = this.world.mall.clock.now;
    const work = this.world.get(UnitOfWork);
    if (kind === 'pay') return work.run((tx) => this.world.get(MarkOrderPaid).execute(tx, { orderId, paidAt: at }));
    if (kind === 'cancel') await work.run((tx) => this.world.get(MoveOrder).cancel(tx, orderId, 'customer', at));
    if (kind === 'receive') await this.world.get(ReceiveOrder).execute(this.world.memberId(person), orderId);
    if (kind === 'ship') {
      const parcel = { carrier: 'SF', trackingNumber: newId('shp') };
      await this.world.get(ShipOrder).execute(HQ, orderId, parcel);
    }
    return true;
  }

  private async refund(step: RefundStep): Promise<boolean> {
    const { id: orderId, lineIds } = this.played(step.order);
    const refundId = newId('rfd');
    const lines = step.lines.map(({ line, amountFen }) => ({ orderLineId: lineIds[line] ?? '', amountFen }));
    const { freightFen, goodwill } = step;
    const request = { lines, freightFen, goodwill, reason: '售后' };
    await this.world
      .get(UnitOfWork)
      .run((tx) => this.world.get(TakeRefund).execute(tx, { actor: HQ, orderId, refundId, request }));
    const amountFen = lines.reduce((sum, line) => sum + line.amountFen, freightFen);
    this.refunds.set(step.refund, { id: refundId, amountFen });
    return step.settled ? this.settle(step.refund, true) : true;
  }

  private async settle(label: number, succeeds: boolean): Promise<boolean> {
    const refund = this.refunds.get(label);
    if (refund === undefined) throw new Error(`refund ${label} was never taken`);
    const report = {
      outRefundNo: ulidOf(refund.id),
      refundFen: refund.amountFen,
      status: succeeds ? ('SUCCESS' as const) : ('CLOSED' as const),
      refundedAt: this.world.mall.clock.now,
    };
    await this.world.get(UnitOfWork).run((tx) => this.world.get(SettleRefund).execute(tx, report as never));
    return true;
  }

  private async changeStatus(guide: number, to: 'active' | 'suspended' | 'left'): Promise<boolean> {
    const change = { guideId: this.world.guideId(guide), to, reason: '人事' };
    await this.world.get(ChangeGuideStatus).execute(HQ_NAME, change);
    return true;
  }

  private async rate({ product, seller, guideBps, storeBps, inMs }: RateStep): Promise<boolean> {
    const effectiveFrom = this.world.mall.clock.now + inMs;
    const scopes = { productScope: this.productScope(product), sellerScope: this.sellerScope(seller) };
    const input = { ...scopes, guideBps, storeBps, effectiveFrom, reason: '调整' };
    await this.world.get(PublishRate).execute(HQ, input);
    return true;
  }

  private productScope({ kind, id }: ProductScope) {
    const { skus, products, categories, brands } = this.world.ids;
    if (kind === 'any') return { kind };
    return { kind, id: { sku: skus, product: products, category: categories, brand: brands }[kind][id] ?? '' };
  }

  private sellerScope({ kind, id }: SellerScope) {
    if (kind === 'any') return { kind };
    if (kind === 'guide') return { kind, id: this.world.guideId(id) };
    if (kind === 'store') return { kind, id: this.world.ids.stores[id] ?? '' };
    return { kind, id: (kind === 'tier' ? TIERS[id] : ['direct', 'franchise'][id]) ?? '' };
  }

  private async settings({ values, inMs }: Extract<Step, { kind: 'settings' }>): Promise<boolean> {
    const at = this.world.mall.clock.now;
    const change = { values, effectiveFrom: at + inMs, actorId: HQ.userId, at, reason: '调整' };
    await this.world.get(UnitOfWork).run((tx) => this.world.get(Settings).publish(tx, 'distribution', change));
    return true;
  }

  private played(label: number): PlayedOrder {
    const order = this.orders.get(label);
    if (order === undefined) throw new Error(`order ${label} was never placed`);
    return order;
  }
}
