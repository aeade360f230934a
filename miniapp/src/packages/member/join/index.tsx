import { ConsentPurpose, type JoinOffer } from '@mall/shared/membership';
import { ProblemType } from '@mall/shared/problems';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { fetchJoinOffer, join } from '../../../api/member-endpoints';
import { type ApiProblem, asProblem, textOf } from '../../../api/problem';
import { GuideBadge } from '../../../components/GuideBadge';
import { Icon } from '../../../components/Icon';
import { Notice } from '../../../components/Notice';
import { Press } from '../../../components/Press';
import { ContractLink, PrivacySheet } from '../../../components/PrivacySheet';
import { Screen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { say } from '../../../platform/feedback';
import { back, go } from '../../../platform/navigation';
import { PhoneButton, type PhoneRefusal } from '../../../platform/PhoneButton';
import { type Query, useQuery } from '../../../state/queries/use-query';
import { setMe, useSession } from '../../../state/session';
import './index.scss';

/** Whose customer she becomes, and how to change that, before she agrees (R2.3). */
function WhoServes({ offer }: { offer: JoinOffer }) {
  if (offer.guide === null) {
    return (
      <View className="card join__who">
        <Text className="join__label">谁来照应您</Text>
        <Text className="join__weak">
          {offer.storeName === null
            ? '加入后由总部客服为您服务，不会指定导购。'
            : `加入后，${offer.storeName}是您的服务门店，不会指定导购。`}
        </Text>
      </View>
    );
  }
  return (
    <View className="card join__who">
      <Text className="join__label">加入后，为您服务的是</Text>
      <GuideBadge guide={offer.guide} suffix="" />
      <Text className="join__weak">
        {`您会成为${offer.guide.name}的顾客，您的订单由 ta 跟进。想换一位或减少打扰，随时到“我的导购”里改。`}
      </Text>
    </View>
  );
}

interface ConsentProps {
  id: string;
  agreed: boolean;
  missing?: boolean;
  onToggle: () => void;
  text: string;
  hint: string;
}

function Consent({ id, agreed, missing = false, onToggle, text, hint }: ConsentProps) {
  return (
    <Press id={id} className={`consent ${missing ? 'consent--missing' : ''}`} onPress={onToggle} label={text}>
      <View className={`consent__box ${agreed ? 'is-chosen' : ''}`}>
        {agreed ? <Icon name="check" className="consent__check" /> : null}
      </View>
      <View className="consent__text">
        <Text>{text}</Text>
        <Text className="join__weak">{hint}</Text>
      </View>
    </Press>
  );
}

const benefits = ['收货后送复购券，下次直接减', '订单、券和服务都记在一个账户里', '随时可以查看、更正或删除您的资料'];

function Benefits() {
  return (
    <View className="card">
      {benefits.map((text) => (
        <View key={text} className="join__benefit">
          <Icon name="check" className="join__tick" />
          <Text>{text}</Text>
        </View>
      ))}
    </View>
  );
}

const phoneRefusalText: Record<PhoneRefusal, string> = {
  none: '没有拿到手机号。',
  refused: '没有同意隐私指引，就拿不到手机号。',
  undeclared: '手机号加入还没有开放，请稍后再试。',
  exhausted: '手机号验证暂时用不了，请稍后再试。',
};

/** Joining itself: the number is only asked for after she agreed, because each time costs and can't be unasked. */
function useJoining(offer: JoinOffer, query: Query<JoinOffer>) {
  const [service, setService] = useState(false);
  const [agreed, setAgreed] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const purposes = service ? [ConsentPurpose.Membership, ConsentPurpose.GuideService] : [ConsentPurpose.Membership];
  const onProblem = (problem: ApiProblem) => {
    setFault(textOf(problem));
    if (problem.type === ProblemType.JoinOfferChanged) void query.reload();
    if (problem.type === ProblemType.AlreadyMember) back();
  };
  const onCode = (phoneCode: string) => {
    if (busy) return;
    setBusy(true);
    setFault(null);
    join({ phoneCode, policyVersion: offer.policyVersion, purposes, offerTouchId: offer.offerTouchId })
      .then((me) => {
        setMe(me);
        say('欢迎加入');
        back();
      })
      .catch((thrown: unknown) => onProblem(asProblem(thrown)))
      .finally(() => setBusy(false));
  };
  return { service, setService, agreed, setAgreed, fault, setFault, busy, onCode };
}

function Content({ offer, query }: { offer: JoinOffer; query: Query<JoinOffer> }) {
  const state = useJoining(offer, query);
  return (
    <View className="page page--with-bar join">
      <View className="join__head">
        <Text className="join__title">加入会员</Text>
        <Text className="join__weak">不加入也可以照常浏览和购买。</Text>
      </View>
      <WhoServes offer={offer} />
      <Benefits />
      <View className="card">
        {state.fault === null ? null : <Text className="join__fault">{state.fault}</Text>}
        <Consent
          id="consent-membership"
          agreed={state.agreed}
          missing={state.fault !== null && !state.agreed}
          onToggle={() => state.setAgreed(!state.agreed)}
          text="我已阅读并同意会员服务与隐私说明"
          hint={`用您的手机号建立账户，${offer.policyVersion} 版`}
        />
        <Consent
          id="consent-guide-service"
          agreed={state.service}
          onToggle={() => state.setService(!state.service)}
          text="可选：让导购看到打码的称呼和尾号"
          hint="方便 ta 认出您，不同意也能加入。"
        />
        <Press className="join__policy" onPress={() => go('policy', { version: offer.policyVersion })}>
          阅读会员服务与隐私说明
        </Press>
        <ContractLink before="继续加入，即同意微信的" />
      </View>
      <View className="action-bar">
        <Press id="not-now" className="join__later button button--quiet" onPress={back}>
          暂不加入
        </Press>
        {state.agreed ? (
          <PhoneButton
            className="join__go action-bar__grow button button--primary"
            disabled={state.busy}
            onCode={state.onCode}
            onRefused={(why) => state.setFault(`${phoneRefusalText[why]}不加入也可以照常购买。`)}
          >
            {state.busy ? '正在加入' : '用手机号加入'}
          </PhoneButton>
        ) : (
          <Press
            id="join-needs-consent"
            className="action-bar__grow button button--primary"
            onPress={() => state.setFault('请先勾选同意会员服务与隐私说明。')}
          >
            用手机号加入
          </Press>
        )}
      </View>
      <PrivacySheet />
    </View>
  );
}

export default function JoinPage() {
  const joined = useSession((state) => state.me?.joinedAt != null);
  const query = useQuery('join-offer', fetchJoinOffer);
  if (joined) {
    return <Notice kind="empty" icon="check" title="您已经是会员了" action={{ text: '返回', onPress: back }} />;
  }
  return (
    <Screen of={query} skeleton={<ListSkeleton count={3} />}>
      {(offer) => <Content offer={offer} query={query} />}
    </Screen>
  );
}
