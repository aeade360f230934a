import { type CommissionEntry, CommissionState } from '@mall/shared/guides';
import { Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { fetchCommissions } from '../../../api/guide-endpoints';
import { Notice } from '../../../components/Notice';
import { Press } from '../../../components/Press';
import { Price } from '../../../components/Price';
import { PagedScreen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { Tabs } from '../../../components/Tabs';
import { shortDayText } from '../../../platform/clock';
import { go } from '../../../platform/navigation';
import { usePaged } from '../../../state/queries/use-paged';
import { commissionStateText } from '../guide-words';
import './index.scss';

const tabs = [
  { key: '', text: '全部' },
  ...Object.values(CommissionState).map((state) => ({ key: state, text: commissionStateText[state] })),
];

function toState(text: string | undefined): CommissionState | undefined {
  return Object.values(CommissionState).find((state) => state === text);
}

function whenText(entry: CommissionEntry): string {
  if (entry.availableAt === null) return `${shortDayText(entry.accruedAt)} 付款`;
  return entry.state === CommissionState.Frozen
    ? `${shortDayText(entry.availableAt)} 可提现`
    : `${shortDayText(entry.availableAt)} 起可提现`;
}

function Row({ entry }: { entry: CommissionEntry }) {
  return (
    <Press
      className={`card commission commission--${entry.state}`}
      onPress={() => go('commission', { id: entry.id })}
      label={entry.title}
    >
      <View className="commission__text">
        <Text className="commission__title">{entry.title}</Text>
        {entry.optionText === '' ? null : <Text className="commission__weak">{entry.optionText}</Text>}
        <Text className="commission__weak">{whenText(entry)}</Text>
      </View>
      <View className="commission__right">
        <Price amount={entry.amountFen} size="small" plain />
        <Text className="commission__state">{commissionStateText[entry.state]}</Text>
      </View>
    </Press>
  );
}

export default function CommissionsPage() {
  const [state, setState] = useState(toState(useRouter().params.state));
  const list = usePaged(state ?? 'all', (cursor) => fetchCommissions(state, cursor));
  return (
    <View className="page commissions">
      <Tabs tabs={tabs} chosen={state ?? ''} onChoose={(key) => setState(toState(key))} />
      <PagedScreen
        of={list}
        skeleton={<ListSkeleton />}
        empty={
          <Notice
            kind="empty"
            icon="desk"
            title={state === undefined ? '还没有佣金' : `没有${commissionStateText[state]}的佣金`}
            hint="顾客通过您的分享付款后，会记在这里。"
            action={{ text: '去选品', onPress: () => go('shareProducts') }}
          />
        }
      >
        {(items) => items.map((entry) => <Row key={entry.id} entry={entry} />)}
      </PagedScreen>
    </View>
  );
}
