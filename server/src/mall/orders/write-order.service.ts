import type { DeliveryAddress } from '@mall/shared/hq';
import { type Fen, ZERO_FEN } from '@mall/shared/money';
import { DeliveryKind, OrderState } from '@mall/shared/orders';
import { Injectable } from '@nestjs/common';
import { Attribution, type FrozenAttribution } from '../../distribution/attribution/attribution.public.js';
import { CommissionRates, type FrozenRate } from '../../distribution/rates/rates.public.js';
import { MINUTE_MS } from '../../platform/clock/business-day.js';
import { SealedText } from '../../platform/crypto/sealed-text.js';
import type { Tx } from '../../platform/database/tx.js';
import { newId, ulidOf } from '../../platform/ids/ids.js';
import { Settings } from '../../platform/settings/settings.js';
import type { Delivery, PricedLine, PricedOrder } from '../quotes/quotes.public.js';
import { MarkOrderPaid } from './mark-order-paid.service.js';
import { OrderEntity } from './order.entity.js';
import { OrderLineEntity } from './order-line.entity.js';

export interface OrderToWrite {
  orderId: string;
  memberId: string;
  priced: PricedOrder;
  remark: string | null;
  at: number;
}

/** Writes a priced order with its attribution and rates frozen (R3.1, R4.3). */
@Injectable()
export class WriteOrder {
  constructor(
    private readonly attribution: Attribution,
    private readonly rates: CommissionRates,
    private readonly settings: Settings,
    private readonly sealed: SealedText,
    private readonly markPaid: MarkOrderPaid,
  ) {}

  async execute(tx: Tx, order: OrderToWrite): Promise<void> {
    const { orderId, memberId, priced, at } = order;
    const decision = await this.attribution.freeze(tx, {
      orderId,
      memberId,
      at,
      lineCount: priced.lines.length,
      coupons: couponFacts(priced),
    });
    const rates = await this.ratesOf(tx, priced.lines, decision, at);
    const { values } = await this.settings.at(tx, 'orders', at);
    await tx.insert(OrderEntity, this.draft(order, at + values.payWithinMinutes * MINUTE_MS));
    await tx.insert(
      OrderLineEntity,
      priced.lines.map((line, index) => draftLine(orderId, index, line, decision, rates[index] ?? null)),
    );
    // R7.1: an order with nothing to pay is paid at placement, without WeChat (C13).
    if (priced.totalFen === 0) await this.markPaid.execute(tx, { orderId, paidAt: at });
  }

  /** One query for each payee among the lines. A gift has no rate: its base is 0 (R4.1), and 0 needs no receipt. */
  private async ratesOf(tx: Tx, lines: readonly PricedLine[], decision: FrozenAttribution, at: number) {
    const rates: (FrozenRate | null)[] = lines.map(() => null);
    for (const seller of decision.sellers) {
      const positions = lines.flatMap(({ gift }, index) =>
        gift === null && decision.lines[index]?.guideId === seller.guideId ? [index] : [],
      );
      const things = positions.flatMap((index) => lines[index]?.item ?? []);
      const frozen = await this.rates.freeze(tx, things, seller, at);
      for (const [nth, index] of positions.entries()) rates[index] = frozen[nth] ?? null;
    }
    return rates;
  }

  private draft({ orderId, memberId, priced, remark, at }: OrderToWrite, payBefore: number): OrderEntity {
    const { delivery } = priced;
    if (delivery === null || priced.freightFen === null) throw new Error('an order needs a place to go to');
    return {
      id: orderId,
      orderNumber: ulidOf(orderId),
      memberId,
      state: OrderState.Created,
      goodsFen: priced.goodsFen,
      discountFen: priced.discountFen,
      freightFen: priced.freightFen,
      totalFen: priced.totalFen,
      refundedFen: ZERO_FEN,
      freightRefundedFen: ZERO_FEN,
      settlements: 0,
      discountsJson: JSON.stringify(priced.pricing.discounts.map(({ name, amountFen }) => ({ name, amountFen }))),
      addressSealed: this.sealed.seal(JSON.stringify(addressOf(delivery))),
      remark,
      deliveryKind: delivery.kind,
      pickupStoreId: delivery.kind === DeliveryKind.Pickup ? delivery.store.id : null,
      pickupCodeSealed: null,
      pickupTries: 0,
      pickupTriedAt: null,
      createdAt: at,
      dueAt: payBefore,
      paidAt: null,
      shippedAt: null,
      readyAt: null,
      receivedAt: null,
      completedAt: null,
      cancelledAt: null,
      cancelCause: null,
    };
  }
}

/** The address as it is now; null when she collects the goods. */
function addressOf(delivery: Delivery): DeliveryAddress | null {
  if (delivery.kind === DeliveryKind.Pickup) return null;
  const { recipient, phone, province, city, district, detail } = delivery.address;
  return { recipient, phone, province, city, district, detail };
}

/** Coupons that came through a guide, with the lines that they discounted (R3.2b). */
function couponFacts(priced: PricedOrder) {
  return priced.pricing.discounts.flatMap(({ couponId, sourceGuideId, perLineFen }) =>
    sourceGuideId === null
      ? []
      : [
          {
            couponId,
            guideId: sourceGuideId,
            lines: perLineFen.flatMap((part: Fen, index) => (part > 0 ? [index] : [])),
          },
        ],
  );
}

function draftLine(
  orderId: string,
  index: number,
  { item, quantity, unitPriceFen, goodsFen, discountFen, payableFen, gift }: PricedLine,
  decision: FrozenAttribution,
  rate: FrozenRate | null,
): OrderLineEntity {
  const payee = decision.lines[index];
  const seller = decision.sellers.find(({ guideId }) => guideId === payee?.guideId);
  return {
    id: newId('oli'),
    orderId,
    lineNumber: index,
    skuId: item.skuId,
    productId: item.productId,
    categoryId: item.categoryId,
    categoryPath: item.categoryPath.join('/'),
    brandId: item.brandId,
    title: item.title,
    optionText: item.optionText,
    imageUrl: item.imageUrl,
    quantity,
    unitPriceFen,
    goodsFen,
    discountFen,
    payableFen,
    refundedFen: ZERO_FEN,
    restockedQuantity: 0,
    costFen: item.costFen,
    guideId: payee?.guideId ?? null,
    storeId: payee?.storeId ?? null,
    sellerTier: seller?.tier ?? null,
    sellerStoreType: seller?.storeType ?? null,
    commissionRuleId: rate?.ruleId ?? null,
    guideBps: rate?.guideBps ?? null,
    storeBps: rate?.storeBps ?? null,
    isGift: gift === null ? 0 : 1,
    giftValueFen: gift?.valueFen ?? ZERO_FEN,
    giftCouponId: gift?.couponId ?? null,
  };
}
