import { View } from '@tarojs/components';
import type { ReactNode } from 'react';

/** Even, because some lists have two columns. */
const TOGETHER = 20;

interface Props<T> {
  of: readonly T[];
  children: (box: T[]) => ReactNode;
}

/**
 * A list of any length, twenty rows to a box: WeChat is slow where more than 60 nodes lie on one level. Nothing else
 * lies beside the boxes: Taro sends every child of a node again when one is put in before another or goes away.
 */
export function InBoxes<T>({ of, children }: Props<T>) {
  const count = Math.ceil(of.length / TOGETHER);
  return (
    <View>
      {Array.from({ length: count }, (_none, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a box is its place in the list; its rows have keys of their own.
        <View key={at}>{children(of.slice(at * TOGETHER, (at + 1) * TOGETHER))}</View>
      ))}
    </View>
  );
}
