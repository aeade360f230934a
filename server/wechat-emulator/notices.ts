import { randomUUID } from 'node:crypto';
import { type EmulatorClock, type PlatformTime, toChinaTime } from './clock.js';
import type { JsonObject } from './json-body.js';
import { bendApiV3Key, bendBody, bendHeaders, bendResource, type NoticeBend } from './notice-bends.js';
import { encryptResource, platformHeaders } from './pay-signature.js';
import type { PlatformKeys } from './platform-keys.js';

const MINUTE = 60_000;
/** 15s/15s/30s/3m/10m/20m/30m/30m/30m/60m/3h/3h/3h/6h/6h */
export const DOCUMENTED_RETRY_DELAYS_MS: readonly number[] = [
  15_000,
  15_000,
  30_000,
  ...[3, 10, 20, 30, 30, 30, 60, 180, 180, 180, 360, 360].map((minutes) => minutes * MINUTE),
];
const ANSWER_WITHIN_MS = 5000;

/**
 * `deliver` at once, `hold` back until a resend is ordered, `duplicate` sends every notice twice, `delay` sends late,
 * `shuffle` waits for a few and sends the latest first, `drop` never sends.
 */
export const NOTICE_MODES = ['deliver', 'hold', 'duplicate', 'delay', 'shuffle', 'drop'] as const;
export type NoticeMode = (typeof NOTICE_MODES)[number];

export interface NoticeEvent {
  readonly eventType: string;
  readonly originalType: 'transaction' | 'refund' | 'mch_payment';
  readonly summary: string;
  readonly url: string;
  readonly resource: JsonObject;
}

export interface Notice {
  readonly id: string;
  readonly eventType: string;
  readonly url: string;
  readonly body: string;
  readonly createdAt: number;
  /** What it tells, unsealed: a bent copy is made from it. */
  readonly event: NoticeEvent;
  /** HTTP status of each answer; 0 when none came within five seconds. */
  readonly answers: number[];
  state: 'held' | 'waiting' | 'delivered' | 'given_up' | 'dropped';
}

export interface NoticeSender {
  readonly time: PlatformTime;
  readonly wallClock: EmulatorClock;
  readonly keys: PlatformKeys;
  readonly credentials: { readonly apiV3Key: string };
}

/** Signs, encrypts and delivers notices, and repeats them until the merchant answers 200 or 204. */
export class Notices {
  mode: NoticeMode = 'deliver';
  /** How late notices are in the mode `delay`. */
  delayMs = 60_000;
  /** How many notices the mode `shuffle` waits for. */
  batch = 2;
  private sent: Notice[] = [];
  private readonly shuffled: Notice[] = [];
  private readonly stopping = new AbortController();

  constructor(
    private readonly by: NoticeSender,
    private readonly retryDelaysMs: readonly number[],
  ) {}

  send(event: NoticeEvent): Notice {
    const notice = this.write(event);
    this.sent.push(notice);
    if (this.mode === 'hold') return notice;
    if (this.mode === 'drop') {
      notice.state = 'dropped';
      return notice;
    }
    notice.state = 'waiting';
    if (this.mode === 'shuffle') this.shuffle(notice);
    else this.start(notice, this.mode === 'delay' ? this.delayMs : 0);
    if (this.mode === 'duplicate') this.by.time.after(0, () => this.deliverOnce(notice));
    return notice;
  }

  /** Delivers once more, now: same id, same body, fresh signature. The answer's status, 0 when none came. */
  async resend(id: string): Promise<number | null> {
    const notice = this.find(id);
    if (!notice) return null;
    await this.deliverOnce(notice);
    return notice.answers.at(-1) ?? 0;
  }

  /** Sends a bent copy, under an id of its own unless it is only the signature that is wrong. */
  async sendBent(id: string, bend: NoticeBend): Promise<number | null> {
    const notice = this.find(id);
    if (!notice) return null;
    const { event } = notice;
    const resource = bendResource(event.resource, bend);
    const whole =
      resource === event.resource && bend !== 'undecryptable' ? notice.body : this.seal(event, resource, bend);
    const body = bendBody(whole, bend);
    return this.post(notice.url, body, bendHeaders(this.by.keys.forNotice(), this.nowSeconds(), body, bend));
  }

  /** Sends what the mode `shuffle` still waits with, the latest first. */
  flush(): void {
    for (const notice of this.shuffled.splice(0).reverse()) this.start(notice, 0);
  }

  all(): readonly Notice[] {
    return this.sent;
  }

  /** Puts back what a state file kept; what was under way is tried again from the start of its schedule. */
  restore(notices: readonly Notice[]): void {
    this.sent = [...notices];
    for (const notice of notices) if (notice.state === 'waiting') this.start(notice, 1000);
  }

  stop(): void {
    this.stopping.abort();
  }

  private find(id: string): Notice | undefined {
    return this.sent.find((one) => one.id === id);
  }

  private shuffle(notice: Notice): void {
    this.shuffled.push(notice);
    if (this.shuffled.length >= this.batch) this.flush();
  }

  private start(notice: Notice, afterMs: number): void {
    this.by.time.after(afterMs, () => this.deliverUntilTaken(notice, this.retryDelaysMs));
  }

  private write(event: NoticeEvent): Notice {
    const body = this.seal(event, event.resource, null);
    const { id }: { id: string } = JSON.parse(body);
    const createdAt = this.by.time.now();
    return { id, eventType: event.eventType, url: event.url, body, createdAt, event, answers: [], state: 'held' };
  }

  private seal(event: NoticeEvent, resource: JsonObject, bend: NoticeBend | null): string {
    const { apiV3Key } = this.by.credentials;
    const key = bend === null ? apiV3Key : bendApiV3Key(apiV3Key, bend);
    return JSON.stringify({
      id: randomUUID(),
      create_time: toChinaTime(this.by.time.now()),
      resource_type: 'encrypt-resource',
      event_type: event.eventType,
      summary: event.summary,
      resource: {
        original_type: event.originalType,
        ...encryptResource(JSON.stringify(resource), key, event.originalType),
      },
    });
  }

  private async deliverUntilTaken(notice: Notice, retries: readonly number[]): Promise<void> {
    // A resend may have been answered while this retry waited.
    if (notice.state === 'delivered') return;
    const taken = await this.deliverOnce(notice);
    if (taken || this.stopping.signal.aborted) return;
    const [next, ...later] = retries;
    if (next === undefined) notice.state = 'given_up';
    else this.by.time.after(next, () => this.deliverUntilTaken(notice, later));
  }

  private async deliverOnce(notice: Notice): Promise<boolean> {
    const headers = platformHeaders(this.by.keys.forNotice(), this.nowSeconds(), notice.body);
    const status = await this.post(notice.url, notice.body, headers);
    notice.answers.push(status);
    const taken = status === 200 || status === 204;
    if (taken) notice.state = 'delivered';
    return taken;
  }

  private nowSeconds(): number {
    return Math.floor(this.by.wallClock.now() / 1000);
  }

  private async post(url: string, body: string, signature: Record<string, string>): Promise<number> {
    const impatience = new AbortController();
    // By the platform's time, as the retries are.
    this.by.time.after(ANSWER_WITHIN_MS, () => impatience.abort());
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'Content-Type': 'application/json', ...signature },
        body,
        signal: AbortSignal.any([impatience.signal, this.stopping.signal]),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return 0;
    }
  }
}
