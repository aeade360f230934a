import type { Store } from '@mall/shared/guides';
import { addFen, type Fen, fen, subtractFen, timesFen, ZERO_FEN } from '@mall/shared/money';
import { DeliveryKind, type OrderLineRequest, type Quote } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { Stores } from '../../distribution/stores/stores.public.js';
import {
  type CouponGift,
  type CouponLine,
  type CouponPricing,
  Coupons,
} from '../../marketing/coupons/coupons.public.js';
import { Addresses } from '../../membership/addresses/addresses.public.js';
import type { Reader } from '../../platform/database/tx.js';
import { validationProblem } from '../../platform/http/problem.filter.js';
import { ProblemError } from '../../platform/http/problem.js';
import { Catalog, type SaleItem } from '../catalog/catalog.public.js';
import { Freight, type FreightRule, quoteFreight } from '../freight/freight.public.js';
import { GiftShelf } from './gift-shelf.js';
import { quoteHash } from './quote-hash.js';

export interface PriceRequest {
  memberId: string;
  lines: readonly OrderLineRequest[];
  /** At most one of the two; neither: freight stays unknown. */
  addressId: string | null;
  pickupStoreId?: string | null;
  /** Undefined: the best legal coupons. */
  couponIds?: readonly string[];
  /** Business clock. */
  at: number;
}

export interface PricedLine {
  item: SaleItem;
  quantity: number;
  /** 0 for a gift. */
  unitPriceFen: Fen;
  goodsFen: Fen;
  discountFen: Fen;
  payableFen: Fen;
  /** The coupon that gives this line away, and what its pieces cost who buys them. */
  gift: { couponId: string; valueFen: Fen } | null;
}

type Address = NonNullable<Awaited<ReturnType<Addresses['find']>>>;

/** Where the goods go. */
export type Delivery =
  | { kind: typeof DeliveryKind.Express; address: Address }
  | { kind: typeof DeliveryKind.Pickup; store: Store };

const PICKUP_NAME = '到店自提';

export interface PricedOrder {
  /** What she chose, then gifts. */
  lines: PricedLine[];
  delivery: Delivery | null;
  pricing: CouponPricing;
  goodsFen: Fen;
  discountFen: Fen;
  /** After a freight coupon; null until it is known where the goods go. */
  freightFen: Fen | null;
  freightName: string | null;
  totalFen: Fen;
  quoteHash: string;
}

/** Works out what an order costs. Quotes and placement use this one function, so that they cannot differ (R7.4). */
@Injectable()
export class PriceOrder {
  constructor(
    private readonly catalog: Catalog,
    private readonly coupons: Coupons,
    private readonly freight: Freight,
    private readonly addresses: Addresses,
    private readonly stores: Stores,
    private readonly gifts: GiftShelf,
  ) {}

  /** Throws the refusals that a customer can act on: unknown or withdrawn SKU, unknown or unserved address or store. */
  async execute(reader: Reader, request: PriceRequest): Promise<PricedOrder> {
    const items = await this.itemsOf(reader, request.lines);
    const delivery = await this.deliveryOf(reader, request);
    const rules = delivery?.kind === DeliveryKind.Express ? await this.freight.rules(reader) : [];
    const held = await this.coupons.usable(reader, request.memberId, request.at);
    const stocked = await this.gifts.look(reader, held, request.lines);
    const lines: CouponLine[] = items.map(({ item, goodsFen }) => ({
      skuId: item.skuId,
      productId: item.productId,
      categoryId: item.categoryId,
      categoryPath: item.categoryPath,
      brandId: item.brandId,
      goodsFen,
    }));
    const freightOf = (payableFen: Fen): Fen | null => freightFor(rules, delivery, payableFen).freightFen;
    const pricing = this.coupons.price(stocked.coupons, lines, freightOf, request.at, request.couponIds);
    const bought = items.map((item, index) => boughtLine(item, pricing.perLineDiscountFen[index] ?? ZERO_FEN));
    const given = pricing.gifts.map((gift) => giftLine(gift, stocked.items.get(gift.skuId)));
    return assemble([...bought, ...given], delivery, rules, pricing);
  }

  private async itemsOf(reader: Reader, lines: readonly OrderLineRequest[]) {
    const found = await this.catalog.saleItems(
      reader,
      lines.map(({ skuId }) => skuId),
    );
    return lines.map(({ skuId, quantity }) => {
      const item = found.find((candidate) => candidate.skuId === skuId);
      if (item === undefined) throw new ProblemError(ProblemType.SkuNotFound, { detail: '商品不存在', skuId });
      if (!item.onSale) throw new ProblemError(ProblemType.SkuUnavailable, { detail: '商品已下架', skuId });
      return { item, quantity, goodsFen: timesFen(item.priceFen, quantity) };
    });
  }

  private async deliveryOf(reader: Reader, request: PriceRequest): Promise<Delivery | null> {
    const { memberId, addressId, pickupStoreId = null } = request;
    if (addressId !== null && pickupStoreId !== null) {
      throw validationProblem([{ path: 'pickupStoreId', message: '快递和到店自提只能选一种' }]);
    }
    if (pickupStoreId !== null) {
      const store = await this.stores.find(reader, pickupStoreId);
      if (store === null) throw new ProblemError(ProblemType.PickupStoreMissing, { detail: '自提门店不存在' });
      return { kind: DeliveryKind.Pickup, store };
    }
    if (addressId === null) return null;
    const address = await this.addresses.find(reader, memberId, addressId);
    if (address === null) throw new ProblemError(ProblemType.AddressMissing, { detail: '收货地址不存在' });
    return { kind: DeliveryKind.Express, address };
  }
}

function freightFor(
  rules: readonly FreightRule[],
  delivery: Delivery | null,
  payableFen: Fen,
): { freightFen: Fen | null; name: string | null } {
  if (delivery === null) return { freightFen: null, name: null };
  if (delivery.kind === DeliveryKind.Pickup) return { freightFen: ZERO_FEN, name: PICKUP_NAME };
  const quoted = quoteFreight(rules, delivery.address.province, payableFen);
  if (!quoted.served) throw new ProblemError(ProblemType.AddressNotServed, { detail: quoted.reason });
  return quoted;
}

function boughtLine(
  { item, quantity, goodsFen }: { item: SaleItem; quantity: number; goodsFen: Fen },
  discountFen: Fen,
): PricedLine {
  const payableFen = subtractFen(goodsFen, discountFen);
  return { item, quantity, unitPriceFen: item.priceFen, goodsFen, discountFen, payableFen, gift: null };
}

/** R4.1: a gift costs nothing, so it is the base of no commission. */
function giftLine({ couponId, skuId, quantity, valueFen }: CouponGift, item: SaleItem | undefined): PricedLine {
  if (item === undefined) throw new Error(`gift ${skuId} was not looked up`);
  const nothing = { unitPriceFen: ZERO_FEN, goodsFen: ZERO_FEN, discountFen: ZERO_FEN, payableFen: ZERO_FEN };
  return { item, quantity, ...nothing, gift: { couponId, valueFen } };
}

function assemble(
  lines: PricedLine[],
  delivery: Delivery | null,
  rules: readonly FreightRule[],
  pricing: CouponPricing,
): PricedOrder {
  const goodsFen = addFen(...lines.map((line) => line.goodsFen));
  const discountFen = addFen(...lines.map((line) => line.discountFen));
  const payableFen = subtractFen(goodsFen, discountFen);
  const freightFen = pricing.freightFen === null ? null : subtractFen(pricing.freightFen, pricing.freightDiscountFen);
  const totalFen = fen(payableFen + (freightFen ?? 0));
  const hashed = {
    lines: lines.map((line) => ({
      skuId: line.item.skuId,
      quantity: line.quantity,
      unitPriceFen: line.unitPriceFen,
      discountFen: line.discountFen,
      isGift: line.gift !== null,
    })),
    pickupStoreId: delivery?.kind === DeliveryKind.Pickup ? delivery.store.id : null,
    freightFen,
    couponIds: pricing.appliedCouponIds,
    totalFen,
  };
  return {
    lines,
    delivery,
    pricing,
    goodsFen,
    discountFen,
    freightFen,
    freightName: freightFor(rules, delivery, payableFen).name,
    totalFen,
    quoteHash: quoteHash(hashed),
  };
}

/** The quote as a customer sees it. */
export function toQuote(priced: PricedOrder): Quote {
  return {
    quoteHash: priced.quoteHash,
    lines: priced.lines.map(({ item, quantity, unitPriceFen, goodsFen, discountFen, payableFen, gift }) => ({
      skuId: item.skuId,
      productId: item.productId,
      title: item.title,
      optionText: item.optionText,
      imageUrl: item.imageUrl,
      quantity,
      unitPriceFen,
      goodsFen,
      discountFen,
      payableFen,
      isGift: gift !== null,
      giftValueFen: gift?.valueFen ?? ZERO_FEN,
    })),
    goodsFen: priced.goodsFen,
    discounts: priced.pricing.discounts.map(({ name, amountFen }) => ({ name, amountFen })),
    discountFen: priced.discountFen,
    freightFen: priced.freightFen,
    freightName: priced.freightName,
    totalFen: priced.totalFen,
    coupons: priced.pricing.coupons,
  };
}
