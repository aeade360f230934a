import { type CheckAnswer, nextStep } from './next-step.js';
import { refusalWords } from './refusal-words.js';

const said = (suggest: 'pass' | 'review' | 'risky', label: number): CheckAnswer => ({
  outcome: 'ok',
  value: { suggest, label },
});
const unknown: CheckAnswer = { outcome: 'unknown' };

describe('§9 what becomes of a text, fail closed', () => {
  it('only pass shows it; risky refuses it, review is for HQ', () => {
    expect(nextStep(said('pass', 100), 1)).toEqual({ step: 'show', label: 100 });
    expect(nextStep(said('risky', 20006), 1)).toEqual({ step: 'refuse', label: 20006 });
    expect(nextStep(said('review', 20012), 1)).toEqual({ step: 'hq', cause: 'review', label: 20012 });
  });

  it.each([
    ['user_not_seen', 'unseen'],
    ['repeated', 'repeated'],
    ['misconfigured', 'misconfigured'],
    ['too_long', 'misconfigured'],
  ])('a call that WeChat refuses as %s is for HQ', (reason, cause) => {
    expect(nextStep({ outcome: 'refused', reason }, 1)).toEqual({ step: 'hq', cause, label: null });
  });

  it('no answer is asked for again, later each time, within the two hours in which WeChat knows her', () => {
    const waits: number[] = [];
    for (let tries = 1; ; tries += 1) {
      const next = nextStep(unknown, tries);
      if (next.step !== 'again') {
        expect(next).toEqual({ step: 'hq', cause: 'unanswered', label: null });
        break;
      }
      waits.push(next.afterMs);
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits[0]).toBeGreaterThan(60_000);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(2 * 3_600_000);
  });

  it('a used-up day is for HQ at once, a used-up minute is waited for', () => {
    expect(nextStep({ ...unknown, errcode: 45009 }, 1)).toEqual({ step: 'hq', cause: 'quota', label: null });
    expect(nextStep({ ...unknown, errcode: 45011 }, 1).step).toBe('again');
  });

  it('tells her what is wrong in plain words, whatever the label', () => {
    expect(refusalWords(10001)).toBe('像是广告或联系方式，换一个就好');
    expect(refusalWords(99999)).toBe('含有不适合展示的内容，换一个就好');
  });
});
