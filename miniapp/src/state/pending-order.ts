/**
 * R7.2: the key of an order is stored before the order is sent. When the answer was lost, the same order is sent
 * again with the same key, and is the same order; another order gets another key.
 */
import type { PlaceOrderRequest } from '@mall/shared/orders';
import { freshKey } from '../platform/clock';
import { forgetStored, readStored, type StoredKind, writeStored } from '../platform/storage';

interface PendingOrder {
  key: string;
  /** The request as sent. */
  body: string;
}

const kind: StoredKind<PendingOrder> = {
  name: 'pending-order',
  version: 1,
  parse: (value) => {
    const { key, body } = (value ?? {}) as Partial<PendingOrder>;
    return typeof key === 'string' && typeof body === 'string' ? { key, body } : null;
  },
};

/** The key under which this very request is to be sent. Throws when it could not be stored: then nothing is sent. */
export function keyFor(request: PlaceOrderRequest): string {
  const body = JSON.stringify(request);
  const pending = readStored(kind);
  if (pending?.body === body) return pending.key;
  const key = freshKey();
  if (!writeStored(kind, { key, body })) throw new Error('the idempotency key could not be stored');
  return key;
}

/** The order exists, or was refused for good: the next one is another. */
export function forgetPendingOrder(): void {
  forgetStored(kind);
}
