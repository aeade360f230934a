import type { Fen } from '@mall/shared/money';
import { Text, View } from '@tarojs/components';
import { Picture } from './Picture';
import { Price } from './Price';
import './GoodsLine.scss';

interface Props {
  title: string;
  optionText: string;
  imageUrl: string | null;
  quantity: number;
  unitPriceFen: Fen;
  /** A gift's remark is good news. */
  isGift?: boolean;
  /** A remark in the line, e.g. what was refunded. */
  note?: string | null;
}

/** One bought thing, as checkout and orders show it. */
export function GoodsLine({ title, optionText, imageUrl, quantity, unitPriceFen, isGift = false, note = null }: Props) {
  return (
    <View className="goods-line">
      <View className="goods-line__picture">
        <Picture url={imageUrl} title={title} />
      </View>
      <View className="goods-line__text">
        <Text className="goods-line__title">{title}</Text>
        {optionText === '' ? null : <Text className="goods-line__option">{optionText}</Text>}
        <View className="goods-line__foot">
          <Price amount={unitPriceFen} size="small" plain />
          <Text className="goods-line__quantity">{`×${quantity}`}</Text>
        </View>
        {note === null ? null : (
          <Text className={`goods-line__note ${isGift ? 'goods-line__note--gift' : ''}`}>{note}</Text>
        )}
      </View>
    </View>
  );
}
