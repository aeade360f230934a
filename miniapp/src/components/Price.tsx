import type { Fen } from '@mall/shared/money';
import { Text, View } from '@tarojs/components';
import { splitPrice } from '../theme/price';
import './Price.scss';

interface Props {
  amount: Fen;
  /** Several prices, this is the lowest: `¥129 起`. */
  from?: boolean;
  original?: Fen | null;
  size?: 'small' | 'normal' | 'large';
  plain?: boolean;
}

/** Small ¥, large yuan, small fen; the struck-through original in ink-2. */
export function Price({ amount, from = false, original = null, size = 'normal', plain = false }: Props) {
  const { sign, yuan, fen } = splitPrice(amount);
  const before = original !== null && original > amount ? splitPrice(original) : null;
  return (
    <View className={`price price--${size} ${plain ? 'price--plain' : ''}`}>
      <Text className="price__sign">{`${sign}¥`}</Text>
      <Text className="price__yuan">{yuan}</Text>
      {from && fen === '00' ? null : <Text className="price__fen">{`.${fen}`}</Text>}
      {from ? <Text className="price__from">起</Text> : null}
      {before === null ? null : (
        <Text className="price__original">{`¥${before.yuan}${before.fen === '00' ? '' : `.${before.fen}`}`}</Text>
      )}
    </View>
  );
}
