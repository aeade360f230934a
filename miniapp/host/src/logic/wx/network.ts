import type { WireAnswer, WireRequest } from '../bridge.js';
import type { SentRequest } from '../session.js';
import { type Api, answering, answeringAll, type CallOptions, Refusal, textIn } from './answer.js';
import type { WxContext } from './context.js';

/** WeChat's documents: ten requests at once. */
export const MOST_REQUESTS = 10;
const USUAL_TIMEOUT_MS = 60_000;
const WORDS = { timeout: 'timeout', no_line: 'net::ERR_INTERNET_DISCONNECTED', aborted: 'abort', failed: 'failed' };
const NUMBERS = { timeout: { errno: 5 }, no_line: { errno: 600001 }, aborted: {}, failed: { errno: 600001 } };
const ABORTED: WireAnswer = { fault: 'aborted', words: WORDS.aborted };

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
  const id = crypto.randomUUID();
  return { id, url, method, headers, body, timeoutMs: Number(options.timeout ?? USUAL_TIMEOUT_MS) };
}

function parsed(text: string, dataType: string): unknown {
  if (dataType !== 'json') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const silent = () => undefined;

/** A request on its way; what aborts it changes with where it is. */
interface Task {
  abort(): void;
}

export function network(context: WxContext): Api {
  const { bridge, faults, session, router } = context;
  let running = 0;
  const send = async (options: CallOptions, task: Task) => {
    const wire = wireOf(options);
    if (!/^https?:\/\//.test(wire.url)) throw new Refusal(`invalid url "${wire.url}"`);
    if (running >= MOST_REQUESTS) throw new Error(`request: more than ${MOST_REQUESTS} at once (${wire.url})`);
    running += 1;
    const record: SentRequest = {
      page: router.top?.path ?? '',
      method: wire.method,
      url: wire.url,
      status: null,
      answeredAt: null,
    };
    session.requests.push(record);
    // The mini-program hears of it at once, whatever the line still does.
    const aborted = new Promise<WireAnswer>((resolve) => {
      task.abort = () => {
        resolve(ABORTED);
        void bridge.abort(wire.id);
      };
    });
    const sent: Promise<WireAnswer> = session.online
      ? bridge.request(wire)
      : Promise.resolve({ fault: 'no_line', words: WORDS.no_line });
    const answer = await Promise.race([sent, aborted]).finally(() => {
      running -= 1;
      task.abort = silent;
    });
    record.status = 'fault' in answer ? answer.fault : answer.status;
    record.answeredAt = session.sinceLaunch();
    if ('fault' in answer) throw new Refusal(WORDS[answer.fault], NUMBERS[answer.fault]);
    const data = parsed(answer.text, textIn(options, 'dataType', 'json'));
    return { data, statusCode: answer.status, header: answer.headers, cookies: answer.cookies };
  };
  return {
    request: (options: CallOptions = {}) => {
      const task: Task = { abort: silent };
      const promise = answering('request', faults, (asked) => send(asked, task))(options);
      const control = {
        abort: () => task.abort(),
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
        if (!session.online) throw new Refusal(WORDS.no_line, NUMBERS.no_line);
        const { status, path } = await bridge.download(textIn(options, 'url'));
        if (path === null) throw new Refusal(WORDS.failed);
        return { statusCode: status, tempFilePath: path };
      },
    }),
  };
}
