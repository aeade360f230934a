import { randomBytes } from 'node:crypto';
import { after, type EmulatorClock } from '../clock.js';
import type { JsonObject } from '../json-body.js';

const ANSWER_WITHIN_MS = 5000;

/** What goes over the wire for one event. */
export interface Envelope {
  readonly query: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly body: string;
}

/** What a forger gets wrong. */
export type Forgery = 'signature' | 'body' | 'receiver';

/** How one kind of callback is written and what counts as taken. */
export interface CallbackProtocol {
  write(event: JsonObject, timestamp: string, nonce: string, forgery: Forgery | null): Envelope;
  /** The GET that proves that an address is the mall's, and what it has to echo. */
  check(timestamp: string, nonce: string): { query: Readonly<Record<string, string>>; echo: string };
  /** How long an address has for its echo. */
  readonly checkWithinMs: number;
  isTaken(status: number, text: string): boolean;
}

/** `deliver` at once, `hold` until a resend is ordered, `duplicate` twice, `lose` never. */
export type DeliveryMode = 'deliver' | 'hold' | 'duplicate' | 'lose';

export interface Delivery {
  readonly id: string;
  readonly event: JsonObject;
  readonly url: string | null;
  /** Status and text of each answer; 0 when none came within five seconds. */
  readonly answers: { status: number; text: string }[];
  state: 'held' | 'lost' | 'waiting' | 'delivered' | 'given_up';
}

/** Delivers events to the mall and repeats what was not taken. Nothing is sent while there is no address. */
export class Callbacks {
  mode: DeliveryMode = 'deliver';
  private readonly sent: Delivery[] = [];
  private readonly stops = new Set<() => void>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly protocol: CallbackProtocol,
    private readonly clock: EmulatorClock,
    private readonly retryDelaysMs: readonly number[],
    public url: string | null,
  ) {}

  send(event: JsonObject): Delivery {
    const delivery: Delivery = {
      id: randomBytes(8).toString('hex'),
      event: { ...event, CreateTime: Math.floor(this.clock.now() / 1000) },
      url: this.url,
      answers: [],
      state: this.mode === 'lose' ? 'lost' : 'held',
    };
    this.sent.push(delivery);
    if (this.mode === 'hold' || this.mode === 'lose' || this.url === null) return delivery;
    delivery.state = 'waiting';
    this.later(0, () => this.deliverUntilTaken(delivery, this.retryDelaysMs));
    if (this.mode === 'duplicate') this.later(0, () => this.deliverOnce(delivery, null));
    return delivery;
  }

  /** Once more, now, with a fresh signature or a forged one. Null for an unknown id, status 0 when no answer came. */
  async resend(id: string, forgery: Forgery | null): Promise<{ status: number; text: string } | null> {
    const delivery = this.sent.find((one) => one.id === id);
    if (!delivery) return null;
    await this.deliverOnce(delivery, forgery);
    return delivery.answers.at(-1) ?? null;
  }

  all(): readonly Delivery[] {
    return this.sent;
  }

  /** What the console does before it saves an address: a signed GET that must come back as its `echostr`. */
  async check(url: string): Promise<boolean> {
    const { query, echo } = this.protocol.check(this.timestamp(), nonce());
    try {
      const response = await fetch(`${url}?${new URLSearchParams(query)}`, this.init(this.protocol.checkWithinMs));
      return response.status === 200 && (await response.text()) === echo;
    } catch {
      return false;
    }
  }

  stop(): void {
    this.stopping.abort();
    for (const stop of this.stops) stop();
    this.stops.clear();
  }

  private async deliverUntilTaken(delivery: Delivery, retries: readonly number[]): Promise<void> {
    // A resend may have been taken while this try waited.
    if (delivery.state === 'delivered') return;
    const taken = await this.deliverOnce(delivery, null);
    if (taken || this.stopping.signal.aborted) return;
    const [next, ...later] = retries;
    if (next === undefined) delivery.state = 'given_up';
    else this.later(next, () => this.deliverUntilTaken(delivery, later));
  }

  private async deliverOnce(delivery: Delivery, forgery: Forgery | null): Promise<boolean> {
    const answer = await this.post(delivery, forgery);
    delivery.answers.push(answer);
    const taken = forgery === null && this.protocol.isTaken(answer.status, answer.text);
    if (taken) delivery.state = 'delivered';
    return taken;
  }

  private async post(delivery: Delivery, forgery: Forgery | null): Promise<{ status: number; text: string }> {
    const url = this.url ?? delivery.url;
    if (url === null) return { status: 0, text: '' };
    const { query, contentType, body } = this.protocol.write(delivery.event, this.timestamp(), nonce(), forgery);
    try {
      const response = await fetch(`${url}?${new URLSearchParams(query)}`, {
        ...this.init(),
        method: 'POST',
        headers: { 'Content-Type': contentType },
        body,
      });
      return { status: response.status, text: await response.text() };
    } catch {
      return { status: 0, text: '' };
    }
  }

  private init(withinMs = ANSWER_WITHIN_MS): RequestInit {
    const signal = AbortSignal.any([AbortSignal.timeout(withinMs), this.stopping.signal]);
    return { redirect: 'manual', signal };
  }

  private timestamp(): string {
    return String(Math.floor(this.clock.now() / 1000));
  }

  private later(ms: number, act: () => Promise<unknown>): void {
    const stop = after(ms, () => {
      this.stops.delete(stop);
      void act();
    });
    this.stops.add(stop);
  }
}

function nonce(): string {
  return String(randomBytes(4).readUInt32BE());
}
