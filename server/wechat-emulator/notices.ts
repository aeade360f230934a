import { randomUUID } from 'node:crypto';
import { type EmulatorClock, type PlatformTime, toChinaTime } from './clock.js';
import type { EmulatorCredentials } from './credentials.js';
import type { JsonObject } from './json-body.js';
import { encryptResource, platformHeaders } from './pay-signature.js';

const MINUTE = 60_000;
/** 15s/15s/30s/3m/10m/20m/30m/30m/30m/60m/3h/3h/3h/6h/6h */
export const DOCUMENTED_RETRY_DELAYS_MS: readonly number[] = [
  15_000,
  15_000,
  30_000,
  ...[3, 10, 20, 30, 30, 30, 60, 180, 180, 180, 360, 360].map((minutes) => minutes * MINUTE),
];
const ANSWER_WITHIN_MS = 5000;

/** `deliver` at once, `hold` back until a resend is ordered, `duplicate` sends every notice twice. */
export type NoticeMode = 'deliver' | 'hold' | 'duplicate';

export interface Notice {
  readonly id: string;
  readonly eventType: string;
  readonly url: string;
  readonly body: string;
  readonly createdAt: number;
  /** HTTP status of each answer; 0 when none came within five seconds. */
  readonly answers: number[];
  state: 'held' | 'waiting' | 'delivered' | 'given_up';
}

export interface NoticeEvent {
  readonly eventType: string;
  readonly originalType: 'transaction' | 'refund' | 'mch_payment';
  readonly summary: string;
  readonly url: string;
  readonly resource: JsonObject;
}

/** Signs, encrypts and delivers notices, and repeats them until the merchant answers 200 or 204. */
export class Notices {
  mode: NoticeMode = 'deliver';
  private readonly sent: Notice[] = [];
  private readonly stopping = new AbortController();

  constructor(
    private readonly credentials: EmulatorCredentials,
    private readonly clocks: { readonly time: PlatformTime; readonly wallClock: EmulatorClock },
    private readonly retryDelaysMs: readonly number[],
  ) {}

  send(event: NoticeEvent): Notice {
    const notice = this.write(event);
    this.sent.push(notice);
    if (this.mode === 'hold') return notice;
    notice.state = 'waiting';
    this.clocks.time.after(0, () => this.deliverUntilTaken(notice, this.retryDelaysMs));
    if (this.mode === 'duplicate') this.clocks.time.after(0, () => this.deliverOnce(notice));
    return notice;
  }

  /** Delivers once more, now: same id, same body, fresh signature. The answer's status, 0 when none came. */
  async resend(id: string): Promise<number | null> {
    const notice = this.sent.find((one) => one.id === id);
    if (!notice) return null;
    await this.deliverOnce(notice);
    return notice.answers.at(-1) ?? 0;
  }

  all(): readonly Notice[] {
    return this.sent;
  }

  stop(): void {
    this.stopping.abort();
  }

  private write(event: NoticeEvent): Notice {
    const id = randomUUID();
    const createdAt = this.clocks.time.now();
    const sealed = encryptResource(JSON.stringify(event.resource), this.credentials.apiV3Key, event.originalType);
    const body = JSON.stringify({
      id,
      create_time: toChinaTime(createdAt),
      resource_type: 'encrypt-resource',
      event_type: event.eventType,
      summary: event.summary,
      resource: { original_type: event.originalType, ...sealed },
    });
    return { id, eventType: event.eventType, url: event.url, body, createdAt, answers: [], state: 'held' };
  }

  private async deliverUntilTaken(notice: Notice, retries: readonly number[]): Promise<void> {
    // A resend may have been answered while this retry waited.
    if (notice.state === 'delivered') return;
    const taken = await this.deliverOnce(notice);
    if (taken || this.stopping.signal.aborted) return;
    const [next, ...later] = retries;
    if (next === undefined) notice.state = 'given_up';
    else this.clocks.time.after(next, () => this.deliverUntilTaken(notice, later));
  }

  private async deliverOnce(notice: Notice): Promise<boolean> {
    const status = await this.post(notice);
    notice.answers.push(status);
    const taken = status === 200 || status === 204;
    if (taken) notice.state = 'delivered';
    return taken;
  }

  private async post(notice: Notice): Promise<number> {
    try {
      const response = await fetch(notice.url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'Content-Type': 'application/json',
          ...platformHeaders(this.credentials, Math.floor(this.clocks.wallClock.now() / 1000), notice.body),
        },
        body: notice.body,
        signal: AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), this.stopping.signal]),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return 0;
    }
  }
}
