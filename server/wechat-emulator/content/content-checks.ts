import type { Errcode } from '../api-errors.js';
import type { EmulatorClock } from '../clock.js';
import { DOUBT_WORD, TRIGGER_WORDS } from './content-words.data.js';

export type Suggest = 'pass' | 'review' | 'risky';

export interface Verdict {
  readonly suggest: Suggest;
  readonly label: number;
}

export interface CheckedText extends Verdict {
  readonly openid: string;
  readonly scene: number;
  readonly text: string;
  readonly checkedAt: number;
}

export interface KeptContent {
  readonly seen: readonly (readonly [string, number])[];
  readonly checked: readonly CheckedText[];
}

const SEEN_FOR_MS = 2 * 3_600_000;
/** The documents say that a repeated request is refused and not how soon: within a minute, here. */
const REPEATED_WITHIN_MS = 60_000;
/** Checks beyond these are history that nobody reads. */
const CHECKED_KEPT = 500;

/** §9: what was checked, and who was in the mini-program lately. */
export class ContentChecks {
  /** What the next check answers, whatever the text: a verdict, or an errcode. */
  next: Verdict | Errcode | null = null;
  private readonly seen = new Map<string, number>();
  private checked: CheckedText[] = [];

  constructor(private readonly clock: EmulatorClock) {}

  /** She has the mini-program open. */
  see(openid: string, at = this.clock.now()): void {
    this.seen.set(openid, at);
  }

  isSeen(openid: string): boolean {
    const at = this.seen.get(openid);
    return at !== undefined && this.clock.now() - at < SEEN_FOR_MS;
  }

  isRepeated(openid: string, scene: number, text: string): boolean {
    const after = this.clock.now() - REPEATED_WITHIN_MS;
    return this.checked.some(
      (one) => one.checkedAt > after && one.openid === openid && one.scene === scene && one.text === text,
    );
  }

  check(openid: string, scene: number, text: string, ordered: Verdict | null): Verdict {
    const verdict = ordered ?? verdictOn(text);
    this.checked = [...this.checked, { openid, scene, text, checkedAt: this.clock.now(), ...verdict }].slice(
      -CHECKED_KEPT,
    );
    return verdict;
  }

  /** Oldest first. */
  all(): readonly CheckedText[] {
    return this.checked;
  }

  snapshot(): KeptContent {
    return { seen: [...this.seen], checked: this.checked };
  }

  restore({ seen, checked }: KeptContent): void {
    for (const [openid, at] of seen) this.seen.set(openid, at);
    this.checked = [...checked];
  }
}

function verdictOn(text: string): Verdict {
  const found = TRIGGER_WORDS.find(({ word }) => text.includes(word));
  if (found === undefined) return { suggest: 'pass', label: 100 };
  return { suggest: text.includes(DOUBT_WORD) ? 'review' : 'risky', label: found.label };
}
