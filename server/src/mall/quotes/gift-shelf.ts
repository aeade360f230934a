import { CouponKind } from '@mall/shared/coupons';
import { timesFen, ZERO_FEN } from '@mall/shared/money';
import type { OrderLineRequest } from '@mall/shared/orders';
import { Injectable } from '@nestjs/common';
import type { GiftCatalogue, GiftGoods, HeldCoupon } from '../../marketing/coupons/coupons.public.js';
import type { Reader } from '../../platform/database/tx.js';
import { Catalog, type SaleItem } from '../catalog/catalog.public.js';
import { Stock } from '../stock/stock.public.js';

/** Coupons whose gifts were looked up, and the goods behind the gifts. */
export interface StockedCoupons {
  coupons: HeldCoupon[];
  items: ReadonlyMap<string, SaleItem>;
}

/** What coupons can give away right now. */
@Injectable()
export class GiftShelf implements GiftCatalogue {
  constructor(
    private readonly catalog: Catalog,
    private readonly stock: Stock,
  ) {}

  async hasSku(reader: Reader, skuId: string): Promise<boolean> {
    return (await this.catalog.saleItems(reader, [skuId])).length > 0;
  }

  /** R6.1: a gift that is withdrawn or sold out is no reason to refuse an order; its coupon just does not apply. */
  async look(
    reader: Reader,
    held: readonly HeldCoupon[],
    wanted: readonly OrderLineRequest[],
  ): Promise<StockedCoupons> {
    const skuIds = [...new Set(held.flatMap(({ giftSkuId }) => giftSkuId ?? []))];
    if (skuIds.length === 0) return { coupons: [...held], items: new Map() };
    const items = new Map((await this.catalog.saleItems(reader, skuIds)).map((item) => [item.skuId, item]));
    const levels = await this.stock.levels(reader, skuIds);
    const freeOf = (skuId: string): number => {
      const bought = wanted.filter((line) => line.skuId === skuId).reduce((sum, line) => sum + line.quantity, 0);
      return (levels.find((level) => level.skuId === skuId)?.available ?? 0) - bought;
    };
    const coupons = held.map((coupon) => {
      if (coupon.kind !== CouponKind.Gift || coupon.giftSkuId === null) return coupon;
      const { giftSkuId, giftQuantity } = coupon;
      return { ...coupon, gift: giftOf(giftSkuId, giftQuantity ?? 1, items.get(giftSkuId), freeOf(giftSkuId)) };
    });
    return { coupons, items };
  }
}

function giftOf(skuId: string, quantity: number, item: SaleItem | undefined, free: number): GiftGoods {
  if (item === undefined) return { skuId, title: '', quantity, valueFen: ZERO_FEN, lacks: '赠品已下架' };
  const lacks = !item.onSale ? '赠品已下架' : free < quantity ? '赠品已送完' : null;
  return { skuId, title: item.title, quantity, valueFen: timesFen(item.priceFen, quantity), lacks };
}
