import type { WireRequest } from '../bridge.js';
import { type Api, answering, answeringAll, type CallOptions, Refusal, textIn } from './answer.js';
import type { WxContext } from './context.js';

/** WeChat's documents: ten requests at once. */
export const MOST_REQUESTS = 10;
const USUAL_TIMEOUT_MS = 60_000;
const WORDS = { timeout: 'timeout', no_line: 'net::ERR_INTERNET_DISCONNECTED', failed: 'failed' };
const ERRNO = { timeout: 5, no_line: 600001, failed: 600001 };

function encoded(data: object): string {
  return Object.entries(data)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');
}

/** As it goes over the line: data in the address for GET, a form or JSON otherwise. */
export function wireOf(options: CallOptions): WireRequest {
  const method = textIn(options, 'method', 'GET').toUpperCase();
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  for (const [name, value] of Object.entries((options.header ?? {}) as object))
    headers[name.toLowerCase()] = String(value);
  let url = textIn(options, 'url');
  const { data } = options;
  let body: string | null = null;
  if (typeof data === 'string') body = data;
  else if (typeof data === 'object' && data !== null) {
    if (method === 'GET' || method === 'HEAD') {
      const query = encoded(data);
      if (query !== '') url += (url.includes('?') ? '&' : '?') + query;
    } else body = headers['content-type'].includes('x-www-form-urlencoded') ? encoded(data) : JSON.stringify(data);
  }
  if (method === 'GET' || method === 'HEAD') body = null;
  return { url, method, headers, body, timeoutMs: Number(options.timeout ?? USUAL_TIMEOUT_MS) };
}

function parsed(text: string, dataType: string): unknown {
  if (dataType !== 'json') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function network(context: WxContext): Api {
  const { bridge, faults, session, router } = context;
  let running = 0;
  const send = async (options: CallOptions, task: { aborted: boolean }) => {
    const wire = wireOf(options);
    if (!/^https?:\/\//.test(wire.url)) throw new Refusal(`invalid url "${wire.url}"`);
    if (running >= MOST_REQUESTS) throw new Error(`request: more than ${MOST_REQUESTS} at once (${wire.url})`);
    running += 1;
    const page = router.top?.path ?? '';
    const answer = await (session.online
      ? bridge.request(wire)
      : Promise.resolve({ fault: 'no_line' as const, words: WORDS.no_line })
    ).finally(() => {
      running -= 1;
    });
    const status = 'fault' in answer ? answer.fault : answer.status;
    session.requests.push({ page, method: wire.method, url: wire.url, status });
    if (task.aborted) throw new Refusal('abort');
    if ('fault' in answer) throw new Refusal(WORDS[answer.fault], { errno: ERRNO[answer.fault] });
    const data = parsed(answer.text, textIn(options, 'dataType', 'json'));
    return { data, statusCode: answer.status, header: answer.headers, cookies: answer.cookies };
  };
  const silent = () => undefined;
  return {
    request: (options: CallOptions = {}) => {
      const task = { aborted: false };
      const promise = answering('request', faults, (asked) => send(asked, task))(options);
      const abort = () => {
        task.aborted = true;
      };
      const control = {
        abort,
        onHeadersReceived: silent,
        offHeadersReceived: silent,
        onChunkReceived: silent,
        offChunkReceived: silent,
      };
      // The task is a promise as well when nobody is called back.
      return promise === undefined ? control : Object.assign(promise, control);
    },
    ...answeringAll(faults, {
      downloadFile: async (options) => {
        if (!session.online) throw new Refusal(WORDS.no_line, { errno: ERRNO.no_line });
        const { status, path } = await bridge.download(textIn(options, 'url'));
        if (path === null) throw new Refusal(WORDS.failed);
        return { statusCode: status, tempFilePath: path };
      },
    }),
  };
}
