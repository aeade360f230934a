import { setTimeout as sleep } from 'node:timers/promises';
import { SharedCalls } from './shared-calls.js';

describe('calls that are shared', () => {
  it('does the work once for those who ask meanwhile, and again for who asks after it', async () => {
    const calls = new SharedCalls<number>();
    let done = 0;
    const work = async () => {
      await sleep(5);
      return ++done;
    };
    expect(await Promise.all([calls.run('a', work), calls.run('a', work)])).toEqual([1, 1]);
    expect(await calls.run('a', work)).toBe(2);
  });

  it('keeps different keys apart', async () => {
    const calls = new SharedCalls<string>();
    const answers = ['a', 'b'].map((key) => calls.run(key, async () => key));
    expect(await Promise.all(answers)).toEqual(['a', 'b']);
  });

  it('hands a failure to all who waited and forgets it', async () => {
    const calls = new SharedCalls<string>();
    const fail = async () => {
      await sleep(5);
      throw new Error('no answer');
    };
    const outcomes = await Promise.allSettled([calls.run('a', fail), calls.run('a', fail)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await calls.run('a', async () => 'good')).toBe('good');
  });
});
