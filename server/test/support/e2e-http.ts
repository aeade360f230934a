/** Raw HTTP for tests that send what no honest client would, and what every refusal must look like. */
import type { Problem, ProblemType } from '@mall/shared/problems';

export interface RawCall {
  token?: string;
  key?: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is; `type` is the content type. */
  raw?: { type: string | null; content: string | Buffer };
  headers?: Record<string, string>;
}

export interface RawAnswer {
  status: number;
  type: string;
  text: string;
  body: unknown;
}

function bodyOf({ body, raw }: RawCall): RequestInit['body'] {
  if (raw !== undefined) return raw.content as RequestInit['body'];
  return body === undefined ? undefined : JSON.stringify(body);
}

/** One request; never throws on a status. */
export async function send(baseUrl: string, method: string, path: string, call: RawCall = {}): Promise<RawAnswer> {
  const headers: Record<string, string> = { ...call.headers };
  if (call.token !== undefined) headers.authorization = `Bearer ${call.token}`;
  if (call.key !== undefined) headers['idempotency-key'] = call.key;
  if (call.raw === undefined && call.body !== undefined) headers['content-type'] = 'application/json';
  else if (call.raw?.type) headers['content-type'] = call.raw.type;
  const answer = await fetch(baseUrl + path, {
    method,
    headers,
    body: bodyOf(call),
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
  });
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? '';
  return { status: answer.status, type, text, body: type.includes('json') && text !== '' ? JSON.parse(text) : null };
}

/** RFC 9457 with a documented type: what every refusal is. Returns the problem. */
export function expectProblem(answer: RawAnswer, status: number, type: ProblemType): Problem {
  const problem = answer.body as Problem;
  expect({ status: answer.status, type: problem?.type, text: answer.text.slice(0, 300) }).toEqual({
    status,
    type,
    text: expect.any(String),
  });
  expect(answer.type).toContain('application/problem+json');
  expect(problem).toMatchObject({ status, title: expect.any(String), instance: expect.any(String) });
  return problem;
}
