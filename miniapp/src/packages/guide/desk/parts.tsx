import type { CommissionState, GuideDesk } from '@mall/shared/guides';
import type { Fen } from '@mall/shared/money';
import { Text, View } from '@tarojs/components';
import { Press } from '../../../components/Press';
import { Price } from '../../../components/Price';
import { go } from '../../../platform/navigation';
import { shortYuanText } from '../../../theme/price';
import { commissionStateText } from '../guide-words';
import { barHeights } from './bar-heights';

function Total({ state, amount }: { state: CommissionState; amount: Fen }) {
  return (
    <Press className={`earnings__total earnings__total--${state}`} onPress={() => go('commissions', { state })}>
      <Text className="earnings__amount">{shortYuanText(amount)}</Text>
      <Text className="earnings__name">{commissionStateText[state]}</Text>
    </Press>
  );
}

/** What did I earn, and when is it mine. Every number opens the list behind it. */
export function Earnings({ desk, hint }: { desk: GuideDesk; hint: string }) {
  return (
    <View className="card earnings">
      <View className="earnings__today">
        <View className="earnings__half">
          <Text className="earnings__name">今日佣金</Text>
          <Price amount={desk.todayFen} size="large" plain />
        </View>
        <Press className="earnings__half" onPress={() => go('commissions', { state: 'available' })}>
          <Text className="earnings__name">可提现</Text>
          <Price amount={desk.totals.availableFen} size="large" plain />
        </Press>
      </View>
      <View className="earnings__row">
        <Total state="pending" amount={desk.totals.pendingFen} />
        <Total state="frozen" amount={desk.totals.frozenFen} />
        <Total state="paid" amount={desk.totals.paidFen} />
      </View>
      <Text className="earnings__hint">{hint}</Text>
    </View>
  );
}

/** Seven days of commission as bars, today last. */
export function Trend({ days }: { days: GuideDesk['lastSevenDays'] }) {
  const heights = barHeights(days.map((day) => day.commissionFen));
  const orders = days.reduce((sum, day) => sum + day.orders, 0);
  const opens = days.reduce((sum, day) => sum + day.opens, 0);
  return (
    <Press className="card trend" label="近 7 天佣金" onPress={() => go('commissions', {})}>
      <View className="trend__head">
        <Text className="trend__title">近 7 天</Text>
        <Text className="trend__sum">{`${opens} 次打开 · ${orders} 单`}</Text>
      </View>
      <View className="trend__bars">
        {days.map((day, index) => (
          <View key={day.day} className={`trend__day ${index === days.length - 1 ? 'trend__day--today' : ''}`}>
            <Text className="trend__amount">{day.commissionFen > 0 ? shortYuanText(day.commissionFen) : ''}</Text>
            <View className="trend__bar" style={{ height: `${heights[index] ?? 0}%` }} />
            <Text className="trend__label">{index === days.length - 1 ? '今天' : day.day.slice(8)}</Text>
          </View>
        ))}
      </View>
    </Press>
  );
}
