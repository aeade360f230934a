/** One thing that was looked at, in words for the person who runs the shop. */
export interface Finding {
  readonly check: string;
  readonly result: 'ok' | 'warn' | 'fail' | 'unseen';
  readonly sentence: string;
}

/** What only use will show: said, so that nobody takes silence for a yes. */
export const unseen = (check: string, sentence: string): Finding => ({ check, result: 'unseen', sentence });
export const ok = (check: string, sentence: string): Finding => ({ check, result: 'ok', sentence });
export const warn = (check: string, sentence: string): Finding => ({ check, result: 'warn', sentence });
export const fail = (check: string, sentence: string): Finding => ({ check, result: 'fail', sentence });
