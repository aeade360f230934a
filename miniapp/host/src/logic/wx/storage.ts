import { type Act, type Api, answeringAll, Refusal, textIn } from './answer.js';
import type { WxContext } from './context.js';

/** WeChat's documents: 1 MB a key, 10 MB in all. */
export const MOST_BYTES_A_KEY = 1024 * 1024;
const MOST_KILOBYTES = 10 * 1024;

const encoder = new TextEncoder();
const bytesOf = (text: string) => encoder.encode(text).length;

/** What the phone keeps for one person and one mini-program, also over a cold start. */
export class PhoneStorage {
  constructor(
    private readonly store: Storage,
    private readonly owner: string,
  ) {}

  keys(): string[] {
    const all = Array.from({ length: this.store.length }, (_none, at) => this.store.key(at) ?? '');
    return all.filter((key) => key.startsWith(this.owner)).map((key) => key.slice(this.owner.length));
  }

  kilobytes(): number {
    const bytes = this.keys().map((key) => bytesOf(this.store.getItem(this.owner + key) ?? ''));
    return Math.ceil(bytes.reduce((sum, each) => sum + each, 0) / 1024);
  }

  /** The value; undefined when there is none. */
  read(key: string): unknown {
    const text = this.store.getItem(this.owner + key);
    return text === null ? undefined : (JSON.parse(text) as { value: unknown }).value;
  }

  /** Throws a Refusal when it does not fit. */
  write(key: string, value: unknown): void {
    const text = JSON.stringify({ value });
    if (bytesOf(text) > MOST_BYTES_A_KEY) throw new Refusal('entry size limit reached');
    if (this.kilobytes() + bytesOf(text) / 1024 > MOST_KILOBYTES) throw new Refusal('exceed storage max size 10Mb');
    this.store.setItem(this.owner + key, text);
  }

  remove(key: string): void {
    this.store.removeItem(this.owner + key);
  }

  clear(): void {
    for (const key of this.keys()) this.remove(key);
  }

  info(): { keys: string[]; currentSize: number; limitSize: number } {
    return { keys: this.keys(), currentSize: this.kilobytes(), limitSize: MOST_KILOBYTES };
  }
}

export function storageCalls({ faults, options, project }: WxContext): Api {
  const storage = new PhoneStorage(window.localStorage, `${project.appId}:${options.persona}:`);
  const get: Act = (asked) => {
    const data = storage.read(textIn(asked, 'key'));
    if (data === undefined) throw new Refusal('data not found');
    return { data };
  };
  return {
    ...answeringAll(faults, {
      getStorage: get,
      setStorage: (asked) => storage.write(textIn(asked, 'key'), asked.data),
      removeStorage: (asked) => storage.remove(textIn(asked, 'key')),
      clearStorage: () => storage.clear(),
      getStorageInfo: () => storage.info(),
    }),
    getStorageSync: (key: string) => storage.read(key) ?? '',
    setStorageSync: (key: string, data: unknown) => {
      try {
        storage.write(key, data);
      } catch (error) {
        throw new Error(`setStorageSync:fail ${(error as Error).message}`);
      }
    },
    removeStorageSync: (key: string) => storage.remove(key),
    clearStorageSync: () => storage.clear(),
    getStorageInfoSync: () => storage.info(),
  };
}
