import type { PlatformTime } from './clock.js';

/**
 * What the platform side can be ordered to do wrong.
 *
 * `busy`: refuse before anything happens (errcode -1, or a signed HTTP 500 SYSTEM_ERROR).
 * `limited`: refuse for too many requests (HTTP 429 FREQUENCY_LIMITED, or errcode 45011).
 * `gateway`: an unsigned HTTP 502 that is no JSON, from something in front of the platform.
 * `refuse`: the connection is cut before anything happens.
 * `timeout`: nothing happens and no answer ever comes.
 * `lost`: do the work, then cut the connection instead of answering.
 * `delay`: do the work, then answer late: an answer that is lost to an impatient caller.
 * `tamper`: do the work, answer under a signature that does not fit.
 */
export const FAULT_KINDS = ['busy', 'limited', 'gateway', 'refuse', 'timeout', 'lost', 'delay', 'tamper'] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** Start of the path it applies to, for example `/v3/pay/transactions/jsapi`; `/` is everything. */
  readonly path: string;
  readonly delayMs: number;
  /** How often it still happens. Null: until it is lifted or its time is over, which is an outage. */
  times: number | null;
}

export interface ArmedFault extends Fault {
  readonly id: string;
  /** Epoch milliseconds by the platform's time, null for no end. */
  readonly until: number | null;
}

export class Faults {
  private armed: ArmedFault[] = [];
  private count = 0;

  constructor(private readonly time: PlatformTime) {}

  arm(fault: Fault, forMs: number | null = null): ArmedFault {
    this.count += 1;
    const until = forMs === null ? null : this.time.now() + forMs;
    const armed: ArmedFault = { ...fault, id: `fault-${this.count}`, until };
    this.armed.push(armed);
    return armed;
  }

  /** What is armed and not used up or over. */
  all(): readonly ArmedFault[] {
    const now = this.time.now();
    this.armed = this.armed.filter(({ times, until }) => times !== 0 && (until === null || now < until));
    return this.armed;
  }

  /** Ends one fault, or all of them. How many there were. */
  lift(id: string | null): number {
    const before = this.all().length;
    this.armed = id === null ? [] : this.armed.filter((fault) => fault.id !== id);
    return before - this.armed.length;
  }

  /** Uses up one occurrence of a fault of this kind for this path, if one is armed. */
  take(kind: FaultKind, url: string): ArmedFault | null {
    const fault = this.all().find((one) => one.kind === kind && url.startsWith(one.path));
    if (!fault) return null;
    if (fault.times !== null) fault.times -= 1;
    return fault;
  }
}
