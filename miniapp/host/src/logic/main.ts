import type { Bench } from '../bench/bench.js';
import { Commands } from '../protocol/commands.js';
import { TEMPLATES_NAME, TemplatePlaces } from '../template-places.js';
import type { Bridge, Start } from './bridge.js';
import { Runtime } from './runtime.js';

/** How the process around the browser reaches in. */
export interface HostWindow {
  /** Ends when the first page can be seen. */
  ready: Promise<void>;
  /** An answer, or the words of what went wrong. */
  command(method: string, params: object): Promise<{ answer?: unknown; fault?: string }>;
}

declare global {
  interface Window {
    __weappStart?: Omit<Start, 'bridge'> & { templates: string };
    __weappBridge?: (name: string, args: unknown[]) => Promise<unknown>;
    __weappHost?: HostWindow;
    __weappBench?: Bench;
  }
}

type Callable = (name: string, args: unknown[]) => Promise<unknown>;

/** `answered` is called before whoever waits hears of the answer. */
function bridgeOver(call: Callable, answered: () => void): Bridge {
  const send = <T>(name: keyof Bridge, ...args: unknown[]) => {
    const answer = call(name, args) as Promise<T>;
    return answer.finally(answered);
  };
  return {
    emit: (method, params) => void send('emit', method, params),
    request: (wire) => send('request', wire),
    abort: (id) => send('abort', id),
    download: (url) => send('download', url),
    keepPicture: (path) => send('keepPicture', path),
    platform: (path, body) => send('platform', path, body),
    platformPage: (path, query) => send('platformPage', path, query),
  };
}

const { templates, ...start } = window.__weappStart as NonNullable<Window['__weappStart']>;
const templateScript = `(${templates})`;
// On the bench this window is one of several phones, and the bench says whose.
const place = window.parent === window ? undefined : window.parent.__weappBench?.placeOf(window);
const runtime: Runtime = new Runtime({
  ...start,
  templatePlaces: new TemplatePlaces(templateScript),
  options: { ...start.options, ...place?.options },
  bridge: bridgeOver(place?.call ?? (window.__weappBridge as Callable), () => runtime.context.gesture.end()),
  watch: place?.watch,
});
/** Nothing of a template runs before it is shown, except its scripts. */
window.__weappViewHost = runtime.viewHost((view) => {
  try {
    return (view as Window & typeof globalThis).eval(`${templateScript}\n//# sourceURL=${TEMPLATES_NAME}`);
  } catch (error) {
    const { message, stack } = error as Error;
    throw Object.assign(new Error(`a template's WXS throws: ${message}`), { stack });
  }
});
window.addEventListener('error', ({ error, message }) => runtime.faults.report(error ?? new Error(message)));
window.addEventListener('unhandledrejection', ({ reason }) => {
  runtime.faults.report(reason, true);
  runtime.app.unhandled(reason);
});
const commands = new Commands(runtime);
window.__weappHost = {
  ready: runtime.launch(),
  command: async (method, params) => {
    runtime.context.gesture.end();
    try {
      return { answer: await commands.run(method, params) };
    } catch (error) {
      const { message, errMsg } = error as Error & { errMsg?: string };
      return { fault: message ?? errMsg ?? String(error) };
    }
  },
};
