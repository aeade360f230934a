import { settledCard } from './open-type.js';

const PLAIN = { title: '一张卡片', path: '/pages/a' };

describe('the card that a page makes', () => {
  it('is what its promise gives in time', async () => {
    const promise = Promise.resolve({ title: '另一张', path: '/pages/a?s=1' });
    expect(await settledCard({ ...PLAIN, promise })).toEqual({ title: '另一张', path: '/pages/a?s=1' });
  });

  it.each<[string, Promise<never> | undefined]>([
    ['there is no promise', undefined],
    ['it is late', new Promise(() => undefined)],
  ])('is the plain one when %s', async (_why, promise) => {
    expect(await settledCard({ ...PLAIN, promise }, 1)).toEqual(PLAIN);
  });

  it('is the plain one when its promise fails', async () => {
    expect(await settledCard({ ...PLAIN, promise: Promise.reject(new Error('no line')) })).toEqual(PLAIN);
  });
});
