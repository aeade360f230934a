import { randomBytes } from 'node:crypto';
import type { EmulatorClock } from './clock.js';
import type { Persona } from './personas.js';

const LIFETIME_MS = 5 * 60_000;

export type CodeKind = 'login' | 'phone';

interface IssuedCode {
  readonly kind: CodeKind;
  readonly persona: Persona;
  readonly appId: string;
  readonly expiresAt: number;
  used: boolean;
}

/** What a look at a code finds. `use` spends it. */
export type CodeFound = { state: 'good'; persona: Persona; use(): void } | { state: 'invalid' | 'foreign_app' };

/** Codes of `wx.login` and of the phone button: five minutes, one use, never interchangeable. */
export class OneTimeCodes {
  private readonly issued = new Map<string, IssuedCode>();

  constructor(private readonly clock: EmulatorClock) {}

  issue(kind: CodeKind, persona: Persona, appId: string): string {
    const code = randomBytes(24).toString('base64url');
    this.issued.set(code, { kind, persona, appId, expiresAt: this.clock.now() + LIFETIME_MS, used: false });
    return code;
  }

  find(kind: CodeKind, code: string, appId: string): CodeFound {
    const found = this.issued.get(code);
    if (!found || found.kind !== kind || found.used || this.clock.now() >= found.expiresAt) return { state: 'invalid' };
    if (found.appId !== appId) return { state: 'foreign_app' };
    return {
      state: 'good',
      persona: found.persona,
      use: () => {
        found.used = true;
      },
    };
  }
}
