/** Plays the steps of one payment's history in the mall, by the services that its controllers and jobs call. */
import { RecordTouch } from '../../src/distribution/share-links/share-links.public.js';
import { RequestRefund } from '../../src/mall/after-sales/request-refund.service.js';
import { RerouteRefund } from '../../src/mall/after-sales/reroute-refund.service.js';
import { SubmitRefunds } from '../../src/mall/after-sales/submit-refunds.job.js';
import { PlaceOrder } from '../../src/mall/orders/place-order.service.js';
import { CancelUnpaidOrder } from '../../src/mall/payments/cancel-unpaid-order.service.js';
import { CancelUnpaidOrders } from '../../src/mall/payments/cancel-unpaid-orders.job.js';
import { CheckPayments } from '../../src/mall/payments/check-payments.job.js';
import { OpenPayment } from '../../src/mall/payments/open-payment.service.js';
import { ReadPaymentStatus } from '../../src/mall/payments/read-payment-status.service.js';
import { PriceOrder } from '../../src/mall/quotes/price-order.service.js';
import { GrantCouponService } from '../../src/marketing/coupons/coupons.public.js';
import { Database } from '../../src/platform/database/database.js';
import { newId } from '../../src/platform/ids/ids.js';
import { HQ } from '../model/mall-world.js';
import type { ChaosWorld } from './chaos-world.js';
import type { FakeNotice } from './fake-wechat.js';
import type { PaymentStep, Racer } from './payment-steps.js';
import { deliverNotice, sendNotice, troubled, unlessRefused } from './trouble.js';

type StepOf<K extends PaymentStep['kind']> = Extract<PaymentStep, { kind: K }>;

/** What the mall was asked for, as far as the oracle has to know it. */
export interface PlayedOrder {
  id: string;
  outTradeNo: string;
  memberId: string;
  sku: number;
  quantity: number;
  couponId: string | null;
  /** The line's price and the freight, as the order says; HQ reads them off the order as well. */
  lineId: string;
  payableFen: number;
  freightFen: number;
}

export interface AskedRefund {
  key: string;
  request: {
    lines: { orderLineId: string; amountFen: number; restockQuantity: number }[];
    freightFen: number;
    reason: string;
  };
}

export class PaymentPlayer {
  order: PlayedOrder | null = null;
  readonly refunds: AskedRefund[] = [];
  /** What is wrong already while playing. */
  readonly faults: string[] = [];

  constructor(
    private readonly world: ChaosWorld,
    private readonly templateId: string,
  ) {}

  async play(step: PaymentStep): Promise<void> {
    const { world, order } = this;
    if (step.kind === 'order') return this.place(step);
    if (order === null) return;
    switch (step.kind) {
      case 'open':
      case 'ask':
      case 'cancel':
      case 'jobs':
        await troubled(world, step, () => this.act(step.kind, order));
        return;
      case 'pay':
        world.pay.payNow(order.outTradeNo);
        return;
      case 'arrivals':
        return world.wechat.arrivals();
      case 'notice':
        return this.deliver(step);
      case 'lose':
        world.wechat.pending.splice(step.which % Math.max(1, world.wechat.pending.length), 1);
        return;
      case 'relay':
        this.faults.push(...(await world.relay()));
        return;
      case 'advance':
        return world.advance(step.ms);
      case 'race':
        await Promise.all(step.racers.map((racer) => this.raced(racer, order)));
        return;
      case 'restart':
        return world.restart();
      case 'refund':
        world.pay.fate = step.fate;
        return this.refund(step, order);
      case 'balance':
        world.pay.hasBalance = step.enough;
        return;
      case 'bank':
        return world.pay.endRefunds(order.outTradeNo);
      case 'reapply':
        await troubled(world, step, () => this.reapply(order));
        return;
      case 'end':
        if (step.notices === 'never') world.wechat.pending = [];
    }
  }

  /** A customer's or a job's act. Refusals are part of life; anything else that is thrown is a fault. */
  private async act(what: Exclude<Racer, 'notice'>, { id, memberId }: PlayedOrder): Promise<void> {
    const { world } = this;
    if (what === 'open') await world.get(OpenPayment).execute(memberId, id);
    if (what === 'ask') await world.get(ReadPaymentStatus).execute(memberId, id);
    if (what === 'cancel') await world.get(CancelUnpaidOrder).execute(id, 'customer');
    if (what === 'jobs') await runPaymentJobs(world);
  }

  private async raced(racer: Racer, order: PlayedOrder): Promise<void> {
    if (racer !== 'notice') return unlessRefused(() => this.act(racer, order));
    const notice = this.world.wechat.pending[0];
    if (notice !== undefined) await sendNotice(this.world, notice, null, this.faults);
    this.takeAway(notice);
  }

  private async place({ person, guide, sku, quantity, coupon }: StepOf<'order'>): Promise<void> {
    const { world } = this;
    const { memberId, addressId } = world.mall.ids.people[person] ?? { memberId: '', addressId: '' };
    if (guide !== null) {
      const shareCode = world.mall.links.get(guide)?.live ?? '';
      await world.get(RecordTouch).execute(memberId, { shareCode, scene: 1007 });
    }
    const key = newId('cpn');
    const grant = { templateId: this.templateId, memberId, reason: 'chaos', key };
    const couponId = coupon ? await world.get(GrantCouponService).execute(HQ, grant) : null;
    const lines = [{ skuId: world.mall.ids.skus[sku] ?? '', quantity }];
    const couponIds = couponId === null ? [] : [couponId];
    const asked = { memberId, lines, addressId, couponIds, at: world.now };
    const { quoteHash } = await world.get(PriceOrder).execute(world.get(Database), asked);
    const request = { lines, addressId, couponIds, quoteHash };
    const id = await world.get(PlaceOrder).execute({ memberId, request, idempotencyKey: newId('ord') });
    const row = await world
      .get(Database)
      .first<{ orderNumber: string; freightFen: number; lineId: string; payableFen: number }>(
        `SELECT o.orderNumber, o.freightFen, l.id AS lineId, l.payableFen
       FROM orders o JOIN order_lines l ON l.orderId = o.id WHERE o.id = ?`,
        [id],
      );
    if (row === null) throw new Error('the order is nowhere');
    const { orderNumber: outTradeNo, freightFen, lineId, payableFen } = row;
    this.order = { id, outTradeNo, memberId, sku, quantity, couponId, lineId, payableFen, freightFen };
  }

  private async deliver(step: StepOf<'notice'>): Promise<void> {
    const { pending } = this.world.wechat;
    // `which` is counted round; -1 is the newest.
    const notice = pending.at(step.which % Math.max(1, pending.length));
    if (notice === undefined) return;
    const before = await this.states();
    const delivery = await deliverNotice(this.world, notice, step, this.faults);
    if (delivery === 'taken' && step.trick === null) this.takeAway(notice);
    const after = await this.states();
    // A refund's notice names no payer, so there is nothing to bend.
    const isBent = step.trick !== null && !(step.trick === 'payer' && notice.originalType === 'refund');
    if (isBent && after !== before) {
      this.faults.push(`a notice that is wrong by its ${step.trick} changed ${before} to ${after}`);
    }
  }

  /** What a notice could have moved. */
  private async states(): Promise<string> {
    const id = this.order?.id ?? '';
    const rows = await this.world.get(Database).query<{ state: string }>(
      `SELECT state FROM orders WHERE id = ? UNION ALL SELECT state FROM payments WHERE orderId = ?
       UNION ALL SELECT state FROM refunds WHERE orderId = ?`,
      [id, id, id],
    );
    return rows.map(({ state }) => state).join(' ');
  }

  private takeAway(notice: FakeNotice | undefined): void {
    const { wechat } = this.world;
    wechat.pending = wechat.pending.filter((other) => other !== notice);
  }

  private async refund(step: StepOf<'refund'>, order: PlayedOrder): Promise<void> {
    const asked = (step.again ? this.refunds.at(-1) : undefined) ?? {
      key: newId('rfd'),
      request: {
        lines: [
          {
            orderLineId: order.lineId,
            amountFen: Math.floor((order.payableFen * step.partBps) / 10_000),
            restockQuantity: Math.min(step.pieces, order.quantity),
          },
        ],
        freightFen: step.freight ? order.freightFen : 0,
        reason: '售后',
      },
    };
    if (!this.refunds.includes(asked)) this.refunds.push(asked);
    const { world } = this;
    await troubled(world, step, () => world.get(RequestRefund).execute(HQ, order.id, asked.request, asked.key));
  }

  /** Whichever refund is abnormal; the mall refuses the others. */
  private async reapply({ id }: PlayedOrder): Promise<void> {
    const { world } = this;
    const rows = await world.get(Database).query<{ id: string }>('SELECT id FROM refunds WHERE orderId = ?', [id]);
    for (const refund of rows) {
      const to = {
        type: 'USER_BANK_CARD' as const,
        bankType: 'ICBC_DEBIT',
        bankAccount: '6222000012345678',
        realName: '林小雨',
      };
      await unlessRefused(() => world.get(RerouteRefund).execute(HQ, refund.id, to));
    }
  }
}

/** What time makes due. Faults strike whichever of them calls first. */
export async function runPaymentJobs(world: ChaosWorld): Promise<void> {
  await world.get(CheckPayments).run();
  await world.get(CancelUnpaidOrders).run();
  await world.get(SubmitRefunds).run();
}
