import Taro from '@tarojs/taro';
import { storageOwner } from './persona';

export interface StoredKind<T> {
  name: string;
  /** Raised whenever the shape changes: an older value is then forgotten instead of misread. */
  version: number;
  /** Narrows what was read; null forgets it. */
  parse: (value: unknown) => T | null;
}

const keyOf = (kind: { name: string }) => `mall:${storageOwner()}:${kind.name}`;

/** The stored value, or null when there is none, it is of another version, or it does not parse. */
export function readStored<T>(kind: StoredKind<T>): T | null {
  try {
    const text: unknown = Taro.getStorageSync(keyOf(kind));
    if (typeof text !== 'string' || text === '') return null;
    const envelope = JSON.parse(text) as { version?: unknown; value?: unknown };
    return envelope.version === kind.version ? kind.parse(envelope.value) : null;
  } catch {
    return null;
  }
}

/** Stores the value; false when the phone refused (full storage), so that a caller who depends on it can stop. */
export function writeStored<T>(kind: StoredKind<T>, value: T): boolean {
  try {
    Taro.setStorageSync(keyOf(kind), JSON.stringify({ version: kind.version, value }));
    return true;
  } catch {
    return false;
  }
}

export function forgetStored(kind: { name: string }): void {
  try {
    Taro.removeStorageSync(keyOf(kind));
  } catch {
    // Nothing is lost when a value that is to be forgotten can't be removed: it is versioned and re-checked.
  }
}
