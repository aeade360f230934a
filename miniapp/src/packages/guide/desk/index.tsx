import type { GuideCustomer, GuideDesk, ShareableProduct } from '@mall/shared/guides';
import { Text, View } from '@tarojs/components';
import { fetchCustomers, fetchDesk, fetchPickups, fetchShareable } from '../../../api/guide-endpoints';
import { Picture } from '../../../components/Picture';
import { Press } from '../../../components/Press';
import { Screen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { SubscribeLine } from '../../../components/SubscribeLine';
import { go } from '../../../platform/navigation';
import { useQuery } from '../../../state/queries/use-query';
import { useReturn } from '../../../state/queries/use-return';
import { shortYuanText } from '../../../theme/price';
import { CustomerRow } from '../customer-row';
import { tierText } from '../guide-words';
import { CoachingCard, Earnings, PickupsRow, Shortcuts, Trend } from './parts';
import './index.scss';

interface Desk {
  desk: GuideDesk;
  products: ShareableProduct[];
  customers: GuideCustomer[];
  /** Orders that wait in her store; null when that is not known. */
  waiting: number | null;
}

/** The desk itself must come; what to share and whom to serve may be missing without hiding what was earned. */
async function fetchAll(): Promise<Desk> {
  const [desk, products, customers, pickups] = await Promise.all([
    fetchDesk(),
    fetchShareable(undefined, undefined).catch(() => null),
    fetchCustomers(undefined).catch(() => null),
    fetchPickups().catch(() => null),
  ]);
  return {
    desk,
    products: products?.items.slice(0, 4) ?? [],
    customers: customers?.items.slice(0, 3) ?? [],
    waiting: pickups?.length ?? null,
  };
}

function SectionHead({ title, more, onMore }: { title: string; more: string; onMore: () => void }) {
  return (
    <View className="desk__section-head">
      <Text className="desk__section-title">{title}</Text>
      <Press className="desk__more" onPress={onMore}>
        {more}
      </Press>
    </View>
  );
}

function ShareToday({ products }: { products: ShareableProduct[] }) {
  return (
    <View className="card">
      <SectionHead title="今天推荐什么" more="全部商品" onMore={() => go('shareProducts')} />
      {products.map((product) => (
        <Press key={product.id} className="desk__product" onPress={() => go('shareLink', { productId: product.id })}>
          <View className="desk__picture">
            <Picture url={product.imageUrl} title={product.title} />
          </View>
          <View className="desk__product-text">
            <Text className="desk__product-title">{product.title}</Text>
            <Text className="desk__weak">{`每件佣金 ${shortYuanText(product.commissionFromFen)}${product.priceIsFrom ? ' 起' : ''}`}</Text>
          </View>
          <Text className="desk__share">去分享</Text>
        </Press>
      ))}
      {products.length === 0 ? <Text className="desk__weak">暂时没有可以分享的商品。</Text> : null}
    </View>
  );
}

function ServeNext({ customers, count }: { customers: GuideCustomer[]; count: number }) {
  return (
    <View className="card">
      <SectionHead title="接下来照应谁" more={`全部 ${count} 位`} onMore={() => go('customers')} />
      {customers.map((customer) => (
        <CustomerRow key={customer.memberId} customer={customer} />
      ))}
      {customers.length === 0 ? <Text className="desk__weak">分享商品后，成为会员的顾客会出现在这里。</Text> : null}
    </View>
  );
}

export default function DeskPage() {
  const query = useQuery('desk', fetchAll);
  useReturn(() => void query.reload());
  return (
    <Screen of={query} skeleton={<ListSkeleton />}>
      {({ desk, products, customers, waiting }) => (
        <View className="page desk">
          <View className="desk__head">
            <Text className="desk__name">{desk.guide.name}</Text>
            <Text className="desk__store">{`${desk.guide.storeName} · ${tierText(desk.guide.tier)}`}</Text>
          </View>
          <Earnings desk={desk} />
          <Shortcuts desk={desk} />
          <PickupsRow waiting={waiting} />
          {desk.coaching === null ? <ShareToday products={products} /> : <CoachingCard coaching={desk.coaching} />}
          <Trend days={desk.lastSevenDays} />
          <ServeNext customers={customers} count={desk.customers} />
          <SubscribeLine moment="guide-desk" text="佣金比例调整时，在微信里告诉您" action="通知我" />
        </View>
      )}
    </Screen>
  );
}
