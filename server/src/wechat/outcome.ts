/** The call did what was asked. */
export interface Done<T> {
  readonly outcome: 'ok';
  readonly value: T;
}

/** WeChat understood and said no. `code` and `message` are WeChat's, for the log; decide by `reason`. */
export interface Refused<Reason extends string> {
  readonly outcome: 'refused';
  readonly reason: Reason;
  readonly code: string;
  readonly message: string;
}

/**
 * Nobody knows whether it happened: ask by query, or repeat with the same numbers. Never a refusal.
 * `busy` is WeChat asking for patience (errcode -1, quotas, HTTP 429); `unverified` is an answer under a wrong signature.
 */
export interface Unknown {
  readonly outcome: 'unknown';
  readonly reason: 'timeout' | 'network' | 'server_error' | 'busy' | 'malformed' | 'unverified';
  readonly detail: string;
  /** WeChat's errcode, when it gave one: quotas of a minute and of a day ask for different patience. */
  readonly errcode?: number;
}

export type Outcome<T, Reason extends string> = Done<T> | Refused<Reason> | Unknown;

export function done<T>(value: T): Done<T> {
  return { outcome: 'ok', value };
}

export function unknown(reason: Unknown['reason'], detail: string, errcode?: number): Unknown {
  return { outcome: 'unknown', reason, detail, ...(errcode === undefined ? {} : { errcode }) };
}
