/** A plain HTTP client, as strict as a stranger's: it knows the API's documents and nothing of its code. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

export class UnexpectedAnswer extends Error {}

interface CallOptions {
  body?: unknown;
  /** Sent as it is, e.g. CSV. */
  text?: { type: string; content: string | Buffer };
  token?: string;
  idempotencyKey?: string;
  /** Statuses that are right; 200, 201 and 204 when absent. */
  expect?: readonly number[];
}

export interface Answer<T> {
  status: number;
  body: T;
}

/** Calls one server. Any other status than expected throws with method, path, status and body. */
export class ApiClient {
  constructor(readonly baseUrl: string) {}

  async call<T>(method: string, path: string, options: CallOptions = {}): Promise<Answer<T>> {
    const headers: Record<string, string> = {};
    if (options.token) headers.authorization = `Bearer ${options.token}`;
    if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;
    if (options.text) headers['content-type'] = options.text.type;
    else if (options.body !== undefined) headers['content-type'] = 'application/json';
    const body = options.text?.content ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const answer = await fetch(this.baseUrl + path, {
      method,
      headers,
      body: body as RequestInit['body'],
      signal: AbortSignal.timeout(60_000),
    });
    const text = await answer.text();
    if (!(options.expect ?? [200, 201, 204]).includes(answer.status)) {
      throw new UnexpectedAnswer(`${method} ${path} answered ${answer.status}: ${text.slice(0, 500)}`);
    }
    return { status: answer.status, body: (text === '' ? null : parse(text)) as T };
  }

  async get<T>(path: string, token?: string): Promise<T> {
    return (await this.call<T>('GET', path, { token })).body;
  }

  async post<T>(path: string, body: unknown, token?: string): Promise<T> {
    return (await this.call<T>('POST', path, { body, token })).body;
  }

  /** A POST with a fresh Idempotency-Key. */
  async postOnce<T>(path: string, body: unknown, token: string, idempotencyKey: string = randomUUID()): Promise<T> {
    return (await this.call<T>('POST', path, { body, token, idempotencyKey })).body;
  }

  /** `path` may be a whole URL: pictures may live elsewhere. */
  async image(path: string): Promise<{ type: string; bytes: Buffer }> {
    const answer = await fetch(new URL(path, this.baseUrl), { signal: AbortSignal.timeout(60_000) });
    if (!answer.ok) throw new UnexpectedAnswer(`GET ${path} answered ${answer.status}`);
    return { type: answer.headers.get('content-type') ?? '', bytes: Buffer.from(await answer.arrayBuffer()) };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Milliseconds between two questions: soon at first, since most of what is waited for comes at once. */
const PAUSES_MS = [5, 5, 10, 10, 20, 20, 50, 50, 100];

/** Asks again until `done` says so; throws after `seconds`. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T>,
  done: (value: T) => boolean,
  seconds = 20,
): Promise<T> {
  const until = performance.now() + seconds * 1_000;
  for (let tries = 0; ; tries += 1) {
    const value = await ask();
    if (done(value)) return value;
    if (performance.now() > until) throw new UnexpectedAnswer(`${what} did not come true within ${seconds} s`);
    await sleep(PAUSES_MS[tries] ?? PAUSES_MS.at(-1));
  }
}
