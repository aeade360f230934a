import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { type ApiProblem, asProblem, textOf } from '../api/problem';
import { say } from '../platform/feedback';

/**
 * Something that a button does. While it runs, `busy` is true and a second press does nothing, until what came of it has
 * been drawn: the button may be gone then. A refusal goes to `onProblem`, or is said in one sentence.
 */
export function useAction(
  work: () => Promise<void>,
  onProblem: (problem: ApiProblem) => void = (problem) => say(textOf(problem)),
): { busy: boolean; run: () => void } {
  // A new object each time: also work that ends within one drawing is noticed below.
  const [state, setState] = useState({ busy: false });
  // State arrives with the next drawing; two quick taps come before it.
  const running = useRef(false);
  useLayoutEffect(() => {
    running.current = state.busy;
  }, [state]);
  const latest = useRef({ work, onProblem });
  latest.current = { work, onProblem };
  const run = useCallback(() => {
    if (running.current) return;
    running.current = true;
    setState({ busy: true });
    latest.current
      .work()
      .catch((thrown: unknown) => latest.current.onProblem(asProblem(thrown)))
      .finally(() => setState({ busy: false }));
  }, []);
  return { busy: state.busy, run };
}
