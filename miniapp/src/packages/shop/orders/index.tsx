import { OrderState, type OrderSummary } from '@mall/shared/orders';
import { Text, View } from '@tarojs/components';
import { useDidShow, useRouter } from '@tarojs/taro';
import { useRef, useState } from 'react';
import { fetchOrders } from '../../../api/shop-endpoints';
import { GoodsLine } from '../../../components/GoodsLine';
import { Notice } from '../../../components/Notice';
import { Press } from '../../../components/Press';
import { PagedScreen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { Tabs } from '../../../components/Tabs';
import { shortMomentText } from '../../../platform/clock';
import { go } from '../../../platform/navigation';
import { usePaged } from '../../../state/queries/use-paged';
import { yuanText } from '../../../theme/price';
import { orderStateText } from '../order-words';
import './index.scss';

const tabs = [
  { key: '', text: '全部' },
  { key: OrderState.Created, text: orderStateText.created },
  { key: OrderState.Paid, text: orderStateText.paid },
  { key: OrderState.Shipped, text: orderStateText.shipped },
  { key: OrderState.Received, text: orderStateText.received },
];

function OrderCard({ order }: { order: OrderSummary }) {
  const pieces = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  return (
    <Press className={`card order-card order-card--${order.state}`} onPress={() => go('order', { id: order.id })}>
      <View className="order-card__head">
        <Text className="order-card__time">{shortMomentText(order.createdAt)}</Text>
        <Text className="order-card__state">{orderStateText[order.state]}</Text>
      </View>
      {order.lines.slice(0, 2).map((line) => (
        <GoodsLine key={line.id} {...line} />
      ))}
      {order.lines.length > 2 ? (
        <Text className="order-card__more">{`还有 ${order.lines.length - 2} 种商品`}</Text>
      ) : null}
      <View className="order-card__foot">
        <Text className="order-card__refund">{order.refundedFen > 0 ? `已退 ${yuanText(order.refundedFen)}` : ''}</Text>
        <Text>{`共 ${pieces} 件，合计 ${yuanText(order.totalFen)}`}</Text>
      </View>
    </Press>
  );
}

function toState(text: string | undefined): OrderState | undefined {
  return Object.values(OrderState).find((state) => state === text);
}

export default function OrdersPage() {
  const [state, setState] = useState(toState(useRouter().params.state));
  const list = usePaged(state ?? 'all', (cursor) => fetchOrders(state, cursor));
  const shown = useRef(false);
  useDidShow(() => {
    // Coming back from an order: its state may have changed there.
    if (shown.current) void list.reload();
    shown.current = true;
  });
  return (
    <View className="page orders">
      <Tabs tabs={tabs} chosen={state ?? ''} onChoose={(key) => setState(toState(key))} />
      <PagedScreen
        of={list}
        skeleton={<ListSkeleton />}
        empty={
          <Notice
            kind="empty"
            icon="orders"
            title={state === undefined ? '还没有订单' : `没有${orderStateText[state]}的订单`}
            action={{ text: '去逛逛', onPress: () => go('home') }}
          />
        }
      >
        {(items) => items.map((order) => <OrderCard key={order.id} order={order} />)}
      </PagedScreen>
    </View>
  );
}
