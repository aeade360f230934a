import type { Statement, StatementLine } from '@mall/shared/payouts';
import { Picker, Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { fetchStatement, fetchStatementMonths } from '../../../api/guide-endpoints';
import { Icon } from '../../../components/Icon';
import { InBoxes } from '../../../components/InBoxes';
import { Press } from '../../../components/Press';
import { Screen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { Tabs } from '../../../components/Tabs';
import { monthNow, shortMomentText } from '../../../platform/clock';
import { go } from '../../../platform/navigation';
import { useQuery } from '../../../state/queries/use-query';
import { yuanText } from '../../../theme/price';
import { FactRow, Move } from '../fact-row';
import { accountText } from '../guide-words';
import { type Account, monthOf } from './account-moves';
import { monthAfter, monthOr, monthText } from './months';
import './index.scss';

const accounts = (Object.keys(accountText) as Account[]).map((key) => ({ key, text: accountText[key] }));

/** Lines that are drawn at once; a month may have thousands. */
const STEP = 60;

function MonthPicker({ month, last, onMonth }: { month: string; last: string; onMonth: (month: string) => void }) {
  return (
    <View className="month">
      <Press className="month__step month__step--back" label="上个月" onPress={() => onMonth(monthAfter(month, -1))}>
        <Icon name="chevron" />
      </Press>
      <Picker
        id="statement-month"
        mode="date"
        fields="month"
        value={month}
        end={last}
        onChange={(event) => onMonth(monthOr(event.detail.value.slice(0, 7), month))}
      >
        <View className="month__name">{monthText(month)}</View>
      </Picker>
      <Press
        className="month__step"
        label="下个月"
        disabled={month >= last}
        onPress={() => onMonth(monthAfter(month, 1))}
      >
        <Icon name="chevron" />
      </Press>
    </View>
  );
}

function Line({ line }: { line: StatementLine }) {
  const { entryId } = line;
  const body = (
    <>
      <View className="bill-line__text">
        <Text>{line.text}</Text>
        <Text className="bill-line__weak">
          {line.orderNumber === null
            ? shortMomentText(line.at)
            : `${shortMomentText(line.at)} · 单号尾 ${line.orderNumber.slice(-6)}`}
        </Text>
      </View>
      <Move amount={line.amountFen} />
    </>
  );
  if (entryId === null) return <View className="bill-line">{body}</View>;
  return (
    <Press className="bill-line" onPress={() => go('commission', { id: entryId })}>
      {body}
    </Press>
  );
}

function Totals({ totals }: { totals: Statement['totals'] }) {
  const rows = [
    { name: '新记的佣金', amount: totals.accruedFen },
    { name: '到期转为可提现', amount: totals.releasedFen },
    { name: '因退款扣回', amount: totals.reversedFen },
    { name: '未复购，后结部分归总部', amount: totals.lapsedFen },
    { name: '申诉调整', amount: totals.disputedFen },
    { name: '提现到账', amount: totals.paidOutFen },
    { name: '提现退回', amount: totals.returnedFen },
  ].filter(({ amount }) => amount !== 0);
  if (rows.length === 0) return null;
  return (
    <View className="card">
      <Text className="bill__label">这个月</Text>
      {rows.map(({ name, amount }) => (
        <FactRow key={name} name={name} value={yuanText(amount)} />
      ))}
    </View>
  );
}

function AccountBill({ statement, account }: { statement: Statement; account: Account }) {
  const [shown, setShown] = useState(STEP);
  const month = monthOf(statement, account);
  return (
    <>
      {month.isSound ? null : (
        <View className="banner banner--danger">这个账户的明细和余额对不上，请把这个月份告诉总部财务。</View>
      )}
      <View className="card bill__sum">
        <FactRow name="月初" value={yuanText(month.openingFen)} />
        <FactRow name="转入" value={`+${yuanText(month.inFen)}`} />
        <FactRow name="转出" value={`-${yuanText(month.outFen)}`} />
        <FactRow name="月末" value={yuanText(month.closingFen)} strong />
      </View>
      {month.lines.length === 0 ? (
        <View className="bill__none">{`${accountText[account]}这个月没有变动。`}</View>
      ) : (
        <View className="card bill__lines">
          <InBoxes of={month.lines.slice(0, shown)}>
            {(lines) =>
              lines.map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be alike in everything, and lines never move.
                <Line key={`${line.at}${line.entryId ?? ''}${line.amountFen}${index}`} line={line} />
              ))
            }
          </InBoxes>
          {month.lines.length > shown ? (
            <Press className="bill__more" onPress={() => setShown(shown + STEP)}>
              {`还有 ${month.lines.length - shown} 笔`}
            </Press>
          ) : null}
        </View>
      )}
    </>
  );
}

function Bill({ last }: { last: string }) {
  const [month, setMonth] = useState(last);
  const [account, setAccount] = useState<Account>('available');
  const query = useQuery(month, () => fetchStatement(month));
  // What is shown while the next month comes is the month that it says it is.
  const statement = query.data?.month === month ? query.data : null;
  return (
    <View className="page bill">
      <MonthPicker month={month} last={last} onMonth={setMonth} />
      <Screen of={{ ...query, data: statement }} skeleton={<ListSkeleton count={3} />}>
        {(data) => (
          <>
            <View className="bill__who">{`${data.guideName} · ${data.storeName}`}</View>
            <Tabs tabs={accounts} chosen={account} onChoose={(key) => setAccount(key as Account)} />
            <AccountBill key={`${data.month}${account}`} statement={data} account={account} />
            <Totals totals={data.totals} />
          </>
        )}
      </Screen>
    </View>
  );
}

/** Without a month in the address: the newest in which something happened; to who earned nothing yet, the phone's. */
function NewestBill() {
  const months = useQuery('months', fetchStatementMonths);
  return (
    <Screen of={months} skeleton={<ListSkeleton count={3} />}>
      {([newest]) => <Bill last={newest ?? monthNow()} />}
    </Screen>
  );
}

export default function StatementPage() {
  // The business clock may be ahead of the phone's: the desk says which month is the newest.
  const asked = monthOr(useRouter().params.month, null);
  return asked === null ? <NewestBill /> : <Bill last={asked} />;
}
