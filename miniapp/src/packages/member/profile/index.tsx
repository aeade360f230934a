import { ProblemType } from '@mall/shared/problems';
import type { MyNickname } from '@mall/shared/texts';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { changeNickname, fetchNickname } from '../../../api/member-endpoints';
import { type ApiProblem, textOf } from '../../../api/problem';
import { Field } from '../../../components/Field';
import { Press } from '../../../components/Press';
import { PrivacySheet } from '../../../components/PrivacySheet';
import { Screen } from '../../../components/Screen';
import { ListSkeleton } from '../../../components/Skeleton';
import { say } from '../../../platform/feedback';
import { type Query, useQuery } from '../../../state/queries/use-query';
import { refreshMe } from '../../../state/session';
import { useAction } from '../../../state/use-action';
import './index.scss';

const LONGEST = 20;

interface Of {
  mine: MyNickname;
  query: Query<MyNickname>;
}

function faultOf(problem: ApiProblem): string {
  if (problem.type === ProblemType.TextRefused) return `这个昵称${problem.problem?.detail ?? '不能使用，换一个就好'}`;
  return problem.type === ProblemType.ValidationFailed ? `昵称为 1 到 ${LONGEST} 个字` : textOf(problem);
}

function useForm({ mine, query }: Of) {
  // What she wrote last: it is what she would go on with.
  const written = mine.waiting?.text ?? mine.shown ?? '';
  const [text, setText] = useState(written);
  const [fault, setFault] = useState<string | null>(null);
  const change = (next: string) => {
    setText(next);
    setFault(null);
  };
  const save = useAction(
    async () => {
      const nickname = text.trim();
      if (nickname === '') return setFault('写一个您喜欢的称呼');
      const saved = await changeNickname({ nickname });
      query.replace(saved);
      setText(nickname);
      say(saved.waiting === null ? '已保存' : '已收到，正在确认');
      void refreshMe();
    },
    (problem) => {
      setFault(faultOf(problem));
      void query.reload();
    },
  );
  return { text, fault, change, save, unchanged: text.trim() === written };
}

/** What became of the name that she wrote last. */
function State({ mine }: { mine: MyNickname }) {
  if (mine.waiting !== null) {
    return (
      <View className="profile__state">
        <Text className="profile__state-title">{`您的新昵称“${mine.waiting.text}”正在确认`}</Text>
        <Text className="profile__state-text">
          {mine.shown === null ? '通过后就会显示，一般很快。' : `通过前仍显示“${mine.shown}”，一般很快。`}
        </Text>
      </View>
    );
  }
  if (mine.refused === null) return null;
  return (
    <View className="profile__state">
      <Text className="profile__state-title">{`“${mine.refused.text}”没有通过`}</Text>
      <Text className="profile__state-text">{mine.refused.reason}</Text>
      <Text className="profile__state-text">在上面改好，再保存一次。</Text>
    </View>
  );
}

function Content({ mine, query }: Of) {
  const form = useForm({ mine, query });
  return (
    <View className="page page--with-bar profile">
      <View className="card">
        <Field
          id="nickname"
          label="昵称"
          value={form.text}
          placeholder="怎么称呼您"
          type="nickname"
          maxLength={LONGEST}
          fault={form.fault}
          onChange={form.change}
          onLeave={form.change}
        />
        <Text className="profile__weak">导购只看得到第一个字，想不写也可以。</Text>
        {form.fault === null ? <State mine={mine} /> : null}
      </View>
      <View className="action-bar">
        <Press
          id="save-nickname"
          className="action-bar__grow button button--primary"
          disabled={form.unchanged}
          busy={form.save.busy}
          onPress={form.save.run}
        >
          保存
        </Press>
      </View>
      {/* WeChat counts its nickname keyboard as private: without a sheet the answer would be no, unasked. */}
      <PrivacySheet />
    </View>
  );
}

export default function ProfilePage() {
  const query = useQuery('nickname', fetchNickname);
  return (
    <Screen of={query} skeleton={<ListSkeleton count={1} />}>
      {(mine) => <Content mine={mine} query={query} />}
    </Screen>
  );
}
