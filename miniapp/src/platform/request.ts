import Taro from '@tarojs/taro';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface WireRequest {
  method: HttpMethod;
  /** Absolute, or relative to the page's origin on H5. */
  url: string;
  headers: Record<string, string>;
  body?: unknown;
}

export interface WireResponse {
  status: number;
  /** Parsed JSON; null for an empty body; the text itself when it is no JSON. */
  body: unknown;
}

/** The line is down, or nobody answered in time: it is not known whether the server acted. */
export class NetworkFailure extends Error {}

/** The body of an answer: JSON where it is JSON. */
export function parse(text: unknown): unknown {
  if (typeof text !== 'string') return text ?? null;
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Sends one request, any status is an answer. Throws NetworkFailure when none came within 15 seconds. */
export async function send(request: WireRequest): Promise<WireResponse> {
  // WeChat calls every request JSON that names no type, and a server that reads JSON refuses an empty body.
  const body = request.body ?? (request.method === 'GET' ? undefined : {});
  try {
    const answer = await Taro.request<string>({
      url: request.url,
      method: request.method,
      header: body !== undefined ? { 'content-type': 'application/json', ...request.headers } : request.headers,
      data: body === undefined ? undefined : JSON.stringify(body),
      // Read as text and parsed here: a 204 and a problem+json then look the same on both platforms.
      dataType: 'text',
      timeout: 15_000,
    });
    return { status: answer.statusCode, body: parse(answer.data) };
  } catch (failure) {
    throw new NetworkFailure(failure instanceof Error ? failure.message : 'no answer');
  }
}
