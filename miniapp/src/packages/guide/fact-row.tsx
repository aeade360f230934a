import type { Fen } from '@mall/shared/money';
import { Text, View } from '@tarojs/components';
import { yuanText } from '../../theme/price';
import './fact-row.scss';

/** One fact of a receipt or a statement: its name and its value. */
export function FactRow({ name, value, strong = false }: { name: string; value: string; strong?: boolean }) {
  return (
    <View className={`fact ${strong ? 'fact--strong' : ''}`}>
      <Text className="fact__name">{name}</Text>
      <Text className="fact__value">{value}</Text>
    </View>
  );
}

/** `+¥12.00` in pine, `-¥3.10` in red: money that moved. */
export function Move({ amount }: { amount: Fen }) {
  return (
    <Text className={`move move--${amount < 0 ? 'out' : 'in'}`}>
      {amount < 0 ? yuanText(amount) : `+${yuanText(amount)}`}
    </Text>
  );
}
