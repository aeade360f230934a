import type { Coupon } from '@mall/shared/coupons';
import { ZERO_FEN } from '@mall/shared/money';
import { shortYuanText } from '../theme/price';

/** `8.5折` for 1,500 basis points off; from whole numbers, no division of money. */
function foldText(rateBps: number): string {
  const tenths = Math.round((10_000 - rateBps) / 100);
  return tenths % 10 === 0 ? `${tenths / 10}折` : `${Math.floor(tenths / 10)}.${tenths % 10}折`;
}

/** The large words of a coupon: `¥30`, `8.5折`, `免运费`. */
export function valueText(coupon: Pick<Coupon, 'kind' | 'discountFen' | 'rateBps'>): string {
  switch (coupon.kind) {
    case 'amount_off':
      return shortYuanText(coupon.discountFen ?? ZERO_FEN);
    case 'percent_off':
      return foldText(coupon.rateBps ?? 0);
    case 'free_freight':
      return '免运费';
    default:
      return '赠品';
  }
}

/** When it may be used: `满 ¥200 可用，最多减 ¥50`. */
export function conditionText(coupon: Pick<Coupon, 'thresholdFen' | 'capFen'>): string {
  const from = coupon.thresholdFen > 0 ? `满 ${shortYuanText(coupon.thresholdFen)} 可用` : '无门槛';
  return coupon.capFen === null ? from : `${from}，最多减 ${shortYuanText(coupon.capFen)}`;
}

/** Where it came from, without the name that stands above it: `复购券 · 感谢您的上次购买` → `感谢您的上次购买`. */
export function originText({ name, sourceText }: Pick<Coupon, 'name' | 'sourceText'>): string {
  const prefix = `${name} · `;
  return sourceText.startsWith(prefix) ? sourceText.slice(prefix.length) : sourceText;
}
