import { SubscriptionOutcome } from '@mall/shared/subscriptions';

/** Her answer for each template, or why she was not asked. */
export type SubscribeAnswer =
  | { kind: 'answered'; outcomes: { templateId: string; outcome: SubscriptionOutcome }[] }
  /** Messages from all shops are switched off in WeChat's settings. */
  | { kind: 'muted' }
  | { kind: 'failed' };

const MUTED = 20004;
const OUTCOMES: readonly unknown[] = Object.values(SubscriptionOutcome);

/** Reads WeChat's answer, which has a word for each id beside `errMsg`. */
export function readAnswer(answer: unknown, templateIds: readonly string[]): SubscribeAnswer {
  const words = (answer ?? {}) as Record<string, unknown>;
  if (words.errCode === MUTED) return { kind: 'muted' };
  const outcomes = templateIds.flatMap((templateId) => {
    const outcome = words[templateId];
    return OUTCOMES.includes(outcome) ? [{ templateId, outcome: outcome as SubscriptionOutcome }] : [];
  });
  return outcomes.length === 0 ? { kind: 'failed' } : { kind: 'answered', outcomes };
}
