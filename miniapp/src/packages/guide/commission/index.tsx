import type { CommissionReceipt } from '@mall/shared/guides';
import { negateFen } from '@mall/shared/money';
import { Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { fetchCommission } from '../../../api/guide-endpoints';
import { Press } from '../../../components/Press';
import { Price } from '../../../components/Price';
import { Screen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { dayText, shortMomentText } from '../../../platform/clock';
import { go } from '../../../platform/navigation';
import { useQuery } from '../../../state/queries/use-query';
import { yuanText } from '../../../theme/price';
import { FactRow, Move } from '../fact-row';
import { commissionStateText, rateText, tailStateText } from '../guide-words';
import './index.scss';

/** How the amount came about, line by line (R5.6). */
function Sum({ receipt }: { receipt: CommissionReceipt }) {
  return (
    <View className="card">
      <Text className="receipt__label">怎么算出来的</Text>
      <FactRow name="商品金额" value={yuanText(receipt.goodsFen)} />
      <FactRow name="优惠分摊" value={receipt.discountFen > 0 ? `-${yuanText(receipt.discountFen)}` : '¥0.00'} />
      <FactRow name="计佣金额（不含运费）" value={yuanText(receipt.baseFen)} />
      <FactRow name="按比例算出" value={receipt.computationText} />
      <FactRow name="记入佣金（舍去不足一分）" value={yuanText(receipt.postedFen)} />
      {receipt.refundedBaseFen > 0 ? <FactRow name="退款金额" value={yuanText(receipt.refundedBaseFen)} /> : null}
      {receipt.reversedFen > 0 ? <FactRow name="因退款扣回" value={`-${yuanText(receipt.reversedFen)}`} /> : null}
      <FactRow name="现在" value={yuanText(receipt.amountFen)} strong />
      {receipt.paidFen === 0 ? null : <FactRow name="其中已到账" value={yuanText(receipt.paidFen)} />}
      <Text className="receipt__sentence">{receipt.ruleText}</Text>
    </View>
  );
}

/** R4.6: the part that vests later, and what it still waits for. */
function Tail({ tail }: { tail: NonNullable<CommissionReceipt['tail']> }) {
  return (
    <View className="card">
      <Text className="receipt__label">留到以后的一部分</Text>
      <FactRow name={`占 ${rateText(tail.bps)}`} value={yuanText(tail.fen)} />
      <FactRow name="现在" value={tailStateText[tail.state]} />
      {tail.dueAt === null ? null : <FactRow name="最晚" value={dayText(tail.dueAt)} />}
      <Text className="receipt__sentence">{tail.sentence}</Text>
    </View>
  );
}

/** Every refund of the line: what it took back, or why HQ bears it (R5.3, R5.4). */
function RefundList({ refunds }: { refunds: CommissionReceipt['refunds'] }) {
  return (
    <View className="card">
      <Text className="receipt__label">退款</Text>
      {refunds.slice(0, 50).map((refund) => (
        <View key={`${refund.at}${refund.text}${refund.amountFen}`} className="receipt__step">
          <View className="receipt__step-text">
            <Text>{`顾客退款 ${yuanText(refund.amountFen)}`}</Text>
            <Text className="receipt__name">{refund.text}</Text>
            <Text className="receipt__name">{shortMomentText(refund.at)}</Text>
          </View>
          {refund.reversedFen === 0 ? (
            <Text className="receipt__kept">没有扣回</Text>
          ) : (
            <Move amount={negateFen(refund.reversedFen)} />
          )}
        </View>
      ))}
    </View>
  );
}

function When({ receipt }: { receipt: CommissionReceipt }) {
  return (
    <View className="card">
      <Text className="receipt__label">什么时候归我</Text>
      <FactRow name="顾客收货" value={receipt.receivedAt === null ? '还没有收货' : dayText(receipt.receivedAt)} />
      <FactRow name="可提现" value={receipt.availableAt === null ? '收货后定下日期' : dayText(receipt.availableAt)} />
      <FactRow name="之后不再扣回" value={receipt.finalAt === null ? '收货后定下日期' : dayText(receipt.finalAt)} />
    </View>
  );
}

function History({ receipt }: { receipt: CommissionReceipt }) {
  return (
    <View className="card">
      <Text className="receipt__label">经过</Text>
      {receipt.history.slice(0, 50).map((step) => (
        <View key={`${step.at}${step.text}`} className="receipt__step">
          <View className="receipt__step-text">
            <Text>{step.text}</Text>
            <Text className="receipt__name">{shortMomentText(step.at)}</Text>
          </View>
          {step.amountFen === 0 ? null : <Move amount={step.amountFen} />}
        </View>
      ))}
    </View>
  );
}

export default function CommissionPage() {
  const { id = '' } = useRouter().params;
  const query = useQuery(id, () => fetchCommission(id));
  return (
    <Screen of={query} skeleton={<ListSkeleton />}>
      {(receipt) => (
        <View className="page receipt">
          <View className="receipt__head">
            <Text className="receipt__name">{commissionStateText[receipt.state]}</Text>
            <Price amount={receipt.amountFen} size="large" plain />
            <Text className="receipt__title">{receipt.title}</Text>
            {receipt.optionText === '' ? null : <Text className="receipt__name">{receipt.optionText}</Text>}
          </View>
          {receipt.movedText === null ? null : <View className="banner banner--warning">{receipt.movedText}</View>}
          <Sum receipt={receipt} />
          <When receipt={receipt} />
          {receipt.tail === null ? null : <Tail tail={receipt.tail} />}
          {receipt.refunds.length === 0 ? null : <RefundList refunds={receipt.refunds} />}
          <View className="card">
            <Text className="receipt__label">为什么是我的</Text>
            <Text className="receipt__sentence">{receipt.attributionSentence}</Text>
            <FactRow name="服务人" value={`${receipt.guideName} · ${receipt.storeName}`} />
            <FactRow name="订单" value={receipt.orderNumber} />
            <Press className="receipt__more" onPress={() => go('guideOrder', { id: receipt.orderId })}>
              看归属的依据
            </Press>
          </View>
          <History receipt={receipt} />
        </View>
      )}
    </Screen>
  );
}
