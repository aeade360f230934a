import { ContactPreference, type MyGuide } from '@mall/shared/membership';
import { ProblemType } from '@mall/shared/problems';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { changeMyGuide, chooseContact, fetchMyGuide } from '../../../api/member-endpoints';
import { type ApiProblem, asProblem, textOf } from '../../../api/problem';
import { GuideBadge } from '../../../components/GuideBadge';
import { Icon } from '../../../components/Icon';
import { Press } from '../../../components/Press';
import { Screen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { dayText } from '../../../platform/clock';
import { confirm, say } from '../../../platform/feedback';
import { type Query, useQuery } from '../../../state/queries/use-query';
import { refreshMe } from '../../../state/session';
import { useAction } from '../../../state/use-action';
import { guideText } from '../../../strings';
import { ContactCode } from './ContactCode';
import './index.scss';

interface Of {
  mine: MyGuide;
  query: Query<MyGuide>;
}

interface ChoiceProps {
  id?: string;
  title: string;
  hint: string;
  chosen: boolean;
  onPress: () => void;
}

function Choice({ id, title, hint, chosen, onPress }: ChoiceProps) {
  return (
    <Press id={id} className="choice" label={title} onPress={onPress}>
      <View className="choice__text">
        <Text className="choice__title">{title}</Text>
        <Text className="my-guide__weak">{hint}</Text>
      </View>
      <View className={`choice__mark ${chosen ? 'is-chosen' : ''}`}>
        {chosen ? <Icon name="check" className="choice__check" /> : null}
      </View>
    </Press>
  );
}

function Present({ guide }: { guide: MyGuide['guide'] }) {
  if (guide === null) {
    return (
      <View className="card my-guide__present">
        <Text className="my-guide__label">现在没有专属导购</Text>
        <Text className="my-guide__weak">总部客服会照应您的订单。</Text>
      </View>
    );
  }
  return (
    <View className="card my-guide__present">
      <GuideBadge guide={guide} suffix={guide.isServing ? '为您服务' : ''} />
      <Text className="my-guide__weak">
        {guide.isServing
          ? `从 ${dayText(guide.since)} 起照应您，您的订单由 ta 跟进。`
          : 'ta 暂时不在岗，您的订单由门店跟进，也可以换一位。'}
      </Text>
    </View>
  );
}

function problemText(problem: ApiProblem): string {
  switch (problem.type) {
    case ProblemType.GuideChangeTooSoon: {
      const next = problem.member('nextChangeAt');
      return typeof next === 'number' ? `${dayText(next)} 之后可以再换。` : '30 天内可以换一次，请过些天再换。';
    }
    case ProblemType.GuideNotServing:
      return '这位导购暂时不能为您服务，请换一位。';
    default:
      return textOf(problem);
  }
}

const NONE = 'none';

/** The choice of another guide, and what pressing the button does with it. */
function useChange({ mine, query }: Of) {
  const [chosen, setChosen] = useState<string | null>(null);
  const change = useAction(
    async () => {
      if (chosen === null) return;
      const guide = mine.choices.find(({ id }) => id === chosen);
      const agreed = await confirm({
        title: guide === undefined ? '不再指定导购' : `换成${guide.name}`,
        content: '换过之后要过一段时间才能再换。以前的订单仍由原来的导购跟进。',
        agree: '确定',
      });
      if (!agreed) return;
      query.replace(await changeMyGuide({ guideId: guide?.id ?? null }));
      setChosen(null);
      say(guide === undefined ? '已不再指定导购' : `以后由${guide.name}为您服务`);
      void refreshMe();
    },
    (problem) => {
      say(problemText(problem));
      void query.reload();
    },
  );
  return { chosen, setChosen, change };
}

/** 30 days are HQ's setting: the sentence names the date that the server gives, not the number. */
function Change({ mine, query }: Of) {
  const { chosen, setChosen, change } = useChange({ mine, query });
  const closed = mine.nextChangeAt !== null;
  return (
    <View className="card">
      <Text className="my-guide__label">换一位</Text>
      {closed ? (
        <Text className="my-guide__weak">{`您最近换过，${dayText(mine.nextChangeAt ?? 0)} 之后可以再换。`}</Text>
      ) : (
        <>
          {mine.choices.slice(0, 30).map((guide) => (
            <Choice
              key={guide.id}
              title={guideText(guide)}
              hint="在岗，可以马上为您服务"
              chosen={chosen === guide.id}
              onPress={() => setChosen(guide.id)}
            />
          ))}
          {mine.guide === null ? null : (
            <Choice
              id="choose-nobody"
              title="不指定导购"
              hint="由总部客服照应"
              chosen={chosen === NONE}
              onPress={() => setChosen(NONE)}
            />
          )}
          {mine.guide === null && mine.choices.length === 0 ? (
            <Text className="my-guide__weak">打开过哪位导购的分享，这里就可以选 ta。</Text>
          ) : (
            <Press
              id="change-guide"
              className="my-guide__change button button--quiet"
              disabled={chosen === null}
              busy={change.busy}
              onPress={change.run}
            >
              确定更换
            </Press>
          )}
        </>
      )}
    </View>
  );
}

const preferences: { key: ContactPreference; title: string; hint: string }[] = [
  { key: ContactPreference.Guide, title: '导购可以联系我', hint: '有新品、券快到期时，ta 会告诉您。' },
  { key: ContactPreference.HqOnly, title: '只由总部联系', hint: '导购不会主动找您，总部消息里可以点“问我的导购”。' },
  { key: ContactPreference.Nobody, title: '都不要联系我', hint: '只收订单和售后的必要通知。' },
];

/** Shown as chosen at once; taken back with the reason when the server refuses. */
function Contact({ mine, query }: Of) {
  const [wanted, setWanted] = useState<ContactPreference | null>(null);
  const save = async (contactPreference: ContactPreference) => {
    if (wanted !== null || contactPreference === mine.contactPreference) return;
    setWanted(contactPreference);
    try {
      query.replace(await chooseContact({ contactPreference }));
      say('已保存');
    } catch (thrown) {
      say(problemText(asProblem(thrown)));
    }
    setWanted(null);
  };
  const shown = wanted ?? mine.contactPreference;
  return (
    <View className="card">
      <Text className="my-guide__label">谁可以联系我</Text>
      {preferences.map(({ key, title, hint }) => (
        <Choice
          key={key}
          id={`contact-${key}`}
          title={title}
          hint={hint}
          chosen={shown === key}
          onPress={() => void save(key)}
        />
      ))}
    </View>
  );
}

export default function MyGuidePage() {
  const query = useQuery('my-guide', fetchMyGuide);
  return (
    <Screen of={query} skeleton={<ListSkeleton count={3} />}>
      {(mine) => (
        <View className="page my-guide">
          <Present guide={mine.guide} />
          {mine.guide !== null && mine.contactPreference === ContactPreference.Guide ? (
            <ContactCode key={mine.guide.id} />
          ) : null}
          <Contact mine={mine} query={query} />
          <Change mine={mine} query={query} />
        </View>
      )}
    </Screen>
  );
}
