/** Asking whether WeChat may bring her a message (§4): once in a visit, never in the way of anything. */
import type { SubscriptionMoment, SubscriptionReport } from '@mall/shared/subscriptions';
import { useCallback, useEffect, useState } from 'react';
import { create } from 'zustand';
import { fetchSubscriptions, reportSubscriptions } from '../api/subscription-endpoints';
import { freshKey, pause } from '../platform/clock';
import { askToSubscribe } from '../platform/subscribe';

/** What came of asking; `nothing`: there was nothing to ask, or no answer. */
export type Subscribed = 'accepted' | 'refused' | 'muted' | 'nothing';

const TRIES = 3;
/** Moments at which she was asked since the shop was opened. */
export const useAskedMoments = create<{ asked: readonly SubscriptionMoment[] }>(() => ({ asked: [] }));

/** The server counts by the key, so that a lost answer can be told again. What stays lost costs one message. */
async function report(answer: SubscriptionReport, wait: number): Promise<void> {
  for (let round = 1; round <= TRIES; round += 1) {
    try {
      await reportSubscriptions(answer);
      return;
    } catch {
      await pause(wait * round);
    }
  }
}

async function askFor(moment: SubscriptionMoment, templateIds: readonly string[], wait: number): Promise<Subscribed> {
  if (templateIds.length === 0 || useAskedMoments.getState().asked.includes(moment)) return 'nothing';
  useAskedMoments.setState(({ asked }) => ({ asked: [...asked, moment] }));
  const answer = await askToSubscribe(templateIds);
  if (answer.kind !== 'answered') return answer.kind === 'muted' ? 'muted' : 'nothing';
  const { outcomes } = answer;
  void report({ moment, outcomes, requestId: freshKey() }, wait);
  return outcomes.some(({ outcome }) => outcome === 'accept') ? 'accepted' : 'refused';
}

/**
 * The messages of a moment, fetched when the page opens, because WeChat's window must follow the tap at once. `ask`
 * never throws and never keeps anybody from what the tap was for. `offered` is false while that is not known.
 */
export function useSubscription(moment: SubscriptionMoment, { when = true, wait = 2_000 } = {}) {
  const [templateIds, setTemplateIds] = useState<readonly string[] | null>(null);
  const isAsked = useAskedMoments(({ asked }) => asked.includes(moment));
  useEffect(() => {
    if (!when || isAsked) return;
    let gone = false;
    fetchSubscriptions(moment).then(
      (offer) => {
        if (!gone) setTemplateIds(offer.templateIds);
      },
      // Nobody needs to know: she is simply not asked.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [moment, when, isAsked]);
  const ask = useCallback(() => askFor(moment, templateIds ?? [], wait), [moment, templateIds, wait]);
  return { offered: templateIds !== null && templateIds.length > 0 && !isAsked, ask };
}
