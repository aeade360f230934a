import type { ShareableProduct } from '@mall/shared/guides';
import { Input, Text, View } from '@tarojs/components';
import { useState } from 'react';
import { fetchShareable } from '../../../api/guide-endpoints';
import { Icon } from '../../../components/Icon';
import { Notice } from '../../../components/Notice';
import { Picture } from '../../../components/Picture';
import { Press } from '../../../components/Press';
import { Price } from '../../../components/Price';
import { PagedScreen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { go } from '../../../platform/navigation';
import { usePaged } from '../../../state/queries/use-paged';
import { shortYuanText } from '../../../theme/price';
import { rateText } from '../guide-words';
import './index.scss';

function Row({ product }: { product: ShareableProduct }) {
  return (
    <Press className="card shareable" onPress={() => go('shareLink', { productId: product.id })} label={product.title}>
      <View className="shareable__picture">
        <Picture url={product.imageUrl} title={product.title} />
      </View>
      <View className="shareable__text">
        <Text className="shareable__title">{product.title}</Text>
        <Price amount={product.priceFen} from={product.priceIsFrom} size="small" plain />
        <View className="shareable__foot">
          <Text className="shareable__commission">
            {`佣金 ${shortYuanText(product.commissionFromFen)}${product.priceIsFrom ? ' 起' : ''} · ${rateText(product.guideBps)}`}
          </Text>
          <Text className="shareable__go">{product.soldOut ? '已售罄' : '去分享'}</Text>
        </View>
      </View>
    </Press>
  );
}

function Search({ onSearch }: { onSearch: (words: string) => void }) {
  const [words, setWords] = useState('');
  return (
    <View className="share__search">
      <Icon name="search" className="share__search-icon" />
      <Input
        id="share-search"
        className="share__input"
        value={words}
        maxlength={40}
        placeholder="搜索要推荐的商品"
        confirmType="search"
        onInput={(event) => setWords(event.detail.value)}
        onConfirm={() => onSearch(words.trim())}
      />
      <Press className="share__search-go" onPress={() => onSearch(words.trim())}>
        搜索
      </Press>
    </View>
  );
}

export default function SharePage() {
  const [q, setQ] = useState('');
  const list = usePaged(q, (cursor) => fetchShareable(q === '' ? undefined : q, cursor));
  return (
    <View className="page share">
      <Search onSearch={setQ} />
      <Press id="share-home" className="share__home" onPress={() => go('shareLink', {})}>
        <Icon name="share" />
        <Text className="share__home-text">分享整个商城</Text>
        <Icon name="chevron" className="share__chevron" />
      </Press>
      <PagedScreen
        of={list}
        skeleton={<ListSkeleton />}
        empty={<Notice kind="empty" icon="search" title="没有找到商品" hint="换一个更短的词试试。" />}
      >
        {(items) => items.map((product) => <Row key={product.id} product={product} />)}
      </PagedScreen>
    </View>
  );
}
