import type { Errcode } from '../api-errors.js';
import type { EmulatorClock } from '../clock.js';
import { Tally } from './tally.js';

const DAY_MS = 86_400_000;
const CHINA_OFFSET_MS = 8 * 3_600_000;
/** Older ones still open: a code holds all that a scan needs. They are only no longer shown. */
const CODES_SHOWN = 200;

export interface MadeCode {
  readonly scene: string;
  readonly page: string;
  /** Epoch milliseconds. */
  readonly madeAt: number;
}

export type LinkKind = 'urllink' | 'scheme';

export interface Link {
  readonly token: string;
  readonly kind: LinkKind;
  readonly page: string;
  readonly query: string;
  /** Epoch milliseconds. */
  readonly madeAt: number;
  readonly expiresAt: number;
  opened: number;
}

export interface KeptCodes {
  readonly codes: readonly MadeCode[];
  readonly links: readonly Link[];
}

/** §3: the codes and links of the mini-program. URL links and schemes share their limits. */
export class CodeBook {
  private codes: MadeCode[] = [];
  private readonly links = new Map<string, Link>();
  private readonly made = { second: new Tally(1000), day: new Tally(DAY_MS, CHINA_OFFSET_MS) };
  private readonly opened = new Tally(DAY_MS, CHINA_OFFSET_MS);
  /** As documented; tests lower them. */
  readonly limits = { linksPerSecond: 100, linksPerDay: 500_000, opensPerDay: 3_000_000 };
  /** The next call for a code or link answers this, once. */
  nextFault: Errcode | null = null;
  /** Whether the mini-program has a version online. */
  isReleased = true;
  /** Personal accounts may make no links. */
  isPersonalAccount = false;

  constructor(private readonly clock: EmulatorClock) {}

  takeFault(): Errcode | null {
    const fault = this.nextFault;
    this.nextFault = null;
    return fault;
  }

  keepCode(scene: string, page: string): void {
    const others = this.codes.filter((code) => code.scene !== scene || code.page !== page);
    this.codes = [...others, { scene, page, madeAt: this.clock.now() }].slice(-CODES_SHOWN);
  }

  addLink(link: Omit<Link, 'madeAt' | 'opened'>): Link | Errcode {
    const madeAt = this.clock.now();
    if (!this.made.second.take(madeAt, this.limits.linksPerSecond)) return 44990;
    if (!this.made.day.take(madeAt, this.limits.linksPerDay)) return 44993;
    const made: Link = { ...link, madeAt, opened: 0 };
    this.links.set(made.token, made);
    return made;
  }

  /** Anybody may open a link, any number of times. */
  open(token: string): Link | 'unknown' | 'expired' | 'worn_out' {
    const link = this.links.get(token);
    if (link === undefined) return 'unknown';
    const now = this.clock.now();
    if (now >= link.expiresAt) return 'expired';
    if (!this.opened.take(now, this.limits.opensPerDay)) return 'worn_out';
    link.opened += 1;
    return link;
  }

  /** Oldest first. */
  allCodes(): readonly MadeCode[] {
    return this.codes;
  }

  /** Oldest first. */
  allLinks(): readonly Link[] {
    return [...this.links.values()];
  }

  snapshot(): KeptCodes {
    return { codes: this.codes, links: this.allLinks() };
  }

  restore({ codes, links }: KeptCodes): void {
    this.codes = [...codes];
    for (const link of links) this.links.set(link.token, link);
  }
}
