import { useCallback, useEffect, useRef, useState } from 'react';
import { type ApiProblem, asProblem } from '../../api/problem';

export interface Query<T> {
  data: T | null;
  problem: ApiProblem | null;
  loading: boolean;
  /** Asks again; what is shown stays until the answer comes. */
  reload: () => Promise<void>;
  /** Shows this from now on, e.g. the answer of an action. */
  replace: (data: T) => void;
}

/** Asks when the page opens and whenever `key` changes; a null key waits. The answer to an older key is dropped. */
export function useQuery<T>(key: string | null, ask: () => Promise<T>): Query<T> {
  const [state, setState] = useState<Pick<Query<T>, 'data' | 'problem' | 'loading'>>({
    data: null,
    problem: null,
    loading: true,
  });
  const current = useRef(0);
  const question = useRef(ask);
  question.current = ask;

  const reload = useCallback(async () => {
    const turn = ++current.current;
    setState((before) => ({ ...before, loading: true }));
    try {
      const data = await question.current();
      if (turn === current.current) setState({ data, problem: null, loading: false });
    } catch (thrown) {
      if (turn === current.current) {
        setState((before) => ({ data: before.data, problem: asProblem(thrown), loading: false }));
      }
    }
  }, []);

  // `key` names the question; a new key asks again.
  useEffect(() => {
    if (key !== null) void reload();
    return () => {
      current.current += 1;
    };
  }, [key, reload]);

  const replace = useCallback((data: T) => {
    current.current += 1;
    setState({ data, problem: null, loading: false });
  }, []);
  return { ...state, reload, replace };
}
