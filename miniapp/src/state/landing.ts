/** Through whom this visit came. What it means for an order is decided by the server alone (R3.1). */
import type { CodeTarget } from '@mall/shared/codes';
import type { GuideChip, TouchResponse } from '@mall/shared/membership';
import { create } from 'zustand';
import { reportTouch } from '../api/endpoints';
import type { Entry } from '../platform/entry';
import { shareCodeOf } from './landing-code';

interface LandingState {
  guide: GuideChip | null;
}

export const useLanding = create<LandingState>(() => ({ guide: null }));

/** The newest report of a code, so that the page which the code opened does not report it once more. */
let newest: { code: string; scene: number; answer: Promise<TouchResponse>; wasTold: boolean } | null = null;

/** Tells the server that the app was opened with a share code; without one it does nothing. Never throws. */
export async function land(entry: Entry): Promise<void> {
  const shareCode = shareCodeOf(entry.query);
  if (shareCode === null) return;
  const answer = reportTouch({ shareCode, scene: entry.scene });
  const arrival = { code: shareCode, scene: entry.scene, answer, wasTold: true };
  newest = arrival;
  try {
    const { guide } = await answer;
    useLanding.setState({ guide });
  } catch {
    // A touch that could not be told must not disturb the visit; the next onShow tells it again.
    arrival.wasTold = false;
  }
}

/**
 * What the code in a page's address leads to; null without a code, or for one that leads nowhere. A printed code names
 * no page of its own and a scanned one no product: both are asked for here. Throws ApiProblem when nobody answers.
 */
export async function openedTarget(query: Entry['query']): Promise<CodeTarget | null> {
  const code = shareCodeOf(query);
  if (code === null) return null;
  const isHere = newest?.code === code;
  if (!isHere || newest?.wasTold === false) void land({ query, scene: isHere ? (newest?.scene ?? 0) : 0 });
  return (await newest?.answer)?.target ?? null;
}
