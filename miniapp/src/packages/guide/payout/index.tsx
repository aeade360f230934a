import type { GuideBalance, PayeeName } from '@mall/shared/payouts';
import { Text, View } from '@tarojs/components';
import { Field } from '../../../components/Field';
import { Press } from '../../../components/Press';
import { Price } from '../../../components/Price';
import { PagedScreen, Screen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { say } from '../../../platform/feedback';
import { go } from '../../../platform/navigation';
import { useReturn } from '../../../state/queries/use-return';
import { yuanText } from '../../../theme/price';
import { NameCard } from './NameCard';
import { NameSheet } from './NameSheet';
import { PayoutCard } from './PayoutCard';
import { debtText, limitTexts } from './payout-words';
import { usePayeeName, usePayouts, useRequest } from './use-payout';
import './index.scss';

function Balance({ balance }: { balance: GuideBalance }) {
  const debt = debtText(balance.availableFen);
  return (
    <>
      <View className="payout-page__head">
        <Text className="payout__weak">可提现</Text>
        <Price amount={balance.availableFen} size="large" plain />
        <View className="payout-page__beside">
          <Text className="payout__weak">{`提现中 ${yuanText(balance.payingFen)}`}</Text>
          <Text className="payout__weak">{`累计到账 ${yuanText(balance.paidFen)}`}</Text>
          <Press className="payout-page__bill" onPress={() => go('statement', {})}>
            月账单
          </Press>
        </View>
      </View>
      {debt === null ? null : <View className="banner banner--warning">{debt}</View>}
    </>
  );
}

/** Her real name where one is kept, and the sheet that asks for it. */
function Payee({ payee, onReady }: { payee: ReturnType<typeof usePayeeName>; onReady: () => void }) {
  const { name, asking } = payee;
  if (name === null) return null;
  const saved = (kept: PayeeName) => {
    payee.keep(kept);
    if (asking === 'payout') onReady();
    else say('已保存');
  };
  return (
    <>
      <NameCard name={name} onCorrect={payee.correct} onChange={payee.replace} />
      {asking === null ? null : (
        <NameSheet name={name} forPayout={asking === 'payout'} onClose={payee.close} onSaved={saved} />
      )}
    </>
  );
}

function Ask({ balance, reload }: { balance: GuideBalance; reload: () => Promise<void> }) {
  const payee = usePayeeName();
  const { text, fault, change, fillAll, amount, request } = useRequest(balance, reload, payee.askForPayout);
  const closed = balance.requestableFen <= 0;
  return (
    <>
      <View className="card payout-page__ask">
        {closed ? (
          <Text className="payout-page__closed">{balance.refusal ?? '现在没有可以提现的佣金。'}</Text>
        ) : (
          <View className="payout-page__amount">
            <View className="payout-page__field">
              <Field
                id="payout-amount"
                label="金额（元）"
                value={text}
                placeholder={`最多 ${yuanText(balance.requestableFen).slice(1)}`}
                type="digit"
                maxLength={11}
                fault={fault}
                onChange={change}
              />
            </View>
            <Press id="payout-all" className="payout-page__all" onPress={() => fillAll(balance.requestableFen)}>
              全部
            </Press>
          </View>
        )}
        {limitTexts(balance).map((sentence) => (
          <Text key={sentence} className="payout-page__limit">
            {sentence}
          </Text>
        ))}
        {closed ? null : (
          <View className="action-bar">
            <Press
              id="request-payout"
              className="action-bar__grow button button--pine"
              busy={request.busy}
              onPress={request.run}
            >
              {request.busy
                ? '正在提交'
                : amount === null || amount === 0
                  ? '申请提现'
                  : `申请提现 ${yuanText(amount)}`}
            </Press>
          </View>
        )}
      </View>
      <Payee payee={payee} onReady={request.run} />
    </>
  );
}

export default function PayoutPage() {
  const { balance, payouts, reload } = usePayouts();
  useReturn(() => void reload());
  return (
    <View className="page page--with-bar payout-page">
      <Screen of={balance} skeleton={<ListSkeleton count={2} />}>
        {(data) => (
          <>
            <Balance balance={data} />
            <Ask balance={data} reload={reload} />
            <View className="section-title payout-page__title">提现记录</View>
            <PagedScreen
              of={payouts}
              skeleton={<ListSkeleton count={2} />}
              empty={<View className="payout-page__none">还没有提现过。</View>}
            >
              {(items) => items.map((payout) => <PayoutCard key={payout.id} payout={payout} onChange={reload} />)}
            </PagedScreen>
          </>
        )}
      </Screen>
    </View>
  );
}
