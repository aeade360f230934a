/** `refused`: she did not agree to WeChat's privacy guideline. `undeclared`: the shop did not declare this use there. */
export type PrivacyFault = 'refused' | 'undeclared';

interface Failure {
  errno?: unknown;
  errCode?: unknown;
  errMsg?: unknown;
}

const UNDECLARED = 112;
const REFUSED: readonly unknown[] = [103, 104];

/** Why WeChat withheld what a failed call asked for; null: for another reason than privacy. */
export function privacyFaultOf(failure: unknown): PrivacyFault | null {
  const { errno, errCode, errMsg } = (failure ?? {}) as Failure;
  const text = typeof errMsg === 'string' ? errMsg : '';
  // Older libraries give the sentence alone.
  if ([errno, errCode].includes(UNDECLARED) || /not declared in the privacy/.test(text)) return 'undeclared';
  const isRefused = REFUSED.includes(errno) || REFUSED.includes(errCode);
  return isRefused || /privacy permission is not authorized/.test(text) ? 'refused' : null;
}

/** What a customer can do about it: nothing is taken from her. */
export const privacyFaultText: Record<PrivacyFault, string> = {
  refused: '同意隐私指引后才能做这一步',
  undeclared: '这项功能还没有开放，请稍后再试',
};
