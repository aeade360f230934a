import { AccessTokens } from './access-tokens.js';
import { type EmulatorClock, systemClock } from './clock.js';
import type { EmulatorCredentials } from './credentials.js';
import { Faults } from './faults.js';
import { generateCredentials } from './generate-credentials.js';
import { DOCUMENTED_RETRY_DELAYS_MS, Notices } from './notices.js';
import { OneTimeCodes } from './one-time-codes.js';
import { Orders } from './orders.js';
import { Personas } from './personas.js';
import { type RefundEnd, Refunds } from './refunds.js';

export interface EmulatorOptions {
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default: freshly generated. */
  readonly credentials?: EmulatorCredentials;
  /** Waits between deliveries of a notice that was not taken. Default: the documented schedule, 15 s to 6 h. */
  readonly retryDelaysMs?: readonly number[];
  /** How long a refund stays PROCESSING. Default 200 ms. */
  readonly refundDelayMs?: number;
  readonly clock?: EmulatorClock;
  /** Pages of the released mini-program, without leading slash. Null, the default, takes every well-formed page. */
  readonly releasedPages?: readonly string[] | null;
  /** Where a scanned code leads: this prefix, then page and query. For example `http://127.0.0.1:3000/#/`. */
  readonly mallUrl?: string | null;
  /** Whether the mini-program is bound to an Open Platform account. Default true. */
  readonly withUnionid?: boolean;
}

/** Everything that the emulated platform knows. It is gone when the process ends. */
export class Emulator {
  readonly credentials: EmulatorCredentials;
  readonly clock: EmulatorClock;
  readonly personas: Personas;
  readonly codes: OneTimeCodes;
  readonly tokens: AccessTokens;
  readonly orders: Orders;
  readonly refunds: Refunds;
  readonly notices: Notices;
  readonly faults = new Faults();
  readonly releasedPages: readonly string[] | null;
  readonly mallUrl: string | null;
  readonly refundDelayMs: number;
  /** How the next refund ends; back to SUCCESS after one. */
  nextRefundEnd: RefundEnd = 'SUCCESS';
  /** Known once the listener is open. */
  baseUrl = '';

  constructor(options: EmulatorOptions) {
    this.credentials = options.credentials ?? generateCredentials();
    this.clock = options.clock ?? systemClock;
    this.personas = new Personas(this.credentials.appId, options.withUnionid ?? true);
    this.codes = new OneTimeCodes(this.clock);
    this.tokens = new AccessTokens(this.clock);
    this.orders = new Orders(this.clock, this.credentials);
    this.refunds = new Refunds(this.clock);
    this.notices = new Notices(this.credentials, this.clock, options.retryDelaysMs ?? DOCUMENTED_RETRY_DELAYS_MS);
    this.releasedPages = options.releasedPages ?? null;
    this.mallUrl = options.mallUrl ?? null;
    this.refundDelayMs = options.refundDelayMs ?? 200;
  }
}
