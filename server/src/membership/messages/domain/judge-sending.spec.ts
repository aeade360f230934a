import { judgeSending, waitAfter } from './judge-sending.js';

const refused = (reason: string, code: string) => judgeSending({ outcome: 'refused', reason, code });

describe('what follows from an answer to a message (§4)', () => {
  it('never sends again what may have arrived', () => {
    for (const reason of ['timeout', 'network', 'server_error', 'malformed']) {
      expect(judgeSending({ outcome: 'unknown', reason })).toEqual({ step: 'unknown', code: reason });
    }
  });

  it('sends later what WeChat was too busy for, or what our keys kept back', () => {
    expect(judgeSending({ outcome: 'unknown', reason: 'busy', errcode: 45009 })).toEqual({
      step: 'later',
      code: '45009',
    });
    expect(refused('not_now', '43108')).toEqual({ step: 'later', code: '43108' });
    expect(refused('misconfigured', '40013')).toEqual({ step: 'later', code: '40013' });
  });

  it('takes 43101 as final: there is nothing left to send with', () => {
    expect(refused('not_allowed', '43101')).toEqual({ step: 'refused', code: '43101', grant: 'empty' });
    expect(refused('banned', '43107')).toEqual({ step: 'refused', code: '43107', grant: 'banned' });
  });

  it('gives the grant back when WeChat refused the words', () => {
    expect(refused('bad_value', '47003')).toEqual({ step: 'refused', code: '47003', grant: 'back' });
    expect(refused('sensitive_word', '45168')).toEqual({ step: 'refused', code: '45168', grant: 'back' });
  });

  it('waits from 30 seconds to half an hour', () => {
    expect([0, 1, 2, 20].map(waitAfter)).toEqual([30_000, 60_000, 120_000, 1_800_000]);
  });
});
