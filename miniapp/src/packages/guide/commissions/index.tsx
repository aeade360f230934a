import { type CommissionEntry, CommissionState } from '@mall/shared/guides';
import { Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { fetchCommissions } from '../../../api/guide-endpoints';
import { Notice } from '../../../components/Notice';
import { Press } from '../../../components/Press';
import { Price } from '../../../components/Price';
import { TabbedList } from '../../../components/TabbedList';
import { shortDayText } from '../../../platform/clock';
import { go } from '../../../platform/navigation';
import { commissionStateText } from '../guide-words';
import './index.scss';

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
  return (
    <TabbedList
      className="commissions"
      states={Object.values(CommissionState)}
      textOf={(state) => commissionStateText[state]}
      asked={useRouter().params.state}
      ask={fetchCommissions}
      empty={(state) => (
        <Notice
          kind="empty"
          icon="desk"
          title={state === undefined ? '还没有佣金' : `没有${commissionStateText[state]}的佣金`}
          hint="顾客通过您的分享付款后，会记在这里。"
          action={{ text: '去选品', onPress: () => go('shareProducts') }}
        />
      )}
      row={(entry) => <Row key={entry.id} entry={entry} />}
    />
  );
}
