import { type Unknown, unknown } from './outcome.js';

export interface OutsideRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent byte for byte, since signatures cover bytes. */
  readonly body: string | null;
  readonly timeoutMs: number;
}

export interface OutsideAnswer {
  readonly outcome: 'answer';
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** One HTTP exchange. Any end but a whole answer below 500 is `unknown`: the work may have been done. */
export async function callOutside(request: OutsideRequest): Promise<OutsideAnswer | Unknown> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: { Accept: 'application/json', 'User-Agent': 'guide-mall', ...request.headers },
      ...(request.body === null ? {} : { body: request.body }),
      redirect: 'manual',
      // Covers the reading of the body as well: a peer that stops halfway has not answered.
      signal: AbortSignal.timeout(request.timeoutMs),
    });
    const body = Buffer.from(await response.arrayBuffer());
    if (response.status >= 500) return unknown('server_error', `HTTP ${response.status}`);
    if (response.status === 429) return unknown('busy', 'HTTP 429');
    if (response.status >= 300 && response.status < 400) return unknown('malformed', `HTTP ${response.status}`);
    return { outcome: 'answer', status: response.status, headers: response.headers, body };
  } catch (error) {
    // By name and not by class: the error of a time-out is a DOMException, which need not be an Error of this realm.
    const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : null;
    if (name === 'TimeoutError') return unknown('timeout', `no answer within ${request.timeoutMs} ms`);
    return unknown('network', error instanceof Error ? error.message : 'the exchange broke off');
  }
}
