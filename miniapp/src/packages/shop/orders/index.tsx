import { OrderState, type OrderSummary } from '@mall/shared/orders';
import { Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { fetchOrders } from '../../../api/shop-endpoints';
import { GoodsLine } from '../../../components/GoodsLine';
import { Notice } from '../../../components/Notice';
import { Press } from '../../../components/Press';
import { TabbedList } from '../../../components/TabbedList';
import { shortMomentText } from '../../../platform/clock';
import { go } from '../../../platform/navigation';
import { yuanText } from '../../../theme/price';
import { orderStateText, progressOf } from '../order-words';
import './index.scss';

const states = [
  OrderState.Created,
  OrderState.Paid,
  OrderState.Shipped,
  OrderState.ReadyForPickup,
  OrderState.Received,
] as const;

function OrderCard({ order }: { order: OrderSummary }) {
  const pieces = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  return (
    <Press className={`card order-card order-card--${order.state}`} onPress={() => go('order', { id: order.id })}>
      <View className="order-card__head">
        <Text className="order-card__time">{shortMomentText(order.createdAt)}</Text>
        <Text className="order-card__state">{progressOf(order).name}</Text>
      </View>
      {order.lines.slice(0, 2).map((line) => (
        <GoodsLine key={line.id} {...line} note={line.isGift ? '赠品' : null} />
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

export default function OrdersPage() {
  return (
    <TabbedList
      className="orders"
      states={states}
      textOf={(state) => orderStateText[state]}
      asked={useRouter().params.state}
      ask={fetchOrders}
      renew
      empty={(state) => (
        <Notice
          kind="empty"
          icon="orders"
          title={state === undefined ? '还没有订单' : `没有${orderStateText[state]}的订单`}
          action={{ text: '去逛逛', onPress: () => go('home') }}
        />
      )}
      row={(order) => <OrderCard key={order.id} order={order} />}
    />
  );
}
