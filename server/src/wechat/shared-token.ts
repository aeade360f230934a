import type { WallClock } from '../platform/clock/wall-clock.js';
import { type ApiAnswer, refusalFor } from './api-answer.js';
import { done, type Outcome, unknown } from './outcome.js';

const STOP_USING_BEFORE_EXPIRY_MS = 5 * 60_000;
/** Bad, replaced or expired: read the shared token again and retry once. */
export const TOKEN_ERRCODES = new Set([40001, 40014, 42001]);

interface CachedToken {
  readonly token: string;
  readonly usableUntil: number;
}

export type TokenOutcome = Outcome<string, 'misconfigured'>;
export type TokenFailure = Exclude<TokenOutcome, { outcome: 'ok' }>;

/** An access token that calls share until shortly before its end; of WeChat or of WeCom, which differ in `ask`. */
export class SharedToken {
  private cached: CachedToken | null = null;
  private asking: Promise<TokenOutcome> | null = null;

  constructor(
    private readonly clock: WallClock,
    private readonly askApi: () => Promise<ApiAnswer>,
  ) {}

  /** The current token; asks when five minutes or less of it are left. Simultaneous callers share one question. */
  async current(): Promise<TokenOutcome> {
    if (this.cached && this.clock.now() < this.cached.usableUntil) return done(this.cached.token);
    this.asking ??= this.ask().finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  /** Forgets a token that was not taken. A newer one that another caller has fetched meanwhile is kept. */
  forget(token: string): void {
    if (this.cached?.token === token) this.cached = null;
  }

  /** Calls with the token. One that is not taken is read again, once. */
  async use(call: (token: string) => Promise<ApiAnswer>): Promise<ApiAnswer | TokenFailure> {
    const first = await this.useOnce(call);
    if (first.answer.outcome !== 'errcode' || !TOKEN_ERRCODES.has(first.answer.errcode)) return first.answer;
    this.forget(first.token);
    return (await this.useOnce(call)).answer;
  }

  private async useOnce(call: (token: string) => Promise<ApiAnswer>) {
    const token = await this.current();
    if (token.outcome !== 'ok') return { answer: token, token: '' };
    return { answer: await call(token.value), token: token.value };
  }

  private async ask(): Promise<TokenOutcome> {
    const askedAt = this.clock.now();
    const answer = await this.askApi();
    if (answer.outcome === 'unknown') return answer;
    if (answer.outcome === 'errcode') return refusalFor(answer, {});
    const { access_token: token, expires_in: lifetime } = answer.outcome === 'json' ? answer.json : {};
    if (typeof token !== 'string' || token === '' || typeof lifetime !== 'number') {
      return unknown('malformed', 'no access_token in the answer');
    }
    this.cached = { token, usableUntil: askedAt + lifetime * 1000 - STOP_USING_BEFORE_EXPIRY_MS };
    return done(token);
  }
}
