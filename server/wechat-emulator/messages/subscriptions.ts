import type { Errcode } from '../api-errors.js';
import type { EmulatorClock } from '../clock.js';

export type Choice = 'accept' | 'reject' | 'ban' | 'filter';
export type TemplateKind = 'once' | 'long';

export interface SentMessage {
  readonly openid: string;
  readonly templateId: string;
  readonly page: string | null;
  readonly values: Readonly<Record<string, string>>;
  readonly sentAt: number;
}

export interface KeptSubscriptions {
  readonly templates: readonly (readonly [string, TemplateKind])[] | null;
  readonly grants: readonly (readonly [string, number])[];
  readonly banned: readonly string[];
  readonly muted: readonly string[];
  readonly sent: readonly SentMessage[];
}

const TEMPLATE_ID = /^[A-Za-z0-9_-]{1,64}$/;
/** Messages beyond these are history that nobody reads. */
const SENT_KEPT = 500;

/** Who allowed which message how often, and what was sent. One accept is one send, and does not expire. */
export class Subscriptions {
  /** The templates of the account. Null, the default, takes every well-formed id, as one-time. */
  templates: Map<string, TemplateKind> | null = null;
  /** Openids whose master switch for messages is off. */
  readonly muted = new Set<string>();
  /** What the next send answers, for what nothing here brings about: 43108. */
  nextFault: Errcode | null = null;
  private readonly grants = new Map<string, number>();
  private readonly banned = new Set<string>();
  private sent: SentMessage[] = [];

  constructor(private readonly clock: EmulatorClock) {}

  kindOf(templateId: string): TemplateKind | null {
    if (this.templates) return this.templates.get(templateId) ?? null;
    return TEMPLATE_ID.test(templateId) ? 'once' : null;
  }

  choose(openid: string, templateId: string, choice: Choice): void {
    const key = `${openid} ${templateId}`;
    if (choice === 'ban') this.banned.add(key);
    if (choice !== 'accept') return;
    this.banned.delete(key);
    this.grants.set(key, this.left(openid, templateId) + 1);
  }

  left(openid: string, templateId: string): number {
    return this.grants.get(`${openid} ${templateId}`) ?? 0;
  }

  /** Uses one accept up, or says why not. */
  send(message: Omit<SentMessage, 'sentAt'>): 0 | 43101 | 43107 {
    const key = `${message.openid} ${message.templateId}`;
    if (this.banned.has(key)) return 43107;
    const left = this.grants.get(key) ?? 0;
    if (left === 0 || this.muted.has(message.openid)) return 43101;
    // A long-term subscription is not used up.
    if (this.kindOf(message.templateId) === 'once') this.grants.set(key, left - 1);
    this.sent = [...this.sent, { ...message, sentAt: this.clock.now() }].slice(-SENT_KEPT);
    return 0;
  }

  /** Oldest first. */
  all(): readonly SentMessage[] {
    return this.sent;
  }

  snapshot(): KeptSubscriptions {
    const { templates, grants, banned, muted, sent } = this;
    return {
      templates: templates && [...templates],
      grants: [...grants],
      banned: [...banned],
      muted: [...muted],
      sent,
    };
  }

  restore(kept: KeptSubscriptions): void {
    this.templates = kept.templates && new Map(kept.templates);
    for (const [key, left] of kept.grants) this.grants.set(key, left);
    for (const key of kept.banned) this.banned.add(key);
    for (const openid of kept.muted) this.muted.add(openid);
    this.sent = [...kept.sent];
  }
}
