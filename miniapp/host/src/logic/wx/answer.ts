import type { Faults } from '../faults.js';

export interface CallOptions {
  success?: (answer: object) => void;
  fail?: (answer: object) => void;
  complete?: (answer: object) => void;
  [name: string]: unknown;
}

/** WeChat says no: `wx.<name>:fail <words>`, with a number where it has one. */
export class Refusal extends Error {
  constructor(
    words: string,
    readonly numbers: { errno?: number; errCode?: number } = {},
  ) {
    super(words);
  }
}

/** What it gives, at once or later, joins the answer when it is an object. */
export type Act = (options: CallOptions) => unknown;
export type Api = Record<string, unknown>;

/** `success`, `fail` and `complete` where one of them is given, a promise otherwise; never before the call is over. */
export function answering(
  name: string,
  faults: Faults,
  act: Act,
): (options?: CallOptions) => Promise<object> | undefined {
  return (options = {}) => {
    const answer = (async () => {
      const said = await act(options);
      return { errMsg: `${name}:ok`, ...(typeof said === 'object' ? said : {}) };
    })().catch((error: unknown) => {
      // What is no refusal is an error of the host or of a call that it does not know.
      if (!(error instanceof Refusal)) faults.report(error);
      const { message, numbers } = error as Refusal;
      throw { errMsg: `${name}:fail ${message}`, ...(numbers ?? {}) };
    });
    const { success, fail, complete } = options;
    if (!success && !fail && !complete) return answer;
    answer.then(
      (said) => {
        faults.guard(() => success?.(said));
        faults.guard(() => complete?.(said));
      },
      (said: object) => {
        faults.guard(() => fail?.(said));
        faults.guard(() => complete?.(said));
      },
    );
    return undefined;
  };
}

/** The same for a table of calls. */
export function answeringAll(faults: Faults, acts: Record<string, Act>): Api {
  return Object.fromEntries(Object.entries(acts).map(([name, act]) => [name, answering(name, faults, act)]));
}

export const textIn = (options: CallOptions, name: string, usual = ''): string => {
  const value = options[name];
  return value === undefined || value === null ? usual : String(value);
};
