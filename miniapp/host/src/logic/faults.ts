import { TEMPLATES_NAME, type TemplatePlaces } from '../template-places.js';
import type { Bridge } from './bridge.js';

/** `new Function` puts two lines before the text that it is given, and the loader one. */
const LINES_BEFORE = 3;
/** Of a script, or of the templates that were compiled into one. */
const FRAME = new RegExp(`weapp:///([^\\s:)]+):(\\d+):(\\d+)|${TEMPLATES_NAME}:(\\d+):(\\d+)`, 'g');

export interface SeenFault {
  message: string;
  /** `file:line:column` inside the mini-program; null when the error came from elsewhere. */
  place: string | null;
  stack: string;
}

/** Everything that went wrong in the mini-program and that a phone would have swallowed or shown as a white page. */
export class Faults {
  readonly seen: SeenFault[] = [];
  /** Called with each fault that the app may want to hear of by `onError`. */
  listener: (message: string) => void = () => undefined;

  constructor(
    private readonly bridge: Pick<Bridge, 'emit'>,
    private readonly templates: TemplatePlaces,
  ) {}

  /** `isRejection`: WeChat tells the app of those by another name. */
  report(error: unknown, isRejection = false): void {
    const fault = this.describe(error);
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

  private describe(error: unknown): SeenFault {
    const { message, stack = '', errMsg } = (error ?? {}) as Error & { errMsg?: string };
    return { message: message ?? errMsg ?? String(error), ...this.own(stack) };
  }

  /** The stack with the lines that the mini-program's own files have, and the first of them. */
  private own(stack: string): Pick<SeenFault, 'place' | 'stack'> {
    let place: string | null = null;
    const own = stack.replace(FRAME, (frame, file, line, column, templateLine, templateColumn) => {
      const found =
        file === undefined
          ? this.templates.placeOf(Number(templateLine), Number(templateColumn))
          : `${file}:${Number(line) - LINES_BEFORE}:${column}`;
      place ??= found;
      return found ?? frame;
    });
    return { place, stack: own };
  }
}
