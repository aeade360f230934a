import type { Page } from '@mall/shared/paging';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type ApiProblem, asProblem } from '../../api/problem';

interface PagedState<T> {
  items: T[];
  cursor: string | null;
  loading: boolean;
  /** True once the first page has come. */
  ready: boolean;
  problem: ApiProblem | null;
}

export interface Paged<T> extends PagedState<T> {
  /** From the first page again. */
  reload: () => Promise<void>;
  /** The next page, if there is one and none is under way. */
  more: () => Promise<void>;
  /** The first page again, unseen: changed rows are exchanged, new ones come on top, no answer changes nothing. */
  look: (idOf: (item: T) => string) => Promise<void>;
}

function renewed<T>(shown: readonly T[], page: readonly T[], idOf: (item: T) => string): T[] {
  const fresh = new Map(page.map((item) => [idOf(item), item]));
  const kept = shown.map((item) => fresh.get(idOf(item)) ?? item);
  const known = new Set(shown.map(idOf));
  return [...page.filter((item) => !known.has(idOf(item))), ...kept];
}

const nothing = { items: [], cursor: null, loading: true, ready: false, problem: null };

/** A list in pages. A new `key` starts over; a null key waits. Pages of an older key are dropped. */
export function usePaged<T>(key: string | null, ask: (cursor: string | undefined) => Promise<Page<T>>): Paged<T> {
  const [state, setState] = useState<PagedState<T>>(nothing);
  const latest = useRef(state);
  latest.current = state;
  const turnOf = useRef(0);
  const question = useRef(ask);
  question.current = ask;
  const busy = useRef(false);

  const load = useCallback(async (cursor: string | undefined) => {
    const turn = ++turnOf.current;
    busy.current = true;
    setState((before) => ({ ...before, loading: true, problem: null }));
    try {
      const page = await question.current(cursor);
      if (turn !== turnOf.current) return;
      const items = cursor === undefined ? page.items : [...latest.current.items, ...page.items];
      // The bottom may be reached again before this is drawn: the next page is asked for then, not this one.
      latest.current = { items, cursor: page.nextCursor, loading: false, ready: true, problem: null };
      setState(latest.current);
    } catch (thrown) {
      if (turn === turnOf.current) setState((before) => ({ ...before, loading: false, problem: asProblem(thrown) }));
    }
    if (turn === turnOf.current) busy.current = false;
  }, []);

  const reload = useCallback(() => load(undefined), [load]);
  const more = useCallback(async () => {
    const { cursor } = latest.current;
    if (cursor !== null && !busy.current) await load(cursor);
  }, [load]);

  const look = useCallback(async (idOf: (item: T) => string) => {
    const turn = turnOf.current;
    try {
      const { items } = await question.current(undefined);
      // Whatever has been asked for meanwhile is at least as new.
      if (turn !== turnOf.current) return;
      setState((before) => ({ ...before, items: renewed(before.items, items, idOf) }));
    } catch {
      // Nobody has asked for this answer.
    }
  }, []);

  // `key` names the list; a new key starts over.
  useEffect(() => {
    setState(nothing);
    if (key !== null) void load(undefined);
    return () => {
      turnOf.current += 1;
    };
  }, [key, load]);

  return { ...state, reload, more, look };
}
