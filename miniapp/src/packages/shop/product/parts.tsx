import { Text, View } from '@tarojs/components';
import { GuideBadge } from '../../../components/GuideBadge';
import { Icon } from '../../../components/Icon';
import { Press } from '../../../components/Press';
import { Block } from '../../../components/Skeleton';
import { go } from '../../../platform/navigation';
import { useCart } from '../../../state/cart';
import { pieces } from '../../../state/cart-reducer';
import { useLanding } from '../../../state/landing';
import { useSession } from '../../../state/session';

/** The guide through whom she came, as long as this visit lasts. */
export function OpenedThrough() {
  const guide = useLanding((state) => state.guide);
  return guide === null ? null : (
    <View className="product__guide">
      <GuideBadge guide={guide} />
    </View>
  );
}

/** Only guides see it: from the product straight to its card and code. */
export function GuideStrip({ productId }: { productId: string }) {
  const isGuide = useSession((state) => Boolean(state.me?.guide));
  if (!isGuide) return null;
  return (
    <Press id="guide-share" className="guide-strip" onPress={() => go('shareLink', { productId })}>
      <Icon name="share" />
      <Text className="guide-strip__text">推荐给顾客</Text>
      <Icon name="chevron" className="guide-strip__go" />
    </Press>
  );
}

interface BarProps {
  soldOut: boolean;
  onAdd: () => void;
  onBuy: () => void;
}

export function BuyBar({ soldOut, onAdd, onBuy }: BarProps) {
  const count = useCart((state) => pieces(state.lines));
  return (
    <View className="action-bar buy-bar">
      <Press className="buy-bar__bag" label={`购物袋，${count} 件`} onPress={() => go('cart')}>
        <Icon name="bag" />
        <Text className="buy-bar__bag-text">购物袋</Text>
        {count > 0 ? <Text className="buy-bar__count">{count > 99 ? '99+' : count}</Text> : null}
      </Press>
      {soldOut ? (
        <View className="action-bar__grow button button--quiet buy-bar__sold-out">已售罄</View>
      ) : (
        <>
          <Press id="add-to-cart" className="buy-bar__action button button--tint" onPress={onAdd}>
            放入购物袋
          </Press>
          <Press id="buy-now" className="buy-bar__action button button--primary" onPress={onBuy}>
            立即购买
          </Press>
        </>
      )}
    </View>
  );
}

export function ProductSkeleton() {
  return (
    <View className="page">
      <Block shape="hero" />
      <View className="product__summary">
        <Block shape="title" />
        <Block shape="line" />
        <Block shape="short" />
      </View>
    </View>
  );
}
