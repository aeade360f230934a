/**
 * R7.2: the key of a request that must not happen twice is stored before the request is sent. When the answer was
 * lost, the same request is sent again with the same key, and is the same; another request gets another key.
 */
import { freshKey } from '../platform/clock';
import { forgetStored, readStored, type StoredKind, writeStored } from '../platform/storage';

interface Pending {
  key: string;
  /** The request as sent. */
  body: string;
}

export interface PendingRequest<T> {
  /** The key under which this very request is to be sent. Throws when it could not be stored: then nothing is sent. */
  keyFor: (request: T) => string;
  /** The request was answered, or refused for good: the next one is another. */
  forget: () => void;
}

/** The request of this name that may be under way; one at a time. */
export function pendingRequest<T>(name: string): PendingRequest<T> {
  const kind: StoredKind<Pending> = {
    name,
    version: 1,
    parse: (value) => {
      const { key, body } = (value ?? {}) as Partial<Pending>;
      return typeof key === 'string' && typeof body === 'string' ? { key, body } : null;
    },
  };
  return {
    keyFor: (request) => {
      const body = JSON.stringify(request);
      const pending = readStored(kind);
      if (pending?.body === body) return pending.key;
      const key = freshKey();
      if (!writeStored(kind, { key, body })) throw new Error('the idempotency key could not be stored');
      return key;
    },
    forget: () => forgetStored(kind),
  };
}
