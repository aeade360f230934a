import { useDidShow } from '@tarojs/taro';
import { useRef } from 'react';

/** Does `work` when the page is shown again: on the way back from a page that may have changed something. */
export function useReturn(work: () => void): void {
  const shown = useRef(false);
  useDidShow(() => {
    if (shown.current) work();
    shown.current = true;
  });
}
