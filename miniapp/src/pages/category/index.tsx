import type { Brand, Category } from '@mall/shared/catalogue';
import { ScrollView, Text, View } from '@tarojs/components';
import { useState } from 'react';
import { fetchBrands, fetchCategories } from '../../api/endpoints';
import { Notice } from '../../components/Notice';
import { Picture } from '../../components/Picture';
import { Press } from '../../components/Press';
import { Screen } from '../../components/Screen';
import { ListSkeleton } from '../../components/Skeleton';
import { go } from '../../platform/navigation';
import { useQuery } from '../../state/queries/use-query';
import './index.scss';

interface Tree {
  categories: Category[];
  brands: Brand[];
}

async function fetchTree(): Promise<Tree> {
  const [categories, brands] = await Promise.all([fetchCategories(), fetchBrands()]);
  return { categories, brands };
}

function Tile({ category }: { category: Category }) {
  return (
    <Press className="tile" onPress={() => go('list', { categoryId: category.id, title: category.name })}>
      <View className="tile__picture">
        <Picture url={category.imageUrl} title={category.name} />
      </View>
      <Text className="tile__name">{category.name}</Text>
    </Press>
  );
}

function Side({ top, chosen, onChoose }: { top: Category[]; chosen: string; onChoose: (id: string) => void }) {
  return (
    <ScrollView className="category__side" scrollY>
      {top.map((category) => (
        <Press
          key={category.id}
          className={`category__entry ${category.id === chosen ? 'is-chosen' : ''}`}
          onPress={() => onChoose(category.id)}
        >
          <Text className="category__entry-name">{category.name}</Text>
        </Press>
      ))}
    </ScrollView>
  );
}

function Content({ categories, brands }: Tree) {
  const top = categories.filter((category) => category.parentId === null);
  const [chosenId, choose] = useState(top[0]?.id ?? '');
  const chosen = top.find((category) => category.id === chosenId) ?? top[0];
  const below = categories.filter((category) => category.parentId === chosen?.id);
  return (
    <View className="category">
      <Side top={top} chosen={chosen?.id ?? ''} onChoose={choose} />
      <ScrollView className="category__main" scrollY>
        {chosen === undefined ? null : (
          <Press
            className="category__all"
            onPress={() => go('list', { categoryId: chosen.id, title: chosen.name })}
          >{`全部${chosen.name}`}</Press>
        )}
        <View className="category__tiles">
          {(below.length > 0 ? below : chosen ? [chosen] : []).map((category) => (
            <Tile key={category.id} category={category} />
          ))}
        </View>
        {brands.length > 0 ? <View className="category__label">品牌</View> : null}
        <View className="category__brands">
          {brands.slice(0, 40).map((brand) => (
            <Press
              key={brand.id}
              className="category__brand"
              onPress={() => go('list', { brandId: brand.id, title: brand.name })}
            >
              {brand.name}
            </Press>
          ))}
        </View>
      </ScrollView>
    </View>
  );
}

export default function CategoryPage() {
  const tree = useQuery('tree', fetchTree);
  return (
    <Screen
      of={tree}
      skeleton={<ListSkeleton />}
      empty={{
        when: (data) => data.categories.length === 0,
        notice: (
          <Notice
            kind="empty"
            icon="bag"
            title="还没有分类"
            action={{ text: '看看全部', onPress: () => go('list', {}) }}
          />
        ),
      }}
    >
      {(data) => <Content {...data} />}
    </Screen>
  );
}
