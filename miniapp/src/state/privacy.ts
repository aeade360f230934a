/** What waits for her agreement to WeChat's privacy guideline (§8), and whether a page shows the question. */
import { useDidHide, useDidShow } from '@tarojs/taro';
import { useCallback, useEffect, useRef } from 'react';
import { create } from 'zustand';
import { listenToPrivacy, type PrivacyQuestion } from '../platform/privacy';

const usePending = create<{ questions: readonly PrivacyQuestion[] }>(() => ({ questions: [] }));
/** The page on her screen that has a sheet. */
let attending: object | null = null;

function ask(question: PrivacyQuestion): void {
  // Nobody would see it, and what waits would wait for ever.
  if (attending === null) question.answer(false);
  else usePending.setState(({ questions }) => ({ questions: [...questions, question] }));
}

function answer(agreed: boolean): void {
  const { questions } = usePending.getState();
  usePending.setState({ questions: [] });
  for (const question of questions) question.answer(agreed);
}

/**
 * For the sheet of a page: what waits. Who leaves the page for good has not agreed; who only looks at the guideline
 * finds the question when she is back.
 */
export function usePrivacyQuestions() {
  const self = useRef({});
  const attend = useCallback(() => {
    if (attending === self.current) return;
    attending = self.current;
    // The last listener wins, and a page of WeChat's own may have set another.
    listenToPrivacy(ask);
  }, []);
  const turnAway = useCallback(() => {
    if (attending === self.current) attending = null;
  }, []);
  useDidShow(attend);
  useDidHide(turnAway);
  useEffect(() => {
    attend();
    return () => {
      turnAway();
      answer(false);
    };
  }, [attend, turnAway]);
  return { questions: usePending((state) => state.questions), answer };
}
