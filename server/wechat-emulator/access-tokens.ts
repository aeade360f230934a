import { randomBytes } from 'node:crypto';
import type { EmulatorClock } from './clock.js';

const LIFETIME_MS = 7_200_000;
const RENEW_EARLY_MS = 300_000;
const FORCE_INTERVAL_MS = 30_000;
const FORCE_WINDOW_MS = 86_400_000;
const FORCE_PER_DAY = 20;

interface Token {
  readonly text: string;
  readonly expiresAt: number;
}

export type IssuedToken = { token: string; expiresInSeconds: number } | { errcode: 45009 | 45011 };

/** Tokens of `stable_token`: asking again repeats the token, a forced refresh kills the earlier ones. */
export class AccessTokens {
  private live: Token[] = [];
  private forcedAt: number[] = [];

  constructor(private readonly clock: EmulatorClock) {}

  issue(forceRefresh: boolean): IssuedToken {
    const now = this.clock.now();
    if (forceRefresh) {
      this.forcedAt = this.forcedAt.filter((at) => now - at < FORCE_WINDOW_MS);
      if (this.forcedAt.length >= FORCE_PER_DAY) return { errcode: 45009 };
      if (this.forcedAt.some((at) => now - at < FORCE_INTERVAL_MS)) return { errcode: 45011 };
      this.forcedAt.push(now);
      this.live = [];
    }
    const last = this.live.at(-1);
    if (last && last.expiresAt - now > RENEW_EARLY_MS) return this.answer(last, now);
    const fresh = {
      text: `${now.toString(36)}_${randomBytes(96).toString('base64url')}`,
      expiresAt: now + LIFETIME_MS,
    };
    this.live.push(fresh);
    return this.answer(fresh, now);
  }

  /** 0 when the token is good, else the errcode: 41001 missing, 40001 unknown or replaced, 42001 expired. */
  check(text: unknown): 0 | 41001 | 40001 | 42001 {
    if (typeof text !== 'string' || text === '') return 41001;
    const token = this.live.find((candidate) => candidate.text === text);
    if (!token) return 40001;
    return this.clock.now() < token.expiresAt ? 0 : 42001;
  }

  private answer(token: Token, now: number): IssuedToken {
    return { token: token.text, expiresInSeconds: Math.floor((token.expiresAt - now) / 1000) };
  }
}
