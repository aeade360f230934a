import { randomBytes } from 'node:crypto';
import type { Errcode } from '../api-errors.js';
import type { EmulatorClock } from '../clock.js';
import type { JsonObject } from '../json-body.js';

const WELCOME_LIVES_MS = 20_000;

export interface ContactWay {
  readonly configId: string;
  readonly type: 1 | 2;
  readonly state: string;
  readonly users: readonly string[];
  readonly remark: string;
  readonly skipVerify: boolean;
  /** Epoch milliseconds. */
  readonly madeAt: number;
}

/** One customer in one member's list. Instants are epoch milliseconds. */
export interface Contact {
  readonly userId: string;
  readonly externalUserId: string;
  /** Who it is in WeChat. */
  readonly personaId: string;
  readonly state: string;
  readonly addedAt: number;
  readonly tags: readonly string[];
  readonly remark: string;
  /** She wrote, or was written to: a welcome comes too late. */
  readonly isChatting: boolean;
}

export interface Welcome {
  readonly code: string;
  readonly userId: string;
  readonly externalUserId: string;
  readonly madeAt: number;
  /** What was sent; null: nothing yet. */
  readonly sent: JsonObject | null;
}

export interface KeptWecom {
  readonly ways: readonly ContactWay[];
  readonly contacts: readonly Contact[];
  readonly former: readonly string[];
  readonly welcomes: readonly Welcome[];
  readonly tags: readonly (readonly [string, string])[];
}

function keyOf(userId: string, externalUserId: string): string {
  return `${userId} ${externalUserId}`;
}

/** §10: what a company's WeCom knows of its members' customers. */
export class WecomDesk {
  private ways: ContactWay[] = [];
  private readonly contacts = new Map<string, Contact>();
  /** Pairs that were contacts once: adding again may bring no state. */
  private former = new Set<string>();
  private welcomes: Welcome[] = [];
  /** Tag id → name. */
  readonly tags = new Map<string, string>();
  /** User ids of the company; null: every well-formed one. */
  members: ReadonlySet<string> | null = null;
  /** Whether the developer account is bound: only then is a unionid told. */
  isBound = true;
  /** The console greets by itself, so no welcome code is given. */
  hasConsoleGreeting = false;
  /** The next welcomes answer these, one each; 0 is as usual. */
  nextWelcomes: (Errcode | 0)[] = [];
  /** As documented; tests lower them. */
  readonly limits = { ways: 500_000, tagsEach: 3000, marksAtOnce: 5, markMs: 5 };

  constructor(private readonly clock: EmulatorClock) {}

  isMember(userId: string): boolean {
    return this.members === null ? /^[\w.@-]{1,64}$/.test(userId) : this.members.has(userId);
  }

  addWay(way: Omit<ContactWay, 'configId' | 'madeAt'>): ContactWay {
    const made = { ...way, configId: randomBytes(16).toString('hex'), madeAt: this.clock.now() };
    this.ways.push(made);
    return made;
  }

  way(configId: string): ContactWay | undefined {
    return this.ways.find((way) => way.configId === configId);
  }

  find(userId: string, externalUserId: string): Contact | undefined {
    return this.contacts.get(keyOf(userId, externalUserId));
  }

  /** Everybody in whose list she is. */
  followersOf(externalUserId: string): Contact[] {
    return [...this.contacts.values()].filter((contact) => contact.externalUserId === externalUserId);
  }

  put(contact: Contact): void {
    this.contacts.set(keyOf(contact.userId, contact.externalUserId), contact);
  }

  wasContact(userId: string, externalUserId: string): boolean {
    return this.former.has(keyOf(userId, externalUserId));
  }

  remove(userId: string, externalUserId: string): boolean {
    const key = keyOf(userId, externalUserId);
    this.former.add(key);
    return this.contacts.delete(key);
  }

  /** A code for one welcome; null while the console greets. */
  giveWelcomeCode(userId: string, externalUserId: string): string | null {
    if (this.hasConsoleGreeting) return null;
    const code = `CALLBACK${randomBytes(12).toString('base64url')}`;
    this.welcomes.push({ code, userId, externalUserId, madeAt: this.clock.now(), sent: null });
    return code;
  }

  /** 0 when it was sent. Used, unknown and older than 20 s are the same to the sender. */
  sendWelcome(code: string, message: JsonObject): 0 | Errcode {
    const welcome = this.welcomes.find((one) => one.code === code);
    if (welcome === undefined || welcome.sent !== null) return 41050;
    if (this.clock.now() - welcome.madeAt >= WELCOME_LIVES_MS) return 41050;
    if (this.find(welcome.userId, welcome.externalUserId)?.isChatting) return 41051;
    const told = this.nextWelcomes.shift() ?? 0;
    if (told !== 0) return told;
    this.welcomes = this.welcomes.map((one) => (one === welcome ? { ...one, sent: message } : one));
    return 0;
  }

  addTag(name: string): string {
    const known = [...this.tags].find(([, other]) => other === name);
    const id = known?.[0] ?? `et${randomBytes(12).toString('hex')}`;
    this.tags.set(id, name);
    return id;
  }

  allWays(): readonly ContactWay[] {
    return this.ways;
  }

  allContacts(): readonly Contact[] {
    return [...this.contacts.values()];
  }

  allWelcomes(): readonly Welcome[] {
    return this.welcomes;
  }

  snapshot(): KeptWecom {
    const { ways, welcomes } = this;
    return { ways, welcomes, contacts: this.allContacts(), former: [...this.former], tags: [...this.tags] };
  }

  restore({ ways, contacts, former, welcomes, tags }: KeptWecom): void {
    this.ways = [...ways];
    this.welcomes = [...welcomes];
    this.former = new Set(former);
    for (const contact of contacts) this.put(contact);
    for (const [id, name] of tags) this.tags.set(id, name);
  }
}
