import type { CommissionReceipt } from '@mall/shared/guides';
import { Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { fetchCommission } from '../../../api/guide-endpoints';
import { Price } from '../../../components/Price';
import { Screen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { dayText, shortMomentText } from '../../../platform/clock';
import { useQuery } from '../../../state/queries/use-query';
import { yuanText } from '../../../theme/price';
import { commissionStateText } from '../guide-words';
import './index.scss';

function Row({ name, value, strong = false }: { name: string; value: string; strong?: boolean }) {
  return (
    <View className={`receipt__row ${strong ? 'receipt__row--strong' : ''}`}>
      <Text className="receipt__name">{name}</Text>
      <Text className="receipt__value">{value}</Text>
    </View>
  );
}

/** How the amount came about, line by line (R5.6). */
function Sum({ receipt }: { receipt: CommissionReceipt }) {
  return (
    <View className="card">
      <Text className="receipt__label">怎么算出来的</Text>
      <Row name="商品金额" value={yuanText(receipt.goodsFen)} />
      <Row name="优惠分摊" value={receipt.discountFen > 0 ? `-${yuanText(receipt.discountFen)}` : '¥0.00'} />
      <Row name="计佣金额（不含运费）" value={yuanText(receipt.baseFen)} />
      <Row name="按比例算出" value={receipt.computationText} />
      <Row name="记入佣金（舍去不足一分）" value={yuanText(receipt.postedFen)} />
      {receipt.refundedBaseFen > 0 ? <Row name="退款金额" value={yuanText(receipt.refundedBaseFen)} /> : null}
      {receipt.reversedFen > 0 ? <Row name="因退款扣回" value={`-${yuanText(receipt.reversedFen)}`} /> : null}
      <Row name="现在" value={yuanText(receipt.amountFen)} strong />
      <Text className="receipt__sentence">{receipt.ruleText}</Text>
    </View>
  );
}

function When({ receipt }: { receipt: CommissionReceipt }) {
  return (
    <View className="card">
      <Text className="receipt__label">什么时候归我</Text>
      <Row name="顾客收货" value={receipt.receivedAt === null ? '还没有收货' : dayText(receipt.receivedAt)} />
      <Row name="可提现" value={receipt.availableAt === null ? '收货后 7 天' : dayText(receipt.availableAt)} />
      <Row name="之后不再扣回" value={receipt.finalAt === null ? '收货后 60 天' : dayText(receipt.finalAt)} />
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
          {step.amountFen === 0 ? null : (
            <Text className={step.amountFen < 0 ? 'receipt__minus' : 'receipt__plus'}>
              {step.amountFen > 0 ? `+${yuanText(step.amountFen)}` : yuanText(step.amountFen)}
            </Text>
          )}
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
          <Sum receipt={receipt} />
          <When receipt={receipt} />
          <View className="card">
            <Text className="receipt__label">为什么是我的</Text>
            <Text className="receipt__sentence">{receipt.attributionSentence}</Text>
            <Row name="服务人" value={`${receipt.guideName} · ${receipt.storeName}`} />
            <Row name="订单" value={receipt.orderNumber} />
          </View>
          <History receipt={receipt} />
        </View>
      )}
    </Screen>
  );
}
