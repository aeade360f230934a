import type { Page } from '@mall/shared/paging';
import { View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import { usePaged } from '../state/queries/use-paged';
import { useReturn } from '../state/queries/use-return';
import { PagedScreen } from './Screen';
import { ListSkeleton } from './Skeleton';
import { Tabs } from './Tabs';

interface Props<T, S extends string> {
  className: string;
  /** The states that have a tab, beside "all". */
  states: readonly S[];
  textOf: (state: S) => string;
  /** The state that the address asks for; an unknown one is "all". */
  asked: string | undefined;
  ask: (state: S | undefined, cursor: string | undefined) => Promise<Page<T>>;
  empty: (state: S | undefined) => ReactNode;
  /** Asks again on the way back, because rows change on the pages behind them. */
  renew?: boolean;
  row: (item: T) => ReactNode;
}

/** One list in pages under tabs by state. */
export function TabbedList<T, S extends string>(props: Props<T, S>) {
  const find = (text: string | undefined) => props.states.find((state) => state === text);
  const [state, setState] = useState(find(props.asked));
  const list = usePaged(state ?? 'all', (cursor) => props.ask(state, cursor));
  useReturn(() => {
    if (props.renew === true) void list.reload();
  });
  const tabs = [{ key: '', text: '全部' }, ...props.states.map((key) => ({ key, text: props.textOf(key) }))];
  return (
    <View className={`page ${props.className}`}>
      <Tabs tabs={tabs} chosen={state ?? ''} onChoose={(key) => setState(find(key))} />
      <PagedScreen of={list} skeleton={<ListSkeleton />} empty={props.empty(state)}>
        {(items) => items.map(props.row)}
      </PagedScreen>
    </View>
  );
}
