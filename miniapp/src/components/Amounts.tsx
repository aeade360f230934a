import type { Fen } from '@mall/shared/money';
import { Text, View } from '@tarojs/components';
import { yuanText } from '../theme/price';
import { Price } from './Price';
import './Amounts.scss';

interface Props {
  goodsFen: Fen;
  discounts: { name: string; amountFen: Fen }[];
  freightFen: Fen | null;
  freightName: string | null;
  totalFen: Fen;
  totalLabel: string;
}

function Row({ name, text, tone = 'plain' }: { name: string; text: string; tone?: 'plain' | 'off' }) {
  return (
    <View className={`amounts__row amounts__row--${tone}`}>
      <Text className="amounts__name">{name}</Text>
      <Text className="amounts__value">{text}</Text>
    </View>
  );
}

function freightText(fen: Fen | null): string {
  if (fen === null) return '选好地址或门店后显示';
  return fen === 0 ? '免运费' : yuanText(fen);
}

/** How a total comes about: goods, each discount by its name, freight, total. */
export function Amounts({ goodsFen, discounts, freightFen, freightName, totalFen, totalLabel }: Props) {
  return (
    <View className="amounts">
      <Row name="商品金额" text={yuanText(goodsFen)} />
      {discounts.map((discount) => (
        <Row key={discount.name} name={discount.name} text={`-${yuanText(discount.amountFen)}`} tone="off" />
      ))}
      <Row name={freightName === null ? '运费' : `运费 · ${freightName}`} text={freightText(freightFen)} />
      <View className="amounts__total">
        <Text>{totalLabel}</Text>
        <Price amount={totalFen} />
      </View>
    </View>
  );
}
