import type { Me } from '@mall/shared/membership';
import { Text, View } from '@tarojs/components';
import { useDidShow, usePullDownRefresh } from '@tarojs/taro';
import { textOf } from '../../api/problem';
import { GuideBadge } from '../../components/GuideBadge';
import { Icon, type IconName } from '../../components/Icon';
import { Notice } from '../../components/Notice';
import { Press } from '../../components/Press';
import { Block } from '../../components/Skeleton';
import { stopPullDown } from '../../platform/feedback';
import { go } from '../../platform/navigation';
import { refreshMe, useSession } from '../../state/session';
import './index.scss';

function Head({ me }: { me: Me }) {
  const joined = me.joinedAt !== null;
  return (
    <Press id="to-profile" className="me__head" label="我的资料" onPress={() => go('profile')}>
      <View className="me__face">{(me.nickname ?? '您').slice(0, 1)}</View>
      <View className="me__who">
        <Text className="me__name">{me.nickname ?? '您好'}</Text>
        <Text className="me__phone">
          {joined ? `会员 ${me.phoneMasked ?? ''}` : '还没有加入会员，也可以随意逛和买'}
        </Text>
      </View>
      <Icon name="chevron" className="me__go" />
    </Press>
  );
}

function Membership({ me }: { me: Me }) {
  if (me.joinedAt === null) {
    return (
      <Press id="to-join" className="me__join" onPress={() => go('join', {})}>
        <View className="me__join-text">
          <Text className="me__join-title">加入会员</Text>
          <Text className="me__join-hint">收货后送复购券，专属导购照应您</Text>
        </View>
        <Icon name="chevron" className="me__go" />
      </Press>
    );
  }
  return (
    <Press id="to-my-guide" className="card me__guide" label="我的导购" onPress={() => go('myGuide')}>
      <View className="me__guide-text">
        {me.myGuide === null ? (
          <Text className="me__label">我的导购</Text>
        ) : (
          <GuideBadge guide={me.myGuide} suffix="为您服务" />
        )}
        <Text className="me__guide-hint">{me.myGuide === null ? '还没有指定，可以选一位' : '换一位，或减少打扰'}</Text>
      </View>
      <Icon name="chevron" className="me__go" />
    </Press>
  );
}

const shortcuts: { state: string; text: string; icon: IconName }[] = [
  { state: 'created', text: '待付款', icon: 'orders' },
  { state: 'paid', text: '待发货', icon: 'bag' },
  { state: 'shipped', text: '待收货', icon: 'truck' },
  { state: 'received', text: '已收货', icon: 'check' },
];

function Orders() {
  return (
    <View className="card me__orders">
      <Press id="to-orders" className="me__orders-head" onPress={() => go('orders', {})}>
        <Text className="me__label">我的订单</Text>
        <Text className="me__weak">全部</Text>
        <Icon name="chevron" className="me__go" />
      </Press>
      <View className="me__shortcuts">
        {shortcuts.map(({ state, text, icon }) => (
          <Press key={state} className="me__shortcut" onPress={() => go('orders', { state })}>
            <Icon name={icon} />
            <Text className="me__shortcut-text">{text}</Text>
          </Press>
        ))}
      </View>
    </View>
  );
}

function Row({ id, icon, text, onPress }: { id: string; icon: IconName; text: string; onPress: () => void }) {
  return (
    <Press id={id} className="me__row" onPress={onPress}>
      <Icon name={icon} className="me__row-icon" />
      <Text className="me__row-text">{text}</Text>
      <Icon name="chevron" className="me__go" />
    </Press>
  );
}

function Content({ me }: { me: Me }) {
  return (
    <View className="page me">
      <Head me={me} />
      {me.guide === null ? null : (
        <Press id="to-desk" className="me__desk" onPress={() => go('desk')}>
          <Icon name="desk" />
          <View className="me__desk-text">
            <Text className="me__desk-title">导购工作台</Text>
            <Text>{`${me.guide.name} · ${me.guide.storeName}`}</Text>
          </View>
          <Icon name="chevron" className="me__go" />
        </Press>
      )}
      <Membership me={me} />
      <Orders />
      <View className="card me__rows">
        <Row id="to-coupons" icon="coupon" text="优惠券" onPress={() => go('coupons')} />
        <Row id="to-addresses" icon="pin" text="收货地址" onPress={() => go('addresses', {})} />
        <Row id="to-privacy" icon="shield" text="隐私与我的数据" onPress={() => go('privacy')} />
      </View>
    </View>
  );
}

export default function MePage() {
  const { me, problem } = useSession();
  useDidShow(() => void refreshMe());
  usePullDownRefresh(() => void refreshMe().finally(stopPullDown));
  if (me !== null) return <Content me={me} />;
  if (problem !== null) {
    return (
      <Notice
        kind="error"
        icon="close"
        title={textOf(problem)}
        action={{ text: '再试一次', onPress: () => void refreshMe() }}
      />
    );
  }
  return (
    <View className="page me me--loading">
      <Block shape="row" />
      <Block shape="card" />
      <Block shape="card" />
    </View>
  );
}
