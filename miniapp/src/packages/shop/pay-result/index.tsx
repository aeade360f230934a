import type { OrderDetail } from '@mall/shared/orders';
import { Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useCallback, useEffect, useRef, useState } from 'react';
import { fetchOrder } from '../../../api/shop-endpoints';
import { Icon } from '../../../components/Icon';
import { Press } from '../../../components/Press';
import { Price } from '../../../components/Price';
import { SubscribeLine } from '../../../components/SubscribeLine';
import { go, replaceWith } from '../../../platform/navigation';
import { payOrder, waitForPayment } from '../../../state/pay-order';
import { useSession } from '../../../state/session';
import { useAction } from '../../../state/use-action';
import { guideText } from '../../../strings';
import { progressOf } from '../order-words';
import './index.scss';

type Stage =
  | { kind: 'asking' }
  | { kind: 'paid'; order: OrderDetail | null }
  | { kind: 'unpaid' }
  | { kind: 'unknown' };

/**
 * Asks the server what became of the payment; the phone's own opinion is never shown (R7.5). It only shortens the
 * first wait: who says that she cancelled has nothing to wait for.
 */
function usePaymentStage(orderId: string, cancelled: boolean): { stage: Stage; ask: (tries?: number) => void } {
  const [stage, setStage] = useState<Stage>({ kind: 'asking' });
  const turn = useRef(0);
  const ask = useCallback(
    (tries?: number) => {
      const mine = ++turn.current;
      const over = () => mine !== turn.current;
      setStage({ kind: 'asking' });
      waitForPayment(orderId, over, { tries })
        .then(async (paid): Promise<Stage> => {
          if (!paid) return { kind: 'unpaid' };
          return { kind: 'paid', order: await fetchOrder(orderId).catch(() => null) };
        })
        .catch((): Stage => ({ kind: 'unknown' }))
        .then((next) => {
          if (!over()) setStage(next);
        });
    },
    [orderId],
  );
  useEffect(() => {
    ask(cancelled ? 1 : undefined);
    return () => {
      turn.current += 1;
    };
  }, [ask, cancelled]);
  return { stage, ask };
}

function Paid({ order, orderId }: { order: OrderDetail | null; orderId: string }) {
  const joined = useSession((state) => state.me === null || state.me.joinedAt !== null);
  return (
    <View className="pay-result pay-result--paid">
      <View className="pay-result__mark">
        <Icon name="check" className="pay-result__icon" />
      </View>
      <Text className="pay-result__title">付款成功</Text>
      {order === null ? null : <Price amount={order.totalFen} size="large" plain />}
      <Text className="pay-result__hint">
        {order?.deliveryKind === 'pickup' ? progressOf(order).next : '我们会尽快备货，发出后在订单里能看到单号。'}
      </Text>
      {order?.attribution.guide ? (
        <Text className="pay-result__guide">{`这一单由 ${guideText(order.attribution.guide)} 为您服务`}</Text>
      ) : null}
      <Press
        id="to-order"
        className="pay-result__action button button--primary"
        onPress={() => replaceWith('order', { id: orderId })}
      >
        查看订单
      </Press>
      <Press className="pay-result__action button button--quiet" onPress={() => go('home')}>
        再逛逛
      </Press>
      {order === null || order.deliveryKind === 'pickup' ? null : (
        <View className="pay-result__tell">
          <SubscribeLine moment="payment" text="发货时，在微信里告诉您" action="通知我" />
        </View>
      )}
      {joined ? null : (
        <Press className="pay-result__join" onPress={() => go('join', {})}>
          <Text className="pay-result__join-title">加入会员</Text>
          <Text className="pay-result__join-hint">收货后送您复购券，导购也能更好地照应您</Text>
        </Press>
      )}
    </View>
  );
}

function NotPaid({ stage, orderId, ask }: { stage: 'unpaid' | 'unknown'; orderId: string; ask: () => void }) {
  const again = useAction(() => payOrder(orderId));
  // Certainly unpaid: paying is the next step. Unknown: asking again is, lest she pays twice.
  const [payLook, askLook] = stage === 'unpaid' ? ['primary', 'quiet'] : ['quiet', 'primary'];
  return (
    <View className={`pay-result pay-result--${stage}`}>
      <Text className="pay-result__title">{stage === 'unpaid' ? '还没有收到付款' : '暂时查不到支付结果'}</Text>
      <Text className="pay-result__hint">
        {stage === 'unpaid'
          ? '如果您刚付过，请稍等再查；没有付的话，可以继续付款。'
          : '网络不太顺畅。已付的款不会丢，请稍后再查。'}
      </Text>
      <Press className={`pay-result__action button button--${askLook}`} onPress={ask}>
        再查一次
      </Press>
      <Press className={`pay-result__action button button--${payLook}`} busy={again.busy} onPress={again.run}>
        继续付款
      </Press>
      <Press className="pay-result__link" onPress={() => replaceWith('order', { id: orderId })}>
        查看订单
      </Press>
    </View>
  );
}

export default function PayResultPage() {
  const { orderId = '', payResult } = useRouter().params;
  const { stage, ask } = usePaymentStage(orderId, payResult === 'cancel');
  if (stage.kind === 'paid') return <Paid order={stage.order} orderId={orderId} />;
  if (stage.kind !== 'asking') return <NotPaid stage={stage.kind} orderId={orderId} ask={() => ask()} />;
  return (
    <View className="pay-result pay-result--asking">
      <View className="pay-result__pulse skeleton__block" />
      <Text className="pay-result__title">正在向微信确认付款</Text>
      <Text className="pay-result__hint">通常只要几秒。</Text>
    </View>
  );
}
