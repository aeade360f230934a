import type { QuoteCoupon } from '@mall/shared/orders';
import { Text, View } from '@tarojs/components';
import { shortDayText } from '../platform/clock';
import { shortYuanText } from '../theme/price';
import { Icon } from './Icon';
import { Press } from './Press';
import { Sheet } from './Sheet';
import './CouponPicker.scss';

function givesText({ givesFen, gift }: QuoteCoupon): string {
  if (gift !== undefined) return `这一单送 ${gift.title} ×${gift.quantity}`;
  return givesFen > 0 ? `这一单减 ${shortYuanText(givesFen)}` : '这一单减免运费';
}

function CouponChoice({ coupon, onToggle }: { coupon: QuoteCoupon; onToggle: () => void }) {
  const usable = coupon.applied || coupon.reason === null;
  return (
    <Press
      className={`coupon-choice ${coupon.applied ? 'is-chosen' : ''}`}
      disabled={!usable}
      onPress={onToggle}
      label={coupon.name}
    >
      <View className="coupon-choice__text">
        <Text className="coupon-choice__name">{coupon.name}</Text>
        <Text className="coupon-choice__why">{coupon.reason ?? givesText(coupon)}</Text>
        {coupon.note === undefined ? null : <Text className="coupon-choice__why">{coupon.note}</Text>}
        <Text className="coupon-choice__until">{`${shortDayText(coupon.expiresAt)} 前有效`}</Text>
      </View>
      <View className="coupon-choice__mark">{coupon.applied ? <Icon name="check" /> : null}</View>
    </Press>
  );
}

interface Props {
  coupons: QuoteCoupon[];
  onClose: () => void;
  /** The coupons that she wants from now on; empty: none. */
  onChange: (couponIds: string[]) => void;
}

/** Every coupon of hers, with what it gives or why it does not apply. */
export function CouponPicker({ coupons, onClose, onChange }: Props) {
  const applied = coupons.filter((coupon) => coupon.applied).map((coupon) => coupon.couponId);
  return (
    <Sheet
      className="coupon-picker"
      title="优惠券"
      onClose={onClose}
      foot={
        <Press className="button button--primary coupon-picker__done" onPress={onClose}>
          完成
        </Press>
      }
    >
      {coupons.map((coupon) => (
        <CouponChoice
          key={coupon.couponId}
          coupon={coupon}
          onToggle={() => onChange(coupon.applied ? applied.filter((id) => id !== coupon.couponId) : [coupon.couponId])}
        />
      ))}
      {applied.length > 0 ? (
        <Press className="coupon-picker__none" onPress={() => onChange([])}>
          这次不用优惠券
        </Press>
      ) : null}
    </Sheet>
  );
}
