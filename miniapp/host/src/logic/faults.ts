import type { Bridge } from './bridge.js';

/** `new Function` puts two lines before the text that it is given, and the loader one. */
const LINES_BEFORE = 3;
const FRAME = /weapp:\/\/\/([^\s:)]+):(\d+):(\d+)/g;

/** The stack with the lines that the mini-program's own files have. */
export function ownStack(stack: string): string {
  return stack.replace(FRAME, (_whole, file, line, column) => `${file}:${Number(line) - LINES_BEFORE}:${column}`);
}

export interface SeenFault {
  message: string;
  /** `file:line:column` inside the mini-program; null when the error came from elsewhere. */
  place: string | null;
  stack: string;
}

export function describeFault(error: unknown): SeenFault {
  const { message, stack = '', errMsg } = (error ?? {}) as Error & { errMsg?: string };
  const words = message ?? errMsg ?? String(error);
  const first = /weapp:\/\/\/([^\s:)]+):(\d+):(\d+)/.exec(stack);
  return { message: words, place: first === null ? null : ownStack(first[0]), stack: ownStack(stack) };
}

/** Everything that went wrong in the mini-program and that a phone would have swallowed or shown as a white page. */
export class Faults {
  readonly seen: SeenFault[] = [];
  /** Called with each fault that the app may want to hear of by `onError`. */
  listener: (message: string) => void = () => undefined;

  constructor(private readonly bridge: Pick<Bridge, 'emit'>) {}

  /** `isRejection`: WeChat tells the app of those by another name. */
  report(error: unknown, isRejection = false): void {
    const fault = describeFault(error);
    this.seen.push(fault);
    const { message, stack, place } = fault;
    this.bridge.emit('App.exceptionThrown', { exception: { message, stack, place } });
    if (!isRejection) this.listener(`${message}\n${stack}`);
  }

  /** Calls and reports what is thrown, at once or later; gives what the call gave. */
  guard<T>(call: () => T): T | undefined {
    try {
      const result = call();
      if (result instanceof Promise) result.catch((error: unknown) => this.report(error));
      return result;
    } catch (error) {
      this.report(error);
      return undefined;
    }
  }
}
