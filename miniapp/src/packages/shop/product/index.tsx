import type { ProductDetail, Sku } from '@mall/shared/catalogue';
import { CodeTargetKind } from '@mall/shared/codes';
import { RichText, Text, View } from '@tarojs/components';
import { useRouter, useShareAppMessage } from '@tarojs/taro';
import { useState } from 'react';
import { createShareLink } from '../../../api/guide-endpoints';
import { mediaUrl } from '../../../api/media';
import { fetchProduct } from '../../../api/shop-endpoints';
import { Price } from '../../../components/Price';
import { Screen } from '../../../components/Screen';
import { SkuSheet } from '../../../components/SkuSheet';
import { say } from '../../../platform/feedback';
import { go } from '../../../platform/navigation';
import { pathTo } from '../../../routes';
import { addToCart } from '../../../state/cart';
import { startCheckout } from '../../../state/checkout-draft';
import { openedTarget } from '../../../state/landing';
import { useQuery } from '../../../state/queries/use-query';
import { useSession } from '../../../state/session';
import { SHOP_NAME } from '../../../strings';
import { Hero } from './Hero';
import { BuyBar, GuideStrip, OpenedThrough, ProductSkeleton } from './parts';
import './index.scss';

type Purpose = 'add' | 'buy';

function optionText(sku: Sku): string {
  return sku.optionValues.join(' / ');
}

async function putIntoBag(product: ProductDetail, sku: Sku, quantity: number): Promise<void> {
  const refusal = await addToCart(
    {
      skuId: sku.id,
      productId: product.id,
      title: product.title,
      optionText: optionText(sku),
      imageUrl: sku.imageUrl ?? product.images[0] ?? null,
      priceFen: sku.priceFen,
      available: sku.available,
    },
    quantity,
  );
  if (refusal === 'sold-out') say('刚刚售罄，已从购物袋移出');
  if (refusal === 'fewer') say('库存不多，已按现有数量放入');
}

function Summary({ product }: { product: ProductDetail }) {
  return (
    <View className="product__summary">
      <Price amount={product.priceFen} from={product.priceIsFrom} original={product.compareAtFen} size="large" />
      <Text className="product__title">{product.title}</Text>
      {product.subtitle === null ? null : <Text className="product__subtitle">{product.subtitle}</Text>}
      <View className="product__facts">
        <Text>{product.brand.name}</Text>
        {product.soldCount > 0 ? <Text>{`已售 ${product.soldCount}`}</Text> : null}
      </View>
      <OpenedThrough />
    </View>
  );
}

/** The address of the card: a guide's card carries her code, so a link is made before the card is sent. */
function useCard(product: ProductDetail | null): void {
  const isGuide = useSession((state) => Boolean(state.me?.guide));
  useShareAppMessage(() => {
    const plain = {
      title: product?.title ?? SHOP_NAME,
      path: product === null ? pathTo('home') : pathTo('product', { id: product.id }),
      imageUrl: mediaUrl(product?.images[0] ?? null) ?? undefined,
    };
    if (!isGuide || product === null) return plain;
    const promise = createShareLink({ productId: product.id, placement: 'card' })
      .then((link) => ({ ...plain, path: link.path }))
      .catch(() => plain);
    return { ...plain, promise };
  });
}

function Content({ product }: { product: ProductDetail }) {
  const [purpose, setPurpose] = useState<Purpose | null>(null);
  const soldOut = product.skus.every((sku) => sku.available <= 0);
  const done = (sku: Sku, quantity: number) => {
    setPurpose(null);
    if (purpose === 'buy') {
      startCheckout([{ skuId: sku.id, quantity }], false);
      go('checkout', {});
    } else {
      say('已放入购物袋');
      void putIntoBag(product, sku, quantity);
    }
  };
  return (
    <View className="page page--with-bar product">
      <Hero images={product.images} title={product.title} />
      <Summary product={product} />
      <GuideStrip productId={product.id} />
      <View className="product__description">
        <View className="product__description-head">商品详情</View>
        <RichText className="product__html" nodes={product.descriptionHtml} />
      </View>
      <BuyBar soldOut={soldOut} onAdd={() => setPurpose('add')} onBuy={() => setPurpose('buy')} />
      {purpose === null ? null : (
        <SkuSheet
          product={product}
          action={purpose === 'buy' ? '去结算' : '放入购物袋'}
          onClose={() => setPurpose(null)}
          onDone={done}
        />
      )}
    </View>
  );
}

/** A card names its product; a scanned code only itself, and the server knows what it leads to. */
async function productOf(params: Readonly<Record<string, string | undefined>>): Promise<string> {
  if (params.id !== undefined) return params.id;
  const target = await openedTarget(params);
  return target?.kind === CodeTargetKind.Product && target.id !== null ? target.id : 'none';
}

export default function ProductPage() {
  const { params } = useRouter();
  const product = useQuery(params.id ?? params.scene ?? '', async () => fetchProduct(await productOf(params)));
  useCard(product.data);
  return (
    <Screen of={product} skeleton={<ProductSkeleton />}>
      {(data) => <Content product={data} />}
    </Screen>
  );
}
