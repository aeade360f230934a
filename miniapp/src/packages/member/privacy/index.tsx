import { ConsentPurpose } from '@mall/shared/membership';
import { type AccountClosurePreview, ConsentState, type ConsentView, type MyConsents } from '@mall/shared/privacy';
import { ProblemType } from '@mall/shared/problems';
import { Text, View } from '@tarojs/components';
import {
  askForExport,
  changeConsent,
  closeAccount,
  fetchClosure,
  fetchConsents,
  fetchNewestExport,
} from '../../../api/privacy-endpoints';
import { textOf } from '../../../api/problem';
import { Press } from '../../../components/Press';
import { ContractLink } from '../../../components/PrivacySheet';
import { Screen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { dayText } from '../../../platform/clock';
import { confirm, say } from '../../../platform/feedback';
import { go } from '../../../platform/navigation';
import { loginCode } from '../../../platform/wechat';
import { type Query, useQuery } from '../../../state/queries/use-query';
import { startAnew, useSession } from '../../../state/session';
import { useAction } from '../../../state/use-action';
import './index.scss';

function standingText({ state, at, policyVersion }: ConsentView): string {
  const day = at === null ? '' : dayText(at);
  switch (state) {
    case ConsentState.Granted:
      return `${day} 同意（${policyVersion} 版）`;
    case ConsentState.Withdrawn:
      return `${day} 撤回`;
    case ConsentState.Outdated:
      return `${day} 同意过旧版说明，内容有变化，请看过再选`;
    default:
      return '没有同意过';
  }
}

function Purpose({ view, query }: { view: ConsentView; query: Query<MyConsents> }) {
  const granted = view.state === ConsentState.Granted;
  // Agreed to by joining, ended by closing the account: here only a changed wording can be agreed to.
  const fixed = !view.mayWithdraw && view.state !== ConsentState.Outdated;
  const change = useAction(async () => {
    const act = granted ? 'withdraw' : 'grant';
    if (granted && !(await confirm({ title: `撤回“${view.title}”`, content: view.withdrawal, agree: '撤回' }))) return;
    const policyVersion = query.data?.policyVersion ?? '';
    query.replace(await changeConsent({ purpose: view.purpose, act, policyVersion }));
    say(granted ? '已撤回，马上生效' : '已同意');
  });
  return (
    <View className="privacy__purpose">
      <Text className="privacy__title">{view.title}</Text>
      <Text className="privacy__weak">{view.text}</Text>
      <Text className="privacy__weak">{standingText(view)}</Text>
      {fixed ? (
        <Text className="privacy__weak">{granted ? view.withdrawal : '加入会员时再同意就可以。'}</Text>
      ) : (
        <Press
          id={`consent-${view.purpose}`}
          className="privacy__button button button--quiet"
          busy={change.busy}
          onPress={change.run}
        >
          {granted ? '撤回' : '同意'}
        </Press>
      )}
    </View>
  );
}

function Export() {
  const query = useQuery('data-export', fetchNewestExport);
  const ask = useAction(
    async () => {
      query.replace(await askForExport());
      say('正在整理，稍后回来查看');
    },
    // "In a while" would be wrong: the next one is tomorrow's.
    (problem) => say(problem.type === ProblemType.RateLimited ? '今天已经整理过一份，请明天再来' : textOf(problem)),
  );
  const newest = query.data;
  return (
    <View className="card">
      <Text className="privacy__label">导出我的资料</Text>
      <Text className="privacy__weak">资料、地址、同意记录、订单、优惠券和服务关系，每天可以导出一次。</Text>
      {newest?.state === 'making' ? <Text className="privacy__weak">正在整理，请稍后再来。</Text> : null}
      {newest?.state === 'ready' ? (
        <Press
          id="see-export"
          className="privacy__button button button--quiet"
          onPress={() => go('myData', { id: newest.id })}
        >
          {`查看（保存到 ${dayText(newest.expiresAt ?? 0)}）`}
        </Press>
      ) : null}
      <Press id="ask-export" className="privacy__button button button--quiet" busy={ask.busy} onPress={ask.run}>
        整理一份新的
      </Press>
    </View>
  );
}

function Points({ title, points }: { title: string; points: readonly string[] }) {
  return (
    <View className="privacy__purpose">
      <Text className="privacy__title">{title}</Text>
      {points.map((point) => (
        <Text key={point} className="privacy__point">{`· ${point}`}</Text>
      ))}
    </View>
  );
}

function Closing({ closure, query }: { closure: AccountClosurePreview; query: Query<AccountClosurePreview> }) {
  const close = useAction(async () => {
    const content = '注销后不能恢复。再次进入会是一个新的账户。';
    if (!(await confirm({ title: '注销账户', content, agree: '注销' }))) return;
    await closeAccount({ code: await loginCode(), confirmed: true });
    say('账户已注销');
    startAnew();
    go('home');
  });
  return (
    <View className="card">
      <Text className="privacy__label">注销账户</Text>
      <Points title="会删除" points={closure.erased} />
      <Points title="会保留" points={closure.kept} />
      {closure.obstacles.length === 0 ? (
        <Press
          id="close-account"
          className="privacy__button button button--quiet"
          busy={close.busy}
          onPress={close.run}
        >
          注销账户
        </Press>
      ) : (
        <>
          <Points title="现在还不能注销" points={closure.obstacles} />
          <Press className="privacy__button button button--quiet" onPress={() => void query.reload()}>
            再看一次
          </Press>
        </>
      )}
    </View>
  );
}

/** Nobody else is asked; what a guide agreed to she still sees after she left. */
function isForGuides({ purpose, state }: ConsentView): boolean {
  return purpose === ConsentPurpose.PayoutIdentity && state === ConsentState.Never;
}

/** What she agreed to, her data and the end of her account: each a press away, and each says what follows (PIPL). */
export default function PrivacyPage() {
  const consents = useQuery('consents', fetchConsents);
  const closure = useQuery('closure', fetchClosure);
  const isGuide = useSession(({ me }) => me?.guide != null);
  return (
    <View className="page privacy">
      <Screen of={consents} skeleton={<ListSkeleton count={3} />}>
        {(mine) => (
          <View className="card">
            <Text className="privacy__label">我同意了什么</Text>
            {mine.consents
              .filter((view) => isGuide || !isForGuides(view))
              .map((view) => (
                <Purpose key={view.purpose} view={view} query={consents} />
              ))}
            <Press
              id="to-policy-text"
              className="privacy__button button button--quiet"
              onPress={() => go('policy', {})}
            >
              会员服务与隐私说明
            </Press>
            <ContractLink before="微信保管的" always />
            <Press id="to-contact" className="privacy__button button button--quiet" onPress={() => go('myGuide')}>
              谁可以联系我
            </Press>
          </View>
        )}
      </Screen>
      <Export />
      <Screen of={closure} skeleton={<ListSkeleton count={1} />}>
        {(preview) => <Closing closure={preview} query={closure} />}
      </Screen>
    </View>
  );
}
