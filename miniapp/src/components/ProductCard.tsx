import type { ProductCard as Card } from '@mall/shared/catalogue';
import { Text, View } from '@tarojs/components';
import { memo } from 'react';
import { go } from '../platform/navigation';
import { Picture } from './Picture';
import { Press } from './Press';
import { Price } from './Price';
import './ProductCard.scss';

function soldText(count: number): string {
  return count >= 10_000 ? `已售 ${Math.floor(count / 10_000)} 万+` : `已售 ${count}`;
}

/** One product of a shelf: picture, two lines of name, price. */
export const ProductCard = memo(function ProductCard({ card }: { card: Card }) {
  return (
    <Press
      className={`product-card ${card.soldOut ? 'product-card--sold-out' : ''}`}
      onPress={() => go('product', { id: card.id })}
      label={card.title}
    >
      <View className="product-card__frame">
        <Picture url={card.imageUrl} title={card.title} />
        {card.soldOut ? <View className="product-card__sold-out">已售罄</View> : null}
      </View>
      <View className="product-card__text">
        <Text className="product-card__brand">{card.brandName}</Text>
        <Text className="product-card__title">{card.title}</Text>
        <View className="product-card__foot">
          <Price amount={card.priceFen} from={card.priceIsFrom} original={card.compareAtFen} />
          {card.soldCount > 0 ? <Text className="product-card__sold">{soldText(card.soldCount)}</Text> : null}
        </View>
      </View>
    </Press>
  );
});

/** Products in two columns. */
export function ProductGrid({ cards }: { cards: Card[] }) {
  return (
    <View className="product-grid">
      {cards.map((card) => (
        <ProductCard key={card.id} card={card} />
      ))}
    </View>
  );
}
