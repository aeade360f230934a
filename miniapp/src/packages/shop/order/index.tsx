import type { OrderDetail } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { textOf } from '../../../api/problem';
import { cancelOrder, fetchOrder } from '../../../api/shop-endpoints';
import { Press } from '../../../components/Press';
import { PrivacySheet } from '../../../components/PrivacySheet';
import { Screen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { confirm, say } from '../../../platform/feedback';
import { payOrder } from '../../../state/pay-order';
import { type Query, useQuery } from '../../../state/queries/use-query';
import { useReturn } from '../../../state/queries/use-return';
import { useAction } from '../../../state/use-action';
import { AddressBlock, Bill, Facts, Goods, PickupBlock, Refunds, ShipmentBlock, StateHead } from './parts';
import { ServedBy } from './ServedBy';
import { useReceipt } from './use-receipt';
import './index.scss';

const questions = {
  cancel: { title: '取消订单', content: '取消后优惠券会退回，库存会让给别人。', agree: '取消订单' },
};

/** The steps that she can take now; after a refusal the order is asked again, because its state has moved on. */
function useSteps(order: OrderDetail, query: Query<OrderDetail>) {
  const afterProblem = (problem: Parameters<typeof textOf>[0]) => {
    say(textOf(problem));
    if (problem.type === ProblemType.OrderStateConflict) void query.reload();
  };
  const pay = useAction(() => payOrder(order.id), afterProblem);
  const cancel = useAction(async () => {
    if (await confirm(questions.cancel)) query.replace(await cancelOrder(order.id));
  }, afterProblem);
  const receive = useReceipt(order, query, afterProblem);
  return { pay, cancel, receive };
}

function Bar({ order, query }: { order: OrderDetail; query: Query<OrderDetail> }) {
  const { pay, cancel, receive } = useSteps(order, query);
  if (order.state === 'created') {
    return (
      <View className="action-bar">
        <Press id="cancel-order" className="order__second button button--quiet" busy={cancel.busy} onPress={cancel.run}>
          取消订单
        </Press>
        <Press id="pay-order" className="action-bar__grow button button--primary" busy={pay.busy} onPress={pay.run}>
          去付款
        </Press>
      </View>
    );
  }
  if (order.state !== 'shipped' && order.state !== 'pickup_ready') return null;
  return (
    <View className="action-bar">
      <Press
        id="confirm-receipt"
        className="action-bar__grow button button--primary"
        busy={receive.busy}
        onPress={receive.run}
      >
        确认收货
      </Press>
    </View>
  );
}

function Content({ order, query }: { order: OrderDetail; query: Query<OrderDetail> }) {
  return (
    <View className={`page page--with-bar order order--${order.state}`}>
      <StateHead order={order} />
      <PickupBlock order={order} />
      <ShipmentBlock order={order} />
      <AddressBlock order={order} />
      <Goods order={order} />
      <Bill order={order} />
      <Refunds order={order} />
      <ServedBy order={order} />
      <Facts order={order} />
      <Bar order={order} query={query} />
      <PrivacySheet />
    </View>
  );
}

export default function OrderPage() {
  const { id = '' } = useRouter().params;
  const query = useQuery(id, () => fetchOrder(id));
  useReturn(() => void query.reload());
  return (
    <Screen of={query} skeleton={<ListSkeleton />}>
      {(order) => <Content order={order} query={query} />}
    </Screen>
  );
}
