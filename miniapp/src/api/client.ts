import { ProblemType } from '@mall/shared/problems';
import type { HttpMethod, WireRequest, WireResponse } from '../platform/request';
import { ApiProblem, ClientFault, problemOf } from './problem';

export interface ApiCall {
  method: HttpMethod;
  /** Below `/api`, with a leading slash. */
  path: string;
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  body?: unknown;
  headers?: Record<string, string>;
  /** `required` signs in first; `optional` sends a token when there is one, so that shelves need not wait. */
  session: 'required' | 'optional' | 'none';
}

export interface ClientParts {
  base: string;
  send: (request: WireRequest) => Promise<WireResponse>;
  readToken: () => string | null;
  /** Gets, stores and returns a new token. */
  signIn: () => Promise<string>;
}

/** `?a=1&b=x`, values URL-encoded, undefined left out; empty string when nothing is left. */
export function queryString(query: ApiCall['query'] = {}): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

const isSessionProblem = (problem: ApiProblem) =>
  problem.type === ProblemType.SessionExpired || problem.type === ProblemType.NotAuthenticated;

export interface ApiClient {
  call: <T>(request: ApiCall) => Promise<T>;
  /** Signs in, or waits for the sign-in that is under way. */
  ensureSession: () => Promise<string>;
}

/**
 * The way to the server. When it refuses the session, signs in again and repeats the request, once; requests that
 * run side by side share one sign-in. Throws ApiProblem, nothing else.
 */
export function createClient(parts: ClientParts): ApiClient {
  let signingIn: Promise<string> | null = null;

  function signIn(): Promise<string> {
    signingIn ??= parts
      .signIn()
      .catch((failure: unknown) => {
        throw failure instanceof ApiProblem ? failure : new ApiProblem(ClientFault.SignIn, 0, null);
      })
      .finally(() => {
        signingIn = null;
      });
    return signingIn;
  }

  async function attempt(request: ApiCall, token: string | null): Promise<unknown> {
    const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
    const answer = await parts
      .send({
        method: request.method,
        url: `${parts.base}/api${request.path}${queryString(request.query)}`,
        headers: { ...request.headers, ...authorization },
        body: request.body,
      })
      .catch(() => {
        throw new ApiProblem(ClientFault.Network, 0, null);
      });
    if (answer.status < 200 || answer.status >= 300) throw problemOf(answer.status, answer.body);
    return answer.body;
  }

  const ensureSession = async () => parts.readToken() ?? (await signIn());

  async function call<T>(request: ApiCall): Promise<T> {
    const token = request.session === 'none' ? null : parts.readToken();
    const used = request.session === 'required' ? (token ?? (await signIn())) : token;
    try {
      return (await attempt(request, used)) as T;
    } catch (thrown) {
      if (request.session === 'none' || !(thrown instanceof ApiProblem) || !isSessionProblem(thrown)) throw thrown;
      // Somebody else may have signed in while this request was on its way: then that session is tried.
      const current = parts.readToken();
      return (await attempt(request, current !== null && current !== used ? current : await signIn())) as T;
    }
  }

  return { call, ensureSession };
}
