import { bytesText, Journal, MOST_ENTRIES } from './journal.js';

const data = (bytes: number) => ({ kind: 'data' as const, page: 'pages/a', bytes });
const journal = () => new Journal(() => 12.4);

describe('the journal of the bench', () => {
  it('says the size of each setData with the running total of that phone', () => {
    const kept = journal();
    kept.see('a', data(1000));
    kept.see('b', data(7));
    expect(kept.see('a', data(2600))).toMatchObject({ id: 3, at: 12, persona: 'a', figures: '2.5 KB · 共 3.5 KB' });
    expect(kept.totalsOf('a')).toMatchObject({ dataCalls: 2, dataBytes: 3600, largestBytes: 2600 });
  });

  it('marks a setData over 64 KB and none of 64 KB', () => {
    const kept = journal();
    expect(kept.see('a', data(65_536))).toMatchObject({ tone: 'plain', text: 'setData pages/a' });
    expect(kept.see('a', data(65_537))).toMatchObject({ tone: 'warn', text: 'setData pages/a　超过 64 KB' });
  });

  it('counts requests and tells those apart that failed', () => {
    const kept = journal();
    const request = { kind: 'request' as const, method: 'GET', url: 'http://s/a', bytes: 3, ms: 9 };
    kept.see('a', { ...request, status: '200', isFailed: false });
    expect(kept.see('a', { ...request, status: 'timeout', isFailed: true })).toMatchObject({
      tone: 'bad',
      text: 'GET /a',
      detail: 'http://s/a',
      figures: 'timeout · 3 B · 9 ms',
    });
    expect(kept.totalsOf('a')).toMatchObject({ requests: 2, failedRequests: 1 });
  });

  it('keeps the last 2,000 lines and forgets no count', () => {
    const kept = journal();
    for (let at = 0; at < MOST_ENTRIES + 3; at += 1) kept.see('a', data(1));
    expect(kept.entries).toHaveLength(2000);
    expect(kept.entries[0].id).toBe(4);
    expect(kept.counts.data).toBe(2003);
    kept.clear();
    expect([kept.entries.length, kept.counts.data, kept.totalsOf('a').dataBytes]).toEqual([0, 0, 0]);
  });

  it('has no line for pages and cards', () => {
    expect(journal().see('a', { kind: 'page', path: 'pages/a', query: {} })).toBeNull();
  });

  it('writes sizes as people read them', () => {
    expect([0, 1023, 1024, 1536, 2_097_152].map(bytesText)).toEqual(['0 B', '1023 B', '1 KB', '1.5 KB', '2 MB']);
  });
});
