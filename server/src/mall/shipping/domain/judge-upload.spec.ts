import { judgeUpload, refusalWords, waitAfter } from './judge-upload.js';

const refused = (reason: string, code: string) => ({ outcome: 'refused', reason, code }) as const;

describe('§7 what follows from an answer to an upload', () => {
  it('10060023 is success: WeChat knew it already', () => {
    expect(judgeUpload({ outcome: 'ok' }, 0)).toEqual({ step: 'uploaded' });
    expect(judgeUpload(refused('unchanged', '10060023'), 0)).toEqual({ step: 'uploaded' });
  });

  it('10060002 asks WeChat with which parcel', () => {
    expect(judgeUpload(refused('already_shipped', '10060002'), 0)).toEqual({ step: 'compare', code: '10060002' });
  });

  it('10060001 right after a payment waits, for about a day', () => {
    const answer = refused('order_unknown', '10060001');
    expect(judgeUpload(answer, 0)).toEqual({ step: 'later', code: '10060001' });
    expect(judgeUpload(answer, 149)).toEqual({ step: 'later', code: '10060001' });
    expect(judgeUpload(answer, 150)).toEqual({ step: 'failed', code: '10060001' });
  });

  it('a time-out is never a refusal, however often it comes', () => {
    expect(judgeUpload({ outcome: 'unknown' }, 9_999)).toEqual({ step: 'later', code: null });
  });

  it('wrong keys wait for the operator; all other refusals wait for HQ', () => {
    expect(judgeUpload(refused('misconfigured', '48001'), 9_999)).toMatchObject({ step: 'later' });
    for (const reason of ['reship_used', 'wrong_state', 'wrong_payer', 'bad_parameter']) {
      expect(judgeUpload(refused(reason, '1'), 0)).toEqual({ step: 'failed', code: '1' });
    }
  });

  it('tries again after 15 s, later every ten minutes', () => {
    expect([0, 1, 2, 5, 6, 50].map(waitAfter)).toEqual([15_000, 30_000, 60_000, 480_000, 600_000, 600_000]);
  });

  it('tells HQ in plain words, whatever the code', () => {
    expect(refusalWords(null)).toBeNull();
    expect(refusalWords('10060003')).toContain('只允许更正一次');
    expect(refusalWords('268485216')).toContain('单号');
    expect(refusalWords('48001')).toContain('48001');
  });
});
