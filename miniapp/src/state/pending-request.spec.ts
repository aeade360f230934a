import Taro from '@tarojs/taro';
import { pendingRequest } from './pending-request';

const { keyFor, forget } = pendingRequest('pending-order');
const order = { lines: [{ skuId: 'a', quantity: 2 }], addressId: 'adr_1', couponIds: [], quoteHash: 'h1' };

describe('the idempotency key of an order (R7.2)', () => {
  beforeEach(() => forget());

  it('is the same when the same order is sent again, also after a restart', () => {
    const key = keyFor(order);
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(keyFor({ ...order })).toBe(key);
  });

  it('is another one for another order', () => {
    const key = keyFor(order);
    expect(keyFor({ ...order, quoteHash: 'h2' })).not.toBe(key);
  });

  it('is another one after the order was placed', () => {
    const key = keyFor(order);
    forget();
    expect(keyFor(order)).not.toBe(key);
  });

  it('is not shared with a request of another name', () => {
    const key = keyFor(order);
    expect(pendingRequest('pending-payout').keyFor(order)).not.toBe(key);
  });

  it('refuses to send an order whose key could not be stored', () => {
    jest.mocked(Taro.setStorageSync).mockImplementationOnce(() => {
      throw new Error('full');
    });
    expect(() => keyFor(order)).toThrow('could not be stored');
  });
});
