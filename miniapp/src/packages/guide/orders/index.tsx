import type { GuideOrder } from '@mall/shared/disputes';
import { Text, View } from '@tarojs/components';
import { fetchGuideOrders, openDispute } from '../../../api/guide-endpoints';
import { Notice } from '../../../components/Notice';
import { Press } from '../../../components/Press';
import { Price } from '../../../components/Price';
import { PagedScreen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { shortMomentText } from '../../../platform/clock';
import { say } from '../../../platform/feedback';
import { go } from '../../../platform/navigation';
import { usePaged } from '../../../state/queries/use-paged';
import { useReturn } from '../../../state/queries/use-return';
import { useAction } from '../../../state/use-action';
import { appealProblemText, disputeStateText, outcomeText } from '../guide-words';
import './index.scss';

/** One tap; a note can be given on the order's page. */
function Appeal({ order, onDone }: { order: GuideOrder; onDone: () => Promise<void> }) {
  const appeal = useAction(
    async () => {
      await openDispute(order.orderId, {});
      say('申诉已提交，总部会答复您');
      await onDone();
    },
    (problem) => say(appealProblemText(problem)),
  );
  return (
    <Press className="hand__appeal" label="申诉这个归属" busy={appeal.busy} onPress={appeal.run}>
      {appeal.busy ? '正在提交' : '申诉'}
    </Press>
  );
}

function Earned({ order: { outcome, commissionFen } }: { order: GuideOrder }) {
  if (commissionFen === null && outcome === 'won') return <Text className="hand__weak">未付款，没有佣金</Text>;
  if (commissionFen === null || (commissionFen === 0 && outcome === 'lost')) {
    return <Text className="hand__weak">看归属经过</Text>;
  }
  return (
    <View className="hand__earned">
      <Text className="hand__weak">佣金</Text>
      <Price amount={commissionFen} size="small" plain />
    </View>
  );
}

function Row({ order, onDone }: { order: GuideOrder; onDone: () => Promise<void> }) {
  const { outcome, isAssist, reason, disputeState } = order;
  const kind = outcome === 'won' ? 'won' : isAssist ? 'assist' : 'lost';
  return (
    <Press
      className={`card hand hand--${kind}`}
      label={`订单 ${order.orderNumber}`}
      onPress={() => go('guideOrder', { id: order.orderId })}
    >
      <View className="hand__head">
        <Text className="hand__outcome">{outcomeText(order)}</Text>
        <Text className="hand__weak">{`${shortMomentText(order.decidedAt)} · 单号尾 ${order.orderNumber.slice(-6)}`}</Text>
      </View>
      {reason === null ? null : <Text className="hand__reason">{reason}</Text>}
      <View className="hand__foot">
        <Earned order={order} />
        {disputeState !== null ? (
          <Text className={`hand__dispute hand__dispute--${disputeState}`}>{disputeStateText[disputeState]}</Text>
        ) : outcome === 'lost' ? (
          <Appeal order={order} onDone={onDone} />
        ) : null}
      </View>
    </Press>
  );
}

export default function GuideOrdersPage() {
  const list = usePaged('guide-orders', fetchGuideOrders);
  useReturn(() => void list.reload());
  return (
    <View className="page hands">
      <View className="hands__hint">您推荐过、服务过或用券带来的订单。没归您的，这里写明原因；觉得不对可以申诉。</View>
      <PagedScreen
        of={list}
        skeleton={<ListSkeleton />}
        empty={
          <Notice
            kind="empty"
            icon="orders"
            title="还没有参与过订单"
            hint="顾客打开过您的分享并下单后，会出现在这里。"
            action={{ text: '去选品', onPress: () => go('shareProducts') }}
          />
        }
      >
        {(items) => items.map((order) => <Row key={order.orderId} order={order} onDone={list.reload} />)}
      </PagedScreen>
    </View>
  );
}
