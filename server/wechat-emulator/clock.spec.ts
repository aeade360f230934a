import { setTimeout as sleep } from 'node:timers/promises';
import { PlatformTime, systemClock } from './clock.js';

describe('the platform’s time', () => {
  it('calls nobody before the clock shows that the time has come', async () => {
    const time = new PlatformTime(systemClock);
    const waited: Promise<number>[] = [];
    for (let round = 0; round < 300; round += 1) {
      const from = time.now();
      waited.push(new Promise((resolve) => time.after(5, () => resolve(time.now() - from))));
      // Begins at every part of a millisecond.
      if (round % 10 === 0) await sleep(1);
    }
    // An unreferenced timer keeps no process alive.
    const alive = setInterval(() => {}, 1_000);
    const shortest = Math.min(...(await Promise.all(waited)));
    clearInterval(alive);
    expect(shortest).toBeGreaterThanOrEqual(5);
  });

  it('moved on, does what is due by then at once, in its order, and nothing else', () => {
    const time = new PlatformTime({ now: () => 1_000 });
    const done: string[] = [];
    time.after(60_000, () => done.push('minute'));
    time.after(30_000, () => done.push('half a minute'));
    time.after(60_001, () => done.push('later'));
    time.advance(60_000);
    expect(done).toEqual(['half a minute', 'minute']);
    expect(time.now()).toBe(61_000);
    time.stop();
  });
});
