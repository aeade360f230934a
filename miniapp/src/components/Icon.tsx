import { View } from '@tarojs/components';
import './Icon.scss';

export type IconName =
  | 'search'
  | 'chevron'
  | 'close'
  | 'check'
  | 'pin'
  | 'coupon'
  | 'truck'
  | 'share'
  | 'orders'
  | 'shield'
  | 'desk'
  | 'bag'
  | 'plus'
  | 'minus'
  // Drawn in the guide's package.
  | 'wallet'
  | 'calendar'
  | 'bell';

/** A line drawing in the colour of the text around it. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return <View className={`icon icon--${name} ${className}`} />;
}
