import { useCallback, useRef, useState } from 'react';
import { type ApiProblem, asProblem, textOf } from '../api/problem';
import { say } from '../platform/feedback';

/**
 * Something that a button does. While it runs, `busy` is true and a second press does nothing; a refusal goes to
 * `onProblem`, or is said in one sentence.
 */
export function useAction(
  work: () => Promise<void>,
  onProblem: (problem: ApiProblem) => void = (problem) => say(textOf(problem)),
): { busy: boolean; run: () => void } {
  const [busy, setBusy] = useState(false);
  // State arrives with the next drawing; two quick taps come before it.
  const running = useRef(false);
  const latest = useRef({ work, onProblem });
  latest.current = { work, onProblem };
  const run = useCallback(() => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    latest.current
      .work()
      .catch((thrown: unknown) => latest.current.onProblem(asProblem(thrown)))
      .finally(() => {
        running.current = false;
        setBusy(false);
      });
  }, []);
  return { busy, run };
}
