import { ProductSort } from '@mall/shared/catalogue';
import { Input, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { fetchProducts } from '../../../api/endpoints';
import { Icon } from '../../../components/Icon';
import { Notice } from '../../../components/Notice';
import { Press } from '../../../components/Press';
import { ProductGrid } from '../../../components/ProductCard';
import { PagedScreen } from '../../../components/Screen';
import { GridSkeleton } from '../../../components/Skeleton';
import { setTitle } from '../../../platform/feedback';
import { plain } from '../../../routes';
import { usePaged } from '../../../state/queries/use-paged';
import './index.scss';

const sorts: { sort: ProductSort; text: string }[] = [
  { sort: ProductSort.BestSelling, text: '常买' },
  { sort: ProductSort.Newest, text: '新品' },
  { sort: ProductSort.PriceAscending, text: '价格从低' },
  { sort: ProductSort.PriceDescending, text: '价格从高' },
];

function SearchBox({ initial, onSearch }: { initial: string; onSearch: (words: string) => void }) {
  const [words, setWords] = useState(initial);
  return (
    <View className="search-box">
      <Icon name="search" className="search-box__icon" />
      <Input
        id="search-words"
        className="search-box__input"
        value={words}
        focus={initial === ''}
        maxlength={40}
        placeholder="想找点什么"
        confirmType="search"
        onInput={(event) => setWords(event.detail.value)}
        onConfirm={() => onSearch(words.trim())}
      />
      <Press className="search-box__go" label="搜索" onPress={() => onSearch(words.trim())}>
        搜索
      </Press>
    </View>
  );
}

function Filters(props: {
  sort: ProductSort;
  inStock: boolean;
  onSort: (sort: ProductSort) => void;
  onStock: (inStock: boolean) => void;
}) {
  return (
    <View className="filters">
      {sorts.map(({ sort, text }) => (
        <Press
          key={sort}
          className={`filters__item ${props.sort === sort ? 'is-chosen' : ''}`}
          onPress={() => props.onSort(sort)}
        >
          {text}
        </Press>
      ))}
      <Press
        className={`filters__item ${props.inStock ? 'is-chosen' : ''}`}
        onPress={() => props.onStock(!props.inStock)}
      >
        有货
      </Press>
    </View>
  );
}

function toSort(text: string | undefined): ProductSort {
  return Object.values(ProductSort).find((sort) => sort === text) ?? ProductSort.BestSelling;
}

export default function ListPage() {
  const { params } = useRouter();
  const { categoryId, brandId, sort: askedSort } = params;
  const asked = plain(params.q) ?? '';
  const title = plain(params.title);
  const [q, setQ] = useState(asked);
  const [sort, setSort] = useState<ProductSort>(toSort(askedSort));
  const [inStock, setInStock] = useState(false);
  const isSearch = categoryId === undefined && brandId === undefined;
  useEffect(() => {
    if (title !== undefined) setTitle(title);
    else if (isSearch) setTitle('搜索');
  }, [title, isSearch]);
  const list = usePaged(JSON.stringify([q, categoryId, brandId, sort, inStock]), (cursor) =>
    fetchProducts({ q, categoryId, brandId, sort, inStock: inStock ? true : undefined, cursor, limit: 20 }),
  );
  const nothing =
    q === '' ? (
      <Notice kind="empty" icon="bag" title="这里还没有商品" hint="换个条件，或过几天再来看看。" />
    ) : (
      <Notice kind="empty" icon="search" title={`没有找到“${q.slice(0, 20)}”`} hint="换一个更短的词试试。" />
    );
  return (
    <View className="page list">
      <View className="list__head">
        <SearchBox initial={asked} onSearch={setQ} />
        <Filters sort={sort} inStock={inStock} onSort={setSort} onStock={setInStock} />
      </View>
      <PagedScreen of={list} skeleton={<GridSkeleton />} empty={nothing}>
        {(items) => <ProductGrid cards={items} />}
      </PagedScreen>
    </View>
  );
}
