import { useDidShow, useLaunch } from '@tarojs/taro';
import type { PropsWithChildren } from 'react';
import { entryOf, watchEntries } from './platform/entry';
import { land } from './state/landing';
import { refreshMe } from './state/session';
import './app.scss';

function App({ children }: PropsWithChildren) {
  useLaunch(() => {
    void refreshMe();
    watchEntries((entry) => void land(entry));
  });
  // On every onShow: a warm start does not launch again.
  useDidShow((options) => void land(entryOf(options)));
  return children;
}

export default App;
