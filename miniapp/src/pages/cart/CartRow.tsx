import { Text, View } from '@tarojs/components';
import { memo } from 'react';
import { Icon } from '../../components/Icon';
import { Picture } from '../../components/Picture';
import { Press } from '../../components/Press';
import { Price } from '../../components/Price';
import { Stepper } from '../../components/Stepper';
import { confirm } from '../../platform/feedback';
import { go } from '../../platform/navigation';
import { stepCart } from '../../state/cart';
import { type CartLine, MOST } from '../../state/cart-reducer';

async function remove(line: CartLine): Promise<void> {
  const agreed = await confirm({ title: '移出购物袋', content: line.title.slice(0, 40), agree: '移出' });
  if (agreed) stepCart({ kind: 'remove', skuIds: [line.skuId] });
}

function stockText(line: CartLine): string | null {
  if (line.available <= 0) return '暂时缺货';
  return line.available <= 5 ? `只剩 ${line.available} 件` : null;
}

/** One line of the bag. */
export const CartRow = memo(function CartRow({ line }: { line: CartLine }) {
  const gone = line.available <= 0;
  const stock = stockText(line);
  return (
    <View className={`cart-row ${gone ? 'cart-row--gone' : ''}`}>
      <Press
        className="cart-row__check"
        label={line.selected ? '取消选择' : '选择'}
        disabled={gone}
        onPress={() => stepCart({ kind: 'select', skuId: line.skuId, selected: !line.selected })}
      >
        <View className={`check ${line.selected ? 'is-chosen' : ''}`}>
          {line.selected ? <Icon name="check" className="check__icon" /> : null}
        </View>
      </Press>
      <Press className="cart-row__picture" label={line.title} onPress={() => go('product', { id: line.productId })}>
        <Picture url={line.imageUrl} title={line.title} />
      </Press>
      <View className="cart-row__text">
        <View className="cart-row__head">
          <Text className="cart-row__title">{line.title}</Text>
          <Press className="cart-row__remove" label="移出购物袋" onPress={() => void remove(line)}>
            <Icon name="close" className="cart-row__remove-icon" />
          </Press>
        </View>
        {line.optionText === '' ? null : <Text className="cart-row__option">{line.optionText}</Text>}
        {stock === null ? null : <Text className="cart-row__stock">{stock}</Text>}
        <View className="cart-row__foot">
          <Price amount={line.priceFen} size="small" />
          {gone ? null : (
            <Stepper
              quantity={line.quantity}
              most={Math.min(line.available, MOST)}
              onChange={(quantity) => stepCart({ kind: 'quantity', skuId: line.skuId, quantity })}
            />
          )}
        </View>
      </View>
    </View>
  );
});
