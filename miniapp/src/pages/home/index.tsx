import type { ProductCard as Card, Category, ShopFront } from '@mall/shared/catalogue';
import { Text, View } from '@tarojs/components';
import { useShareAppMessage } from '@tarojs/taro';
import { useState } from 'react';
import { fetchProducts, fetchShopFront } from '../../api/endpoints';
import { GuideBadge } from '../../components/GuideBadge';
import { Icon } from '../../components/Icon';
import { Notice } from '../../components/Notice';
import { Picture } from '../../components/Picture';
import { Press } from '../../components/Press';
import { ProductGrid } from '../../components/ProductCard';
import { PagedScreen } from '../../components/Screen';
import { GridSkeleton } from '../../components/Skeleton';
import { go } from '../../platform/navigation';
import { pathTo } from '../../routes';
import { useFollowCode } from '../../state/follow-code';
import { useLanding } from '../../state/landing';
import { usePaged } from '../../state/queries/use-paged';
import { useSession } from '../../state/session';
import { SHOP_NAME } from '../../strings';
import './index.scss';

function Greeting() {
  const landed = useLanding((state) => state.guide);
  const me = useSession((state) => state.me);
  if (landed !== null) return <GuideBadge guide={landed} />;
  if (me?.myGuide) return <GuideBadge guide={me.myGuide} suffix="为您服务" />;
  return null;
}

function Categories({ categories }: { categories: Category[] }) {
  const top = categories.filter((category) => category.parentId === null).slice(0, 8);
  return (
    <View className={`home__categories ${top.length === 5 ? 'home__categories--five' : ''}`}>
      {top.map((category) => (
        <Press
          key={category.id}
          className="home__category"
          onPress={() => go('list', { categoryId: category.id, title: category.name })}
        >
          <View className="home__category-picture">
            <Picture url={category.imageUrl} title={category.name} />
          </View>
          <Text className="home__category-name">{category.name}</Text>
        </Press>
      ))}
    </View>
  );
}

/** The newest thing, large: the photo is the hero, the rest steps back. */
function Feature({ first }: { first: Card | null }) {
  if (first === null) return null;
  return (
    <Press className="home__feature" onPress={() => go('product', { id: first.id })} label={first.title}>
      <View className="home__feature-text">
        <Text className="home__feature-over">本周新品</Text>
        <Text className="home__feature-title">{first.title}</Text>
        {first.subtitle === null ? null : <Text className="home__feature-sub">{first.subtitle}</Text>}
        <Text className="home__feature-more">去看看</Text>
      </View>
      <View className="home__feature-picture">
        <Picture url={first.imageUrl} title={first.title} eager />
      </View>
    </Press>
  );
}

/** The whole page comes in one answer, which is also the first page of the shelf. */
function useShopFront() {
  const [front, setFront] = useState<ShopFront | null>(null);
  const shelf = usePaged('best-selling', async (cursor) => {
    if (cursor !== undefined) return fetchProducts({ sort: 'best_selling', cursor });
    const found = await fetchShopFront();
    setFront(found);
    return found.bestSelling;
  });
  return { front, shelf };
}

export default function HomePage() {
  useFollowCode();
  const { front, shelf } = useShopFront();
  useShareAppMessage(() => ({ title: `${SHOP_NAME} · 好好生活的小物`, path: pathTo('home') }));
  return (
    <View className="page home">
      <View className="home__top">
        <Press className="home__search" onPress={() => go('list', {})}>
          <Icon name="search" className="home__search-icon" />
          <Text>搜索商品</Text>
        </Press>
        <Greeting />
      </View>
      <Feature first={front?.newest ?? null} />
      {front === null ? null : <Categories categories={front.categories} />}
      <View className="section-title">大家常买</View>
      <PagedScreen
        of={shelf}
        skeleton={<GridSkeleton />}
        empty={<Notice kind="empty" icon="bag" title="货架正在布置" hint="过一会儿再来看看。" />}
      >
        {(items) => <ProductGrid cards={items} />}
      </PagedScreen>
    </View>
  );
}
