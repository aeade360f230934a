import { waitAfter } from './login-backoff.js';

describe('waits after wrong passwords', () => {
  it('lets four failures pass and then doubles from 30 seconds', () => {
    expect([1, 4, 5, 6, 7].map(waitAfter)).toEqual([0, 0, 30_000, 60_000, 120_000]);
  });

  it('never waits longer than 15 minutes, however many failures', () => {
    expect([10, 11, 500].map(waitAfter)).toEqual([900_000, 900_000, 900_000]);
  });
});
