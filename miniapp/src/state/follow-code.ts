/** HQ's printed codes all open home; where they lead can change after the print, so home asks and goes on (R2.2). */
import { type CodeTarget, CodeTargetKind } from '@mall/shared/codes';
import { useRouter } from '@tarojs/taro';
import { useEffect } from 'react';
import { go } from '../platform/navigation';
import { openedTarget } from './landing';
import { refreshMe, useSession } from './session';

async function follow({ kind, id }: CodeTarget): Promise<void> {
  if (kind === CodeTargetKind.Product && id !== null) go('product', { id });
  if (kind === CodeTargetKind.Brand && id !== null) go('list', { brandId: id });
  if (kind !== CodeTargetKind.Join) return;
  if (useSession.getState().me === null) await refreshMe();
  // Who has joined is not asked again, nor is she of whom nobody knows whether she has.
  if (useSession.getState().me?.joinedAt === null) go('join', {});
}

/** Once for each arrival: every scan opens the page anew, and coming back to it is no scan. */
export function useFollowCode(): void {
  const { params } = useRouter();
  const { s, scene } = params;
  useEffect(() => {
    openedTarget({ s, scene })
      .then((target) => (target === null ? undefined : follow(target)))
      // Who can't be told the way stays at home, where everything can be found.
      .catch(() => undefined);
  }, [s, scene]);
}
