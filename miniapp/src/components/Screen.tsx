import { ProblemType } from '@mall/shared/problems';
import { View } from '@tarojs/components';
import { usePullDownRefresh, useReachBottom } from '@tarojs/taro';
import type { ReactNode } from 'react';
import { type ApiProblem, textOf } from '../api/problem';
import { stopPullDown } from '../platform/feedback';
import { back, go } from '../platform/navigation';
import type { Paged } from '../state/queries/use-paged';
import type { Query } from '../state/queries/use-query';
import { InBoxes } from './InBoxes';
import { Notice } from './Notice';
import { Press } from './Press';
import './Screen.scss';

/** A refusal as a whole screen: no permission, not there, or an error that can be retried. */
export function ProblemNotice({ problem, retry }: { problem: ApiProblem; retry: () => void }) {
  switch (problem.type) {
    case ProblemType.Forbidden:
    case ProblemType.NotGuide:
      return (
        <Notice
          kind="forbidden"
          icon="shield"
          title={textOf(problem)}
          hint="如果您应当能看到，请联系门店。"
          action={{ text: '去首页', onPress: () => go('home') }}
        />
      );
    case ProblemType.NotMember:
      return (
        <Notice
          kind="forbidden"
          icon="shield"
          title={textOf(problem)}
          action={{ text: '去看看', onPress: () => go('join') }}
        />
      );
    case ProblemType.NotFound:
    case ProblemType.InvitationInvalid:
      return <Notice kind="error" icon="search" title={textOf(problem)} action={{ text: '返回', onPress: back }} />;
    default:
      return <Notice kind="error" icon="close" title={textOf(problem)} action={{ text: '再试一次', onPress: retry }} />;
  }
}

interface ScreenProps<T> {
  of: Query<T>;
  skeleton: ReactNode;
  /** Shown instead of the content when it says so. */
  empty?: { when: (data: T) => boolean; notice: ReactNode };
  children: (data: T) => ReactNode;
}

/** One answer in its five states; pulling down asks again. */
export function Screen<T>({ of, skeleton, empty, children }: ScreenProps<T>) {
  usePullDownRefresh(() => void of.reload().finally(stopPullDown));
  if (of.data !== null) return <>{empty?.when(of.data) ? empty.notice : children(of.data)}</>;
  if (of.problem !== null && !of.loading) {
    return <ProblemNotice problem={of.problem} retry={() => void of.reload()} />;
  }
  return <>{skeleton}</>;
}

interface PagedProps<T> {
  of: Paged<T>;
  skeleton: ReactNode;
  empty: ReactNode;
  children: (items: T[]) => ReactNode;
}

/** A list in its five states; pulling down starts over, the bottom brings the next page. */
export function PagedScreen<T>({ of, skeleton, empty, children }: PagedProps<T>) {
  usePullDownRefresh(() => void of.reload().finally(stopPullDown));
  useReachBottom(() => void of.more());
  if (!of.ready && of.problem !== null) return <ProblemNotice problem={of.problem} retry={() => void of.reload()} />;
  if (!of.ready) return <>{skeleton}</>;
  if (of.items.length === 0) return <>{empty}</>;
  return (
    <>
      <InBoxes of={of.items}>{children}</InBoxes>
      <View>
        <PageFoot of={of} />
      </View>
    </>
  );
}

/** A page that does not fill the screen has no bottom to reach: the foot can be tapped as well. */
function PageFoot({ of }: { of: Pick<Paged<unknown>, 'problem' | 'cursor' | 'loading' | 'more' | 'items'> }) {
  if (of.problem !== null || (of.cursor !== null && !of.loading)) {
    return (
      <Press className="page-foot page-foot--more" onPress={() => void of.more()}>
        {of.problem === null ? '看更多' : '没能取到更多，点这里再试'}
      </Press>
    );
  }
  if (of.loading) return <View className="page-foot">正在取更多</View>;
  return of.items.length > 6 ? <View className="page-foot">都在这里了</View> : null;
}
