import { Text, View } from '@tarojs/components';
import { useDidShow, usePullDownRefresh } from '@tarojs/taro';
import { useState } from 'react';
import { asProblem, textOf } from '../../api/problem';
import { Icon } from '../../components/Icon';
import { Notice } from '../../components/Notice';
import { Press } from '../../components/Press';
import { Price } from '../../components/Price';
import { confirm, stopPullDown } from '../../platform/feedback';
import { go } from '../../platform/navigation';
import { loadCart, reconcileCart, stepCart, useCart } from '../../state/cart';
import { type CartLine, selectedLines, selectedTotal } from '../../state/cart-reducer';
import { startCheckout } from '../../state/checkout-draft';
import { CartRow } from './CartRow';
import './index.scss';

/** Fifty rows at most are drawn: a longer bag is a list that nobody reads, and slow on small phones. */
const SHOWN = 50;

function Bar({ lines }: { lines: CartLine[] }) {
  const chosen = selectedLines(lines);
  const buyable = lines.filter((line) => line.available > 0);
  const all = buyable.length > 0 && chosen.length === buyable.length;
  const checkout = () => {
    startCheckout(
      chosen.map((line) => ({ skuId: line.skuId, quantity: line.quantity })),
      true,
    );
    go('checkout', {});
  };
  return (
    <View className="cart-bar">
      <Press className="cart-bar__all" onPress={() => stepCart({ kind: 'select-all', selected: !all })}>
        <View className={`check ${all ? 'is-chosen' : ''}`}>
          {all ? <Icon name="check" className="check__icon" /> : null}
        </View>
        <Text>全选</Text>
      </Press>
      <View className="cart-bar__total">
        <Price amount={selectedTotal(lines)} />
        <Text className="cart-bar__hint">优惠和运费在结算时计算</Text>
      </View>
      <Press
        id="cart-checkout"
        className="cart-bar__go button button--primary"
        disabled={chosen.length === 0}
        onPress={checkout}
      >
        {chosen.length === 0 ? '去结算' : `去结算 (${chosen.length})`}
      </Press>
    </View>
  );
}

async function clearGone(lines: CartLine[]): Promise<void> {
  const gone = lines.filter((line) => line.available <= 0).map((line) => line.skuId);
  const agreed = await confirm({
    title: '移出缺货商品',
    content: `购物袋里有 ${gone.length} 件商品暂时买不到。`,
    agree: '移出',
  });
  if (agreed) stepCart({ kind: 'remove', skuIds: gone });
}

export default function CartPage() {
  const lines = useCart((state) => state.lines);
  const [trouble, setTrouble] = useState<string | null>(null);
  const refresh = async () => {
    loadCart();
    try {
      await reconcileCart();
      setTrouble(null);
    } catch (thrown) {
      setTrouble(textOf(asProblem(thrown)));
    }
  };
  useDidShow(() => void refresh());
  usePullDownRefresh(() => void refresh().finally(stopPullDown));
  if (lines.length === 0) {
    return (
      <View className="page">
        <Notice
          kind="empty"
          icon="bag"
          title="购物袋还空着"
          hint="遇到喜欢的，先放进来。"
          action={{ text: '去逛逛', onPress: () => go('home') }}
        />
      </View>
    );
  }
  const gone = lines.filter((line) => line.available <= 0).length;
  return (
    <View className="page cart">
      {trouble === null ? null : (
        <View className="banner banner--warning">{`${trouble}价格和库存可能不是最新的。`}</View>
      )}
      {lines.slice(0, SHOWN).map((line) => (
        <CartRow key={line.skuId} line={line} />
      ))}
      {gone > 0 ? (
        <Press className="cart__clear" onPress={() => void clearGone(lines)}>{`移出 ${gone} 件缺货商品`}</Press>
      ) : null}
      <Bar lines={lines} />
    </View>
  );
}
