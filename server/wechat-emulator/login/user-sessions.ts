import { createHmac, randomBytes, randomInt } from 'node:crypto';

/** The one session key of each user. A server that keeps an old one, or counts on a new one, is found out. */
export class UserSessions {
  private readonly keys = new Map<string, string>();

  /** `wx.login`: any new code may replace the key, and whether it does nobody can tell beforehand. */
  login(openid: string): void {
    if (!this.keys.has(openid) || randomInt(2) === 0) this.replace(openid);
  }

  replace(openid: string): string {
    const key = randomBytes(16).toString('base64');
    this.keys.set(openid, key);
    return key;
  }

  keyOf(openid: string): string | null {
    return this.keys.get(openid) ?? null;
  }

  /** Whether it is the HMAC-SHA256 of the empty text; the key is the text of the session key as it stands. */
  isSignature(openid: string, signature: unknown): boolean {
    const key = this.keyOf(openid);
    return key !== null && signature === createHmac('sha256', key).update('').digest('hex');
  }

  snapshot(): readonly (readonly [string, string])[] {
    return [...this.keys];
  }

  restore(kept: readonly (readonly [string, string])[]): void {
    for (const [openid, key] of kept) this.keys.set(openid, key);
  }
}
