import type { Api, CallOptions } from './wx/answer.js';

export interface Card {
  title: string;
  path: string;
  imageUrl: string;
}

/** Something that happened on the phone, for whoever looks on. */
export type Seen =
  /** A call of `wx`; `result` is how it ended, as text. */
  | { kind: 'call'; name: string; args: string; outcome: 'ok' | 'fail'; result: string; ms: number }
  | { kind: 'request'; method: string; url: string; status: string; bytes: number; ms: number; isFailed: boolean }
  | { kind: 'data'; page: string; bytes: number }
  | { kind: 'card'; card: Card }
  | { kind: 'page'; path: string; query: Record<string, string> };

export type Watch = (seen: Seen) => void;

const MOST_CHARACTERS = 2000;

/** A value as text that can be read in one line. */
export function shortText(value: unknown): string {
  if (value === undefined) return '';
  let text: string;
  try {
    text = JSON.stringify(value, (_key, part: unknown) => (typeof part === 'function' ? 'ƒ' : part)) ?? String(value);
  } catch {
    text = String(value);
  }
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

const CALLBACKS = ['success', 'fail', 'complete'];
const withoutCallbacks = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([name]) => !CALLBACKS.includes(name)))
    : value;

type Call = (...args: unknown[]) => unknown;
type Told = (outcome: 'ok' | 'fail', result: unknown) => void;

function tellOf(name: string, args: unknown[], watch: Watch): Told {
  const started = performance.now();
  return (outcome, result) => {
    const ms = Math.round(performance.now() - started);
    const [first] = args;
    if (name === 'request') {
      const { method = 'GET', url = '' } = (first ?? {}) as { method?: string; url?: string };
      const { statusCode, data, errMsg } = (result ?? {}) as { statusCode?: number; data?: unknown; errMsg?: string };
      const bytes = data === undefined ? 0 : (JSON.stringify(data)?.length ?? 0);
      const isFailed = outcome === 'fail' || Number(statusCode) >= 400;
      const status = outcome === 'ok' ? String(statusCode) : String(errMsg).replace('request:fail ', '');
      watch({ kind: 'request', method: method.toUpperCase(), url, status, bytes, ms, isFailed });
      return;
    }
    const given = args.map((arg) => shortText(withoutCallbacks(arg))).join(', ');
    watch({ kind: 'call', name, args: given, outcome, result: shortText(result), ms });
  };
}

/** The options with callbacks that tell first. */
function overheard(options: CallOptions, tell: Told): CallOptions {
  const { success, fail } = options;
  return {
    ...options,
    success: (answer) => {
      tell('ok', answer);
      success?.(answer);
    },
    fail: (answer) => {
      tell('fail', answer);
      fail?.(answer);
    },
  };
}

function watchedCall(name: string, call: Call, watch: Watch): Call {
  return (...args) => {
    const tell = tellOf(name, args, watch);
    const [first, ...rest] = args;
    const { success, fail, complete } = (first ?? {}) as CallOptions;
    const isCalledBack = [success, fail, complete].some((each) => typeof each === 'function');
    let result: unknown;
    try {
      result = isCalledBack ? call(overheard(first as CallOptions, tell), ...rest) : call(...args);
    } catch (error) {
      tell('fail', (error as Error).message);
      throw error;
    }
    if (isCalledBack) return result;
    if (!(result instanceof Promise)) {
      tell('ok', result);
      return result;
    }
    const told = result.then(
      (answer: unknown) => {
        tell('ok', answer);
        return answer;
      },
      (error: unknown) => {
        tell('fail', error);
        throw error;
      },
    );
    // A request's promise is its task as well. Whoever forgets to catch is still found out: it is another promise.
    return Object.assign(told, { ...result });
  };
}

/** The calls of `wx`, each of which tells how it ended. */
export function watched(wx: Api, watch: Watch): Api {
  return Object.fromEntries(
    Object.entries(wx).map(([name, call]) => [
      name,
      typeof call === 'function' ? watchedCall(name, call as Call, watch) : call,
    ]),
  );
}
