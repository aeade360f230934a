import { addFen, type Fen, fen, subtractFen, timesFen, ZERO_FEN } from '@mall/shared/money';
import type { OrderLineRequest, Quote } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { type CouponLine, type CouponPricing, Coupons } from '../../marketing/coupons/coupons.public.js';
import { Addresses } from '../../membership/addresses/addresses.public.js';
import type { Reader } from '../../platform/database/tx.js';
import { ProblemError } from '../../platform/http/problem.js';
import { Catalog, type SaleItem } from '../catalog/catalog.public.js';
import { Freight, type FreightRule, quoteFreight } from '../freight/freight.public.js';
import { quoteHash } from './quote-hash.js';

export interface PriceRequest {
  memberId: string;
  lines: readonly OrderLineRequest[];
  /** Null: freight stays unknown. */
  addressId: string | null;
  /** Undefined: the best legal coupons. */
  couponIds?: readonly string[];
  /** Business clock. */
  at: number;
}

export interface PricedLine {
  item: SaleItem;
  quantity: number;
  goodsFen: Fen;
  discountFen: Fen;
  payableFen: Fen;
}

type Address = NonNullable<Awaited<ReturnType<Addresses['find']>>>;

export interface PricedOrder {
  lines: PricedLine[];
  address: Address | null;
  pricing: CouponPricing;
  goodsFen: Fen;
  discountFen: Fen;
  /** After a freight coupon; null without an address. */
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
  ) {}

  /** Throws the refusals that a customer can act on: unknown or withdrawn SKU, unknown or unserved address. */
  async execute(reader: Reader, request: PriceRequest): Promise<PricedOrder> {
    const items = await this.itemsOf(reader, request.lines);
    const address = await this.addressOf(reader, request);
    const rules = address === null ? [] : await this.freight.rules(reader);
    const held = await this.coupons.usable(reader, request.memberId, request.at);
    const lines: CouponLine[] = items.map(({ item, goodsFen }) => ({
      skuId: item.skuId,
      productId: item.productId,
      categoryId: item.categoryId,
      categoryPath: item.categoryPath,
      brandId: item.brandId,
      goodsFen,
    }));
    const freightOf = (payableFen: Fen): Fen | null =>
      address === null ? null : freightFor(rules, address.province, payableFen).freightFen;
    const pricing = this.coupons.price(held, lines, freightOf, request.at, request.couponIds);
    return assemble(items, address, rules, pricing);
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

  private async addressOf(reader: Reader, { memberId, addressId }: PriceRequest): Promise<Address | null> {
    if (addressId === null) return null;
    const address = await this.addresses.find(reader, memberId, addressId);
    if (address === null) throw new ProblemError(ProblemType.AddressMissing, { detail: '收货地址不存在' });
    return address;
  }
}

function freightFor(
  rules: readonly FreightRule[],
  province: string,
  payableFen: Fen,
): { freightFen: Fen; name: string } {
  const quoted = quoteFreight(rules, province, payableFen);
  if (!quoted.served) throw new ProblemError(ProblemType.AddressNotServed, { detail: quoted.reason });
  return quoted;
}

function assemble(
  items: { item: SaleItem; quantity: number; goodsFen: Fen }[],
  address: Address | null,
  rules: readonly FreightRule[],
  pricing: CouponPricing,
): PricedOrder {
  const lines = items.map(({ item, quantity, goodsFen }, index) => {
    const discountFen = pricing.perLineDiscountFen[index] ?? ZERO_FEN;
    return { item, quantity, goodsFen, discountFen, payableFen: subtractFen(goodsFen, discountFen) };
  });
  const goodsFen = addFen(...lines.map((line) => line.goodsFen));
  const discountFen = addFen(...lines.map((line) => line.discountFen));
  const payableFen = subtractFen(goodsFen, discountFen);
  const freightFen =
    address === null || pricing.freightFen === null
      ? null
      : subtractFen(pricing.freightFen, pricing.freightDiscountFen);
  const totalFen = fen(payableFen + (freightFen ?? 0));
  const hashed = {
    lines: lines.map((line) => ({
      skuId: line.item.skuId,
      quantity: line.quantity,
      unitPriceFen: line.item.priceFen,
      discountFen: line.discountFen,
    })),
    freightFen,
    couponIds: pricing.appliedCouponIds,
    totalFen,
  };
  return {
    lines,
    address,
    pricing,
    goodsFen,
    discountFen,
    freightFen,
    freightName: address === null ? null : freightFor(rules, address.province, payableFen).name,
    totalFen,
    quoteHash: quoteHash(hashed),
  };
}

/** The quote as a customer sees it. */
export function toQuote(priced: PricedOrder): Quote {
  return {
    quoteHash: priced.quoteHash,
    lines: priced.lines.map(({ item, quantity, goodsFen, discountFen, payableFen }) => ({
      skuId: item.skuId,
      productId: item.productId,
      title: item.title,
      optionText: item.optionText,
      imageUrl: item.imageUrl,
      quantity,
      unitPriceFen: item.priceFen,
      goodsFen,
      discountFen,
      payableFen,
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
