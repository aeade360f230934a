import { TextCause } from '@mall/shared/texts';

/** §9, fail closed: what becomes of a text after WeChat's answer. Only `pass` shows it. */

const MINUTE_MS = 60_000;
/** Past the time in which WeChat calls the same text repeated, and within the two hours in which it knows her. */
const WAITS_MS = [1.5, 5, 15, 30, 60].map((minutes) => minutes * MINUTE_MS);
const DAILY_QUOTA = 45009;

/** As the client of WeChat says it. */
export type CheckAnswer =
  | {
      readonly outcome: 'ok';
      readonly value: { readonly suggest: 'pass' | 'review' | 'risky'; readonly label: number };
    }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'unknown'; readonly errcode?: number };

export type NextStep =
  | { readonly step: 'show'; readonly label: number }
  | { readonly step: 'refuse'; readonly label: number }
  | { readonly step: 'hq'; readonly cause: TextCause; readonly label: number | null }
  | { readonly step: 'again'; readonly afterMs: number };

/** @param tries how often WeChat was asked, this time included */
export function nextStep(answer: CheckAnswer, tries: number): NextStep {
  if (answer.outcome === 'ok') {
    const { suggest, label } = answer.value;
    if (suggest === 'pass') return { step: 'show', label };
    return suggest === 'risky' ? { step: 'refuse', label } : { step: 'hq', cause: TextCause.Review, label };
  }
  if (answer.outcome === 'refused') return { step: 'hq', cause: causeOf(answer.reason), label: null };
  // The day's quota comes back after WeChat has forgotten her.
  if (answer.errcode === DAILY_QUOTA) return { step: 'hq', cause: TextCause.Quota, label: null };
  const afterMs = WAITS_MS[tries - 1];
  return afterMs === undefined ? { step: 'hq', cause: TextCause.Unanswered, label: null } : { step: 'again', afterMs };
}

function causeOf(reason: string): TextCause {
  if (reason === 'user_not_seen') return TextCause.Unseen;
  return reason === 'repeated' ? TextCause.Repeated : TextCause.Misconfigured;
}
