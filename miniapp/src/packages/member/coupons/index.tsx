import { type Coupon, CouponState } from '@mall/shared/coupons';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { fetchCoupons } from '../../../api/member-endpoints';
import { conditionText, originText, valueText } from '../../../components/coupon-words';
import { Notice } from '../../../components/Notice';
import { Press } from '../../../components/Press';
import { Screen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { SubscribeLine } from '../../../components/SubscribeLine';
import { Tabs } from '../../../components/Tabs';
import { shortDayText } from '../../../platform/clock';
import { go } from '../../../platform/navigation';
import { useQuery } from '../../../state/queries/use-query';
import './index.scss';

const tabs = [
  { key: CouponState.Issued, text: '可使用' },
  { key: CouponState.Redeemed, text: '已使用' },
  { key: CouponState.Expired, text: '已过期' },
];

const couponStateText: Record<CouponState, string> = {
  issued: '可使用',
  locked: '订单使用中',
  redeemed: '已使用',
  voided: '已失效',
  expired: '已过期',
};

type TabKey = 'issued' | 'redeemed' | 'expired';

/** A coupon that waits in an unpaid order is still hers: it stands with the usable ones. */
async function fetchTab(tab: TabKey): Promise<Coupon[]> {
  if (tab !== CouponState.Issued) return fetchCoupons(tab);
  const [issued, locked] = await Promise.all([fetchCoupons(CouponState.Issued), fetchCoupons(CouponState.Locked)]);
  return [...issued, ...locked];
}

function CouponCard({ coupon }: { coupon: Coupon }) {
  const usable = coupon.state === CouponState.Issued;
  return (
    <View className={`coupon coupon--${coupon.state}`}>
      <View className="coupon__value">
        <Text className="coupon__amount">{valueText(coupon)}</Text>
        <Text className="coupon__condition">{conditionText(coupon)}</Text>
      </View>
      <View className="coupon__text">
        <Text className="coupon__name">{coupon.name}</Text>
        <Text className="coupon__weak">{originText(coupon)}</Text>
        <Text className="coupon__weak">{`${coupon.scopeText} · 至 ${shortDayText(coupon.expiresAt)}`}</Text>
      </View>
      {usable ? (
        <Press className="coupon__use" onPress={() => go('home')}>
          去使用
        </Press>
      ) : (
        <Text className="coupon__state">{couponStateText[coupon.state]}</Text>
      )}
    </View>
  );
}

export default function CouponsPage() {
  const [tab, setTab] = useState<TabKey>('issued');
  const query = useQuery(tab, () => fetchTab(tab));
  const choose = (key: string) => setTab(key === 'redeemed' || key === 'expired' ? key : 'issued');
  return (
    <View className="page coupons">
      <Tabs tabs={tabs} chosen={tab} onChoose={choose} />
      <Screen
        of={query}
        skeleton={<ListSkeleton count={3} />}
        empty={{
          when: (coupons) => coupons.length === 0,
          notice: (
            <Notice
              kind="empty"
              icon="coupon"
              title={tab === 'issued' ? '现在没有可用的券' : '这里还没有券'}
              hint={tab === 'issued' ? '加入会员后，每次收货都可能收到复购券。' : undefined}
            />
          ),
        }}
      >
        {(coupons) => (
          <>
            {tab === 'issued' ? (
              <SubscribeLine moment="coupon" text="券快到期时，在微信里提醒您" action="提醒我" />
            ) : null}
            {coupons.slice(0, 50).map((coupon) => (
              <CouponCard key={coupon.id} coupon={coupon} />
            ))}
          </>
        )}
      </Screen>
    </View>
  );
}
