import type { Coaching, CommissionState, GuideDesk } from '@mall/shared/guides';
import type { Fen } from '@mall/shared/money';
import { Text, View } from '@tarojs/components';
import { Icon, type IconName } from '../../../components/Icon';
import { Press } from '../../../components/Press';
import { Price } from '../../../components/Price';
import { shortDayText } from '../../../platform/clock';
import { go } from '../../../platform/navigation';
import { shortYuanText } from '../../../theme/price';
import { commissionStateText } from '../guide-words';
import { barHeights } from './bar-heights';
import '../guide-icons.scss';

function Total({ state, amount, when }: { state: CommissionState; amount: Fen; when: string }) {
  return (
    <Press className={`earnings__total earnings__total--${state}`} onPress={() => go('commissions', { state })}>
      <Text className="earnings__amount">{shortYuanText(amount)}</Text>
      <Text className="earnings__name">{commissionStateText[state]}</Text>
      <Text className="earnings__when">{when}</Text>
    </Press>
  );
}

/** What did I earn, and when is it mine. Every number opens the list behind it. */
export function Earnings({ desk: { totals, todayFen, nextReleaseAt } }: { desk: GuideDesk }) {
  const inDebt = totals.availableFen < 0;
  return (
    <View className="card earnings">
      <View className="earnings__today">
        <Press className="earnings__half" onPress={() => go('commissions', { state: 'available' })}>
          <Text className="earnings__name">可提现</Text>
          <Price amount={totals.availableFen} size="large" plain />
        </Press>
        <View className="earnings__half">
          <Text className="earnings__name">今日佣金</Text>
          <Price amount={todayFen} size="large" plain />
        </View>
        <Press id="to-payout" className="earnings__draw" label="提现" onPress={() => go('payout')}>
          提现
        </Press>
      </View>
      {inDebt ? <Text className="earnings__hint">有退款待抵扣，之后的佣金会先抵扣它。</Text> : null}
      <View className="earnings__row">
        <Total state="pending" amount={totals.pendingFen} when="收货后开始算" />
        <Total
          state="frozen"
          amount={totals.frozenFen}
          when={nextReleaseAt === null ? '到期后可提现' : `最近 ${shortDayText(nextReleaseAt)}`}
        />
        <Total state="paid" amount={totals.paidFen} when="累计到账" />
      </View>
    </View>
  );
}

interface Shortcut {
  id: string;
  icon: IconName;
  text: string;
  onPress: () => void;
}

/** What she may look up about her money and her orders. */
export function Shortcuts({ desk }: { desk: GuideDesk }) {
  // The newest month of the business clock.
  const month = desk.lastSevenDays.slice(-1)[0]?.day.slice(0, 7);
  const shortcuts: Shortcut[] = [
    { id: 'to-statement', icon: 'calendar', text: '月账单', onPress: () => go('statement', { month }) },
    { id: 'to-commissions', icon: 'wallet', text: '佣金明细', onPress: () => go('commissions', {}) },
    { id: 'to-guide-orders', icon: 'orders', text: '我参与的订单', onPress: () => go('guideOrders') },
    {
      id: 'to-notices',
      icon: 'bell',
      text: desk.unreadNotices > 0 ? `${Math.min(desk.unreadNotices, 99)} 条新通知` : '通知',
      onPress: () => go('notices'),
    },
  ];
  return (
    <View className="card desk__shortcuts">
      {shortcuts.map(({ id, icon, text, onPress }) => (
        <Press
          key={id}
          id={id}
          className={`desk__shortcut ${id === 'to-notices' && desk.unreadNotices > 0 ? 'desk__shortcut--new' : ''}`}
          onPress={onPress}
        >
          <Icon name={icon} />
          <Text className="desk__shortcut-text">{text}</Text>
        </Press>
      ))}
    </View>
  );
}

/** Somebody may stand in the store for each of these. Nothing waits: nothing is said. */
export function PickupsRow({ waiting }: { waiting: number | null }) {
  if (waiting === 0) return null;
  return (
    <Press id="to-pickups" className="card desk__pickups" onPress={() => go('pickups')}>
      <Icon name="bag" />
      <Text className="desk__pickups-text">{waiting === null ? '到店自提' : `${waiting} 单等顾客到店来取`}</Text>
      <Icon name="chevron" className="desk__pickups-go" />
    </Press>
  );
}

/** R8: instead of share tasks when many shares brought no order; she may go on sharing by hand. */
export function CoachingCard({ coaching }: { coaching: Coaching }) {
  return (
    <View className="card coaching">
      <Text className="desk__section-title">分享先歇一歇</Text>
      <Text className="coaching__advice">{coaching.advice}</Text>
      <View className="coaching__foot">
        <Text className="desk__weak">{`近 ${coaching.days} 天分享 ${coaching.intents} 次，还没有成交`}</Text>
        <Press className="desk__more" onPress={() => go('shareProducts')}>
          自己选品
        </Press>
      </View>
    </View>
  );
}

/** Seven days of commission as bars, today last. */
export function Trend({ days }: { days: GuideDesk['lastSevenDays'] }) {
  const heights = barHeights(days.map((day) => day.commissionFen));
  const orders = days.reduce((sum, day) => sum + day.orders, 0);
  const isFlat = heights.every((height) => height <= 1);
  const opens = days.reduce((sum, day) => sum + day.opens, 0);
  return (
    <Press className="card trend" label="近 7 天佣金" onPress={() => go('commissions', {})}>
      <View className="trend__head">
        <Text className="trend__title">近 7 天</Text>
        <Text className="trend__sum">{`${opens} 次打开 · ${orders} 单`}</Text>
      </View>
      {isFlat ? <Text className="trend__none">有佣金的日子，这里会长出一根柱子。点开看每一笔。</Text> : null}
      <View className={`trend__bars ${isFlat ? 'trend__bars--flat' : ''}`}>
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
