import type { GuideInvitation } from '@mall/shared/guides';
import { Input, Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { acceptInvitation, fetchInvitation } from '../../../api/guide-endpoints';
import { textOf } from '../../../api/problem';
import { Press } from '../../../components/Press';
import { Screen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { dayText } from '../../../platform/clock';
import { say } from '../../../platform/feedback';
import { replaceWith } from '../../../platform/navigation';
import { useQuery } from '../../../state/queries/use-query';
import { setMe } from '../../../state/session';
import { useAction } from '../../../state/use-action';
import './index.scss';

function EnterCode({ onCode }: { onCode: (code: string) => void }) {
  const [code, setCode] = useState('');
  return (
    <View className="page invitation">
      <View className="invitation__head">
        <Text className="invitation__title">导购邀请</Text>
        <Text className="invitation__weak">请输入门店给您的 8 位邀请码。</Text>
      </View>
      <View className="card invitation__enter">
        <Input
          id="invitation-code"
          className="invitation__input"
          value={code}
          maxlength={8}
          placeholder="8 位邀请码"
          onInput={(event) => setCode(event.detail.value.trim())}
        />
        <Press
          id="check-invitation"
          className="button button--pine"
          disabled={code.length !== 8}
          onPress={() => onCode(code)}
        >
          查看
        </Press>
      </View>
    </View>
  );
}

function Offer({ invitation }: { invitation: GuideInvitation }) {
  const accept = useAction(
    async () => {
      setMe(await acceptInvitation(invitation.code));
      say('欢迎加入门店');
      replaceWith('desk');
    },
    (problem) => say(textOf(problem)),
  );
  const used = invitation.acceptedAt !== null;
  return (
    <View className="page page--with-bar invitation">
      <View className="invitation__head">
        <Text className="invitation__weak">{`${invitation.storeName} 邀请您成为导购`}</Text>
        <Text className="invitation__title">{invitation.guideName}</Text>
        <Text className="invitation__weak">顾客会看到这个名字。</Text>
      </View>
      <View className="card">
        <Text className="invitation__rule">
          佣金来自顾客实际付款的订单，收货后到期即可提现；怎么算、哪天到期，每一笔都写着。
        </Text>
        <Text className="invitation__rule">顾客的资料打码显示，只能用于服务 ta。</Text>
        <Text className="invitation__rule">没有拉人头的奖励，也不设上下级。</Text>
      </View>
      <View className="invitation__until">{`${dayText(invitation.expiresAt)} 前有效`}</View>
      <View className="action-bar">
        <Press
          id="accept-invitation"
          className="action-bar__grow button button--pine"
          disabled={used}
          busy={accept.busy}
          onPress={accept.run}
        >
          {used ? '已接受' : '接受邀请'}
        </Press>
      </View>
    </View>
  );
}

function Invitation({ code }: { code: string }) {
  const query = useQuery(code, () => fetchInvitation(code));
  return (
    <Screen of={query} skeleton={<ListSkeleton count={2} />}>
      {(invitation) => <Offer invitation={invitation} />}
    </Screen>
  );
}

export default function InvitationPage() {
  const { code: given } = useRouter().params;
  const [code, setCode] = useState(given ?? null);
  return code === null ? <EnterCode onCode={setCode} /> : <Invitation code={code} />;
}
