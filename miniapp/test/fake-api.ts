/** The server as a test wants it: routes by `GET /guide/balance`, answers by value or by what was asked. */
import { type Problem, ProblemType } from '@mall/shared/problems';
import Taro from '@tarojs/taro';

export interface Asked {
  method: string;
  /** Below `/api`, without its query. */
  path: string;
  body: unknown;
  header: Record<string, string>;
}

export class Refusal {
  constructor(
    readonly status: number,
    readonly type: ProblemType,
    readonly members: Record<string, unknown> = {},
  ) {}
}

/** Nobody answers, as on a train. */
export const SILENCE = Symbol('silence');
/** An answer that never comes while the test looks. */
export const FOREVER = Symbol('forever');

type Answer = unknown | ((asked: Asked) => unknown);

const session = { token: 'token', expiresAt: 9_999_999_999_999, me: null };

export interface FakeApi {
  /** Everything that was asked, in order, but signing in. */
  asked: Asked[];
  /** How often, e.g. `POST /guide/payouts`. */
  times: (route: string) => number;
  /** From now on. */
  answer: (route: string, answer: Answer) => void;
}

/** Serves `routes` through Taro.request until the next call. A route that is not named answers 404. */
export function serveApi(routes: Record<string, Answer>): FakeApi {
  const table = new Map(Object.entries(routes));
  const asked: Asked[] = [];
  const request = async (options: unknown) => {
    const { url, method, data, header } = options as Record<string, string> & { header: Record<string, string> };
    const path = (url ?? '').replace(/^.*\/api/, '').replace(/\?.*$/, '');
    if (path === '/sessions/wechat') return { statusCode: 200, data: JSON.stringify(session) };
    const question: Asked = {
      method: method ?? '',
      path,
      body: data === undefined ? undefined : JSON.parse(data),
      header,
    };
    asked.push(question);
    const found = table.get(`${method} ${path}`) ?? new Refusal(404, ProblemType.NotFound);
    const answer = typeof found === 'function' ? await (found as (asked: Asked) => unknown)(question) : found;
    if (answer === SILENCE) throw new Error('no answer');
    if (answer === FOREVER) return new Promise<never>(() => undefined);
    if (!(answer instanceof Refusal)) return { statusCode: 200, data: JSON.stringify(answer) };
    const problem: Problem = { type: answer.type, title: answer.type, status: answer.status, ...answer.members };
    return { statusCode: answer.status, data: JSON.stringify(problem) };
  };
  jest.mocked(Taro.request).mockImplementation(request as never);
  return {
    asked,
    times: (route) => asked.filter(({ method, path }) => `${method} ${path}` === route).length,
    answer: (route, answer) => void table.set(route, answer),
  };
}
