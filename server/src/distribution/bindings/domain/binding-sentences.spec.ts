import { stepSentence } from './binding-sentences.js';

const words = { timeText: '2026-11-22 09:30', actor: '系统规则', reason: null };

describe('sentences of a binding history (R2.3)', () => {
  it('says from whom, to whom, by which cause, who did it and why', () => {
    const step = {
      ...words,
      fromName: '陈静',
      toName: '阿华',
      cause: 'hand_over',
      actor: '总部 admin',
      reason: '离职',
    };
    expect(stepSentence(step)).toBe(
      '2026-11-22 09:30 由陈静变更为阿华（总部批量移交，操作人：总部 admin，原因：离职）',
    );
  });

  it('tells a first binding, a renewal and an end without a guide apart', () => {
    expect(stepSentence({ ...words, fromName: null, toName: '陈静', cause: 'join' })).toContain('归属陈静（加入');
    expect(stepSentence({ ...words, fromName: '陈静', toName: '陈静', cause: 'renewal' })).toContain('继续归属陈静');
    expect(stepSentence({ ...words, fromName: '陈静', toName: null, cause: 'merged' })).toContain('变更为无导购');
  });
});
