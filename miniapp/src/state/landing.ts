/** Through whom this visit came. What it means for an order is decided by the server alone (R3.1). */
import type { GuideChip } from '@mall/shared/membership';
import { create } from 'zustand';
import { reportTouch } from '../api/endpoints';
import type { Entry } from '../platform/entry';
import { shareCodeOf } from './landing-code';

interface LandingState {
  guide: GuideChip | null;
}

export const useLanding = create<LandingState>(() => ({ guide: null }));

/** Tells the server that the app was opened with a share code; without one it does nothing. Never throws. */
export async function land(entry: Entry): Promise<void> {
  const shareCode = shareCodeOf(entry.query);
  if (shareCode === null) return;
  try {
    const { guide } = await reportTouch({ shareCode, scene: entry.scene });
    useLanding.setState({ guide });
  } catch {
    // A touch that could not be told must not disturb the visit; the next onShow tells it again.
  }
}
