import type { SubscriptionMoment } from '@mall/shared/subscriptions';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { type Subscribed, useSubscription } from '../state/subscriptions';
import { useAction } from '../state/use-action';
import { Press } from './Press';
import './SubscribeLine.scss';

const afterwards: Record<Subscribed, string | null> = {
  accepted: '好的，到时候微信里告诉您。',
  muted: '微信里的订阅消息总开关关着，需要时可到微信设置里打开。',
  refused: null,
  nothing: null,
};

interface Props {
  moment: SubscriptionMoment;
  /** What she would be told. */
  text: string;
  /** The button. */
  action: string;
}

/** One quiet line where no tap of another purpose asks by the way; it goes when there is nothing to ask. */
export function SubscribeLine({ moment, text, action }: Props) {
  const { offered, ask } = useSubscription(moment);
  const [done, setDone] = useState<Subscribed | null>(null);
  const press = useAction(async () => setDone(await ask()));
  const sentence = done === null ? null : afterwards[done];
  if (sentence !== null) {
    return (
      <View className="subscribe-line">
        <Text className="subscribe-line__text">{sentence}</Text>
      </View>
    );
  }
  if (done !== null || !(offered || press.busy)) return null;
  return (
    <View className="subscribe-line">
      <Text className="subscribe-line__text">{text}</Text>
      <Press id={`subscribe-${moment}`} className="subscribe-line__ask" busy={press.busy} onPress={press.run}>
        {action}
      </Press>
    </View>
  );
}
