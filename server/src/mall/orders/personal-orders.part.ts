import type { DeliveryAddress } from '@mall/shared/hq';
import { formatYuan } from '@mall/shared/money';
import type { DataSection } from '@mall/shared/privacy';
import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type Erasure,
  HoldsPersonalData,
  marksOf,
  type PersonalDataPart,
} from '../../membership/privacy/privacy.public.js';
import { businessTimeText } from '../../platform/clock/business-day.js';
import { SealedText } from '../../platform/crypto/sealed-text.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { stateWords } from './domain/order-states.js';
import type { OrderEntity } from './order.entity.js';

type Ended = Pick<OrderEntity, 'id' | 'addressSealed'>;
const OVER = `state IN ('completed', 'cancelled')`;

/**
 * Her orders. The law keeps goods and sums for three years (E-Commerce Law, article 31); who she was goes from each
 * order once it is over. An order that is under way keeps the account open, after-sales included: somebody has to be
 * there to receive, and to be paid back.
 */
@Injectable()
@HoldsPersonalData('orders')
export class OrderPersonalData implements PersonalDataPart {
  constructor(private readonly sealed: SealedText) {}

  async export(reader: Reader, subject: DataSubject): Promise<DataSection[]> {
    const orders = await reader.query<OrderEntity>(
      `SELECT * FROM orders WHERE memberId IN (${marksOf(subject)}) ORDER BY id DESC`,
      subject.entryIds,
    );
    const lines = await reader.query<{ orderId: string; title: string; optionText: string; quantity: number }>(
      `SELECT l.orderId, l.title, l.optionText, l.quantity FROM order_lines l JOIN orders o ON o.id = l.orderId
       WHERE o.memberId IN (${marksOf(subject)}) ORDER BY l.orderId, l.lineNumber`,
      subject.entryIds,
    );
    const bought = new Map<string, string[]>();
    for (const { orderId, title, optionText, quantity } of lines) {
      bought.set(orderId, [...(bought.get(orderId) ?? []), `${title} ${optionText} ×${quantity}`]);
    }
    return [{ title: '订单', items: orders.map((order) => this.toItem(order, bought.get(order.id) ?? [])) }];
  }

  async obstacles(reader: Reader, subject: DataSubject): Promise<string[]> {
    const open = await reader.query<{ state: string; n: number }>(
      `SELECT state, COUNT(*) AS n FROM orders WHERE memberId IN (${marksOf(subject)}) AND NOT (${OVER}) GROUP BY state`,
      subject.entryIds,
    );
    const refunds = await reader.first<{ n: number }>(
      `SELECT COUNT(*) AS n FROM refunds r JOIN orders o ON o.id = r.orderId
       WHERE o.memberId IN (${marksOf(subject)}) AND r.state IN ('created', 'processing')`,
      subject.entryIds,
    );
    const sentences = open.map(({ state, n }) => `有 ${Number(n)} 个订单${WAITS[state] ?? WAITS.paid}`);
    if (Number(refunds?.n ?? 0) > 0) sentences.push('有退款还没有到账，到账后可以注销');
    return sentences;
  }

  /** An order that was being placed when she closed the account is waited for. */
  async erase(tx: Tx, erasure: Erasure): Promise<'done' | 'later'> {
    const marks = marksOf(erasure);
    const ended = await tx.query<Ended>(
      `SELECT id, addressSealed FROM orders WHERE memberId IN (${marks}) AND ${OVER}`,
      erasure.entryIds,
    );
    for (const { id, addressSealed } of ended) {
      if (this.sealed.open(addressSealed) === 'null') continue;
      await tx.execute(`UPDATE orders SET addressSealed = ? WHERE id = ? AND ${OVER}`, [this.sealed.seal('null'), id]);
    }
    await tx.execute(
      `UPDATE orders SET remark = NULL, pickupCodeSealed = NULL WHERE memberId IN (${marks}) AND ${OVER}`,
      erasure.entryIds,
    );
    const open = await tx.first(`SELECT id FROM orders WHERE memberId IN (${marks}) AND NOT (${OVER}) LIMIT 1`, [
      ...erasure.entryIds,
    ]);
    return open === null ? 'done' : 'later';
  }

  private toItem(order: OrderEntity, goods: readonly string[]): DataSection['items'][number] {
    const address = JSON.parse(this.sealed.open(order.addressSealed)) as DeliveryAddress | null;
    return {
      订单号: order.orderNumber,
      状态: stateWords(order.state as Parameters<typeof stateWords>[0]),
      下单时间: businessTimeText(order.createdAt),
      商品: goods.join('；'),
      实付元: formatYuan(order.totalFen),
      已退元: formatYuan(order.refundedFen),
      收货人: address?.recipient ?? null,
      电话: address?.phone ?? null,
      地址: address === null ? null : `${address.province}${address.city}${address.district}${address.detail}`,
      备注: order.remark,
    };
  }
}

/** What is open and what to do about it, after `有 n 个订单`. */
const WAITS: Record<string, string> = {
  created: '还没有付款，请先付款或取消',
  paid: '正在准备发货，收货并过了售后期可以注销',
  shipped: '在路上，收货并过了售后期可以注销',
  pickup_ready: '等您到店自提，取货并过了售后期可以注销',
  received: '还在售后期内，7 天售后期结束后可以注销',
};
