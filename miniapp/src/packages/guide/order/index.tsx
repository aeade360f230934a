import type { AttributionCandidateView, Dispute, GuideAttribution } from '@mall/shared/disputes';
import { Input, Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { fetchGuideAttribution, openDispute, withdrawDispute } from '../../../api/guide-endpoints';
import { Press } from '../../../components/Press';
import { Screen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { momentText, shortMomentText } from '../../../platform/clock';
import { confirm, say } from '../../../platform/feedback';
import { type Query, useQuery } from '../../../state/queries/use-query';
import { useAction } from '../../../state/use-action';
import { yuanText } from '../../../theme/price';
import { FactRow } from '../fact-row';
import { appealProblemText, disputeStateText } from '../guide-words';
import './index.scss';

const kindText: Record<AttributionCandidateView['kind'], string> = {
  binding: '专属服务关系',
  touch: '打开分享',
  coupon: '导购的券',
};

/** One who was considered: herself by name, anybody else without (R2.6). */
function Candidate({ candidate }: { candidate: AttributionCandidateView }) {
  const { kind, isMine, guideName, outcome, sentence, at } = candidate;
  const who = isMine ? '我' : (guideName ?? '另一位导购');
  return (
    <View className={`candidate candidate--${outcome}`}>
      <View className="candidate__dot" />
      <View className="candidate__text">
        <View className="candidate__head">
          <Text className="candidate__who">{`${who} · ${kindText[kind]}`}</Text>
          <Text className="candidate__outcome">{outcome === 'won' ? '归属' : '没有归属'}</Text>
        </View>
        <Text className="candidate__sentence">{sentence}</Text>
        {at === null ? null : <Text className="candidate__at">{shortMomentText(at)}</Text>}
      </View>
    </View>
  );
}

function disputeNext({ state, movedFen }: Dispute): string {
  if (state === 'open') return '下单时的依据已经封存，总部看过后会在这里答复。';
  if (state === 'granted') {
    return movedFen === null ? '归属已调整。' : `归属已调整，${yuanText(movedFen)} 佣金记到您名下。`;
  }
  return state === 'refused' ? '归属不变。' : '您撤回了这次申诉。';
}

function DisputeCard({ dispute, onWithdraw, busy }: { dispute: Dispute; onWithdraw: () => void; busy: boolean }) {
  return (
    <View className={`card dispute dispute--${dispute.state}`}>
      <Text className="dispute__state">{disputeStateText[dispute.state]}</Text>
      <Text className="attribution__weak">{disputeNext(dispute)}</Text>
      {dispute.reason === null ? null : <Text className="dispute__reason">{`总部：${dispute.reason}`}</Text>}
      {dispute.note === null ? null : <FactRow name="我的说明" value={dispute.note} />}
      <FactRow name="提交" value={momentText(dispute.openedAt)} />
      {dispute.decidedAt === null ? null : <FactRow name="答复" value={momentText(dispute.decidedAt)} />}
      {dispute.state === 'open' ? (
        <Press id="withdraw-dispute" className="dispute__withdraw" busy={busy} onPress={onWithdraw}>
          撤回申诉
        </Press>
      ) : null}
    </View>
  );
}

/** The two things that she can do about it; each answer is the state from then on. */
function useAppeal(query: Query<GuideAttribution>, orderId: string, note: string) {
  const onProblem = (problem: Parameters<typeof appealProblemText>[0]) => {
    say(appealProblemText(problem));
    if (problem.status >= 400 && problem.status < 500) void query.reload();
  };
  const appeal = useAction(async () => {
    const words = note.trim();
    query.replace(await openDispute(orderId, words === '' ? {} : { note: words }));
    say('申诉已提交');
  }, onProblem);
  const withdraw = useAction(async () => {
    const agreed = await confirm({ title: '撤回申诉', content: '撤回后，这一单不能再次申诉。', agree: '撤回' });
    if (agreed) query.replace(await withdrawDispute(orderId));
  }, onProblem);
  return { appeal, withdraw };
}

/** What counts now: a decision of HQ moves the commission, not the frozen decision below it. */
function headText({ isMine, dispute }: GuideAttribution): string {
  if (dispute?.state === 'granted') return '佣金已调整给我';
  return isMine ? '这一单归我' : '这一单没归我';
}

function Content({ attribution, query }: { attribution: GuideAttribution; query: Query<GuideAttribution> }) {
  const [note, setNote] = useState('');
  const { appeal, withdraw } = useAppeal(query, attribution.orderId, note);
  const { isMine, sentence, candidates, dispute } = attribution;
  const { allowed, refusal } = attribution.appeal;
  return (
    <View className={`page attribution ${allowed ? 'page--with-bar' : ''}`}>
      <View className="attribution__head">
        <Text className="attribution__title">{headText(attribution)}</Text>
        <Text className="attribution__weak">{dispute?.state === 'granted' ? `下单时：${sentence}` : sentence}</Text>
      </View>
      {dispute === null ? null : <DisputeCard dispute={dispute} onWithdraw={withdraw.run} busy={withdraw.busy} />}
      <View className="card">
        <Text className="attribution__label">依据</Text>
        {candidates.map((candidate) => (
          <Candidate
            key={`${candidate.kind}${candidate.outcome}${candidate.at}${candidate.sentence}`}
            candidate={candidate}
          />
        ))}
        {candidates.length === 0 ? <Text className="attribution__weak">没有可以比较的依据。</Text> : null}
      </View>
      <View className="card">
        <FactRow name="单号" value={attribution.orderNumber} />
        <FactRow name="判定" value={momentText(attribution.decidedAt)} />
      </View>
      {allowed ? (
        <>
          <View className="card attribution__note">
            <Text className="attribution__label">想补充的话（可不填）</Text>
            <Input
              id="dispute-note"
              className="attribution__input"
              value={note}
              maxlength={200}
              placeholder="比如：顾客是我在店里接待的"
              onInput={(event) => setNote(event.detail.value)}
            />
          </View>
          <View className="action-bar">
            <Press id="appeal" className="action-bar__grow button button--pine" busy={appeal.busy} onPress={appeal.run}>
              {appeal.busy ? '正在提交' : '申诉这个归属'}
            </Press>
          </View>
        </>
      ) : refusal === null || isMine || dispute !== null ? null : (
        <View className="attribution__closed">{refusal}</View>
      )}
    </View>
  );
}

export default function GuideOrderPage() {
  const { id = '' } = useRouter().params;
  const query = useQuery(id, () => fetchGuideAttribution(id));
  return (
    <Screen of={query} skeleton={<ListSkeleton count={3} />}>
      {(attribution) => <Content attribution={attribution} query={query} />}
    </Screen>
  );
}
