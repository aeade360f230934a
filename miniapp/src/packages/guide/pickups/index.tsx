import type { PickupOrder } from '@mall/shared/orders';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { fetchPickups, handOver } from '../../../api/guide-endpoints';
import { Field } from '../../../components/Field';
import { Notice } from '../../../components/Notice';
import { Press } from '../../../components/Press';
import { Screen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { shortMomentText } from '../../../platform/clock';
import { say } from '../../../platform/feedback';
import { useQuery } from '../../../state/queries/use-query';
import { useReturn } from '../../../state/queries/use-return';
import { useAction } from '../../../state/use-action';
import { codeFault, movedOnText, retryText } from './pickup-words';
import './index.scss';

interface OfOrder {
  order: PickupOrder;
  onDone: (order: PickupOrder) => void;
  onMovedOn: () => void;
}

/** The customer's code is her word that she has the goods (R5.2): it is never shown here, only typed in. */
function CodeForm({ order, onDone, onMovedOn }: OfOrder) {
  const [code, setCode] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const give = useAction(
    async () => {
      const wrong = codeFault(code);
      setFault(wrong);
      if (wrong !== null) return;
      onDone(await handOver(order.orderId, { code: code.replace(/\s/g, '').toUpperCase() }));
    },
    (problem) => {
      const retry = retryText(problem);
      setFault(retry);
      if (retry !== null) return;
      say(movedOnText(problem));
      onMovedOn();
    },
  );
  const change = (value: string) => {
    setCode(value);
    setFault(null);
  };
  return (
    <View className="pickup__form">
      <Field
        id="pickup-code"
        label="提货码"
        value={code}
        placeholder="顾客订单页上的 6 位"
        maxLength={8}
        fault={fault}
        onChange={change}
      />
      <Press id="hand-over" className="pickup__give button button--pine" busy={give.busy} onPress={give.run}>
        {give.busy ? '正在核对' : '确认交给顾客'}
      </Press>
    </View>
  );
}

function whenText({ state, readyAt, receivedAt }: PickupOrder): string {
  if (receivedAt !== null) return `${shortMomentText(receivedAt)} 取走`;
  return readyAt === null || state !== 'pickup_ready' ? '' : `${shortMomentText(readyAt)} 备好`;
}

function Row({ open, onOpen, ...of }: OfOrder & { open: boolean; onOpen: () => void }) {
  const { order } = of;
  const done = order.receivedAt !== null;
  return (
    <View className={`card pickup ${done ? 'pickup--done' : ''}`}>
      <View className="pickup__head">
        <Text className="pickup__number">{`单号尾 ${order.number.slice(-6)}`}</Text>
        <Text className="pickup__weak">{whenText(order)}</Text>
      </View>
      {order.lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a gift may be alike in everything, and lines never move.
        <View key={index} className="pickup__line">
          <View className="pickup__text">
            <Text>{line.isGift ? `赠品 ${line.title}` : line.title}</Text>
            {line.optionText === '' ? null : <Text className="pickup__weak">{line.optionText}</Text>}
          </View>
          <Text className="pickup__weak">{`×${line.quantity}`}</Text>
        </View>
      ))}
      {done ? (
        <Text className="pickup__done">已交给顾客，订单已收货</Text>
      ) : open ? (
        <CodeForm {...of} />
      ) : (
        <Press className="pickup__open" label={`单号尾 ${order.number.slice(-6)} 输入提货码`} onPress={onOpen}>
          输入提货码
        </Press>
      )}
    </View>
  );
}

export default function PickupsPage() {
  const query = useQuery('pickups', fetchPickups);
  const [opened, setOpened] = useState<string | null>(null);
  useReturn(() => void query.reload());
  const done = (orders: PickupOrder[], taken: PickupOrder) =>
    query.replace(orders.map((order) => (order.orderId === taken.orderId ? taken : order)));
  return (
    <View className="page pickups">
      <Screen
        of={query}
        skeleton={<ListSkeleton count={3} />}
        empty={{
          when: (orders) => orders.length === 0,
          notice: (
            <Notice
              kind="empty"
              icon="bag"
              title="没有等着取的订单"
              hint="门店备好货的自提订单会出现在这里。"
              action={{ text: '再看一次', onPress: () => void query.reload() }}
            />
          ),
        }}
      >
        {(orders) => (
          <>
            <View className="pickups__hint">先把商品交给顾客，再请顾客出示订单页上的提货码。</View>
            {orders.map((order) => (
              <Row
                key={order.orderId}
                order={order}
                open={opened === order.orderId}
                onOpen={() => setOpened(order.orderId)}
                onDone={(taken) => done(orders, taken)}
                onMovedOn={() => void query.reload()}
              />
            ))}
          </>
        )}
      </Screen>
    </View>
  );
}
