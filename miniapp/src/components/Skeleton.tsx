import { View } from '@tarojs/components';
import './Skeleton.scss';

/** A grey block in the size of what comes; sizes in per cent of the room or as a known shape. */
export function Block({ shape }: { shape: 'hero' | 'square' | 'line' | 'short' | 'title' | 'row' | 'card' }) {
  return <View className={`skeleton__block skeleton__block--${shape}`} />;
}

/** A shelf of products before it comes. */
export function GridSkeleton({ count = 4 }: { count?: number }) {
  return (
    <View className="product-grid">
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks are all alike and never move.
        <View className="product-card" key={index}>
          <Block shape="square" />
          <View className="product-card__text">
            <Block shape="short" />
            <Block shape="line" />
            <Block shape="title" />
          </View>
        </View>
      ))}
    </View>
  );
}

/** A list of cards before it comes. */
export function ListSkeleton({ count = 4 }: { count?: number }) {
  return (
    <View className="skeleton">
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks are all alike and never move.
        <View className="skeleton__card" key={index}>
          <Block shape="short" />
          <Block shape="line" />
          <Block shape="row" />
        </View>
      ))}
    </View>
  );
}
