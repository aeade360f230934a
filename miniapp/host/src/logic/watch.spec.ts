import { type Seen, shortText, watched } from './watch.js';

const seenOf = () => {
  const seen: Seen[] = [];
  return { seen, watch: (each: Seen) => void seen.push(each) };
};
type Call = (...args: unknown[]) => unknown;

describe('watching the calls of wx', () => {
  it('tells arguments without callbacks and the answer, and calls back as ever', () => {
    const { seen, watch } = seenOf();
    const wx = watched({ login: (options: { success(said: object): void }) => options.success({ code: 'c' }) }, watch);
    const heard: unknown[] = [];
    (wx.login as Call)({ timeout: 7, success: (said: unknown) => heard.push(said) });
    expect(heard).toEqual([{ code: 'c' }]);
    expect(seen).toMatchObject([
      { kind: 'call', name: 'login', args: '{"timeout":7}', outcome: 'ok', result: '{"code":"c"}' },
    ]);
  });

  it('leaves a refusal that nobody catches to be found', async () => {
    const { seen, watch } = seenOf();
    const wx = watched({ login: () => Promise.reject({ errMsg: 'login:fail no' }) }, watch);
    await expect((wx.login as Call)()).rejects.toEqual({ errMsg: 'login:fail no' });
    expect(seen).toMatchObject([{ outcome: 'fail', result: '{"errMsg":"login:fail no"}' }]);
  });

  it('keeps a request its task, and tells method, address, status and size', async () => {
    const { seen, watch } = seenOf();
    const abort = () => undefined;
    const answer = { statusCode: 404, data: { a: 1 } };
    const wx = watched({ request: () => Object.assign(Promise.resolve(answer), { abort }) }, watch);
    const task = (wx.request as Call)({ url: 'http://shop/a', method: 'post' }) as Promise<object> & { abort: unknown };
    expect(task.abort).toBe(abort);
    expect(await task).toBe(answer);
    expect(seen).toMatchObject([
      { kind: 'request', method: 'POST', url: 'http://shop/a', status: '404', bytes: 7, isFailed: true },
    ]);
  });

  it('tells what a call without callbacks gives or throws', () => {
    const { seen, watch } = seenOf();
    const wx = watched(
      {
        getStorageSync: () => 'v',
        setStorageSync: () => {
          throw new Error('full');
        },
        env: { USER_DATA_PATH: 'x' },
      },
      watch,
    );
    expect((wx.getStorageSync as Call)('k')).toBe('v');
    expect(() => (wx.setStorageSync as Call)('k', 1)).toThrow('full');
    expect(wx.env).toEqual({ USER_DATA_PATH: 'x' });
    expect(seen.map((each) => (each.kind === 'call' ? [each.args, each.outcome, each.result] : []))).toEqual([
      ['"k"', 'ok', '"v"'],
      ['"k", 1', 'fail', '"full"'],
    ]);
  });

  it('shortens what is long and what can not be written', () => {
    expect(shortText('x'.repeat(5000)).length).toBe(2001);
    const ring: { self?: unknown } = {};
    ring.self = ring;
    expect(shortText(ring)).toBe('[object Object]');
    expect(shortText({ call: () => 1 })).toBe('{"call":"ƒ"}');
  });
});
