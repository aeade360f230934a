import { AccessTokens } from './access-tokens.js';
import { ApiQuotas } from './api-quotas.js';
import { Bills } from './bills.js';
import { type EmulatorClock, PlatformTime, systemClock } from './clock.js';
import { CodeBook } from './codes/code-book.js';
import { ContentChecks } from './content/content-checks.js';
import type { EmulatorCredentials } from './credentials.js';
import { Faults } from './faults.js';
import { generateCredentials } from './generate-credentials.js';
import type { Cell } from './html.js';
import { PhoneFees } from './login/phone-fees.js';
import { UserSessions } from './login/user-sessions.js';
import { MerchantAccount } from './merchant-account.js';
import { Subscriptions } from './messages/subscriptions.js';
import { DOCUMENTED_RETRY_DELAYS_MS, Notices } from './notices.js';
import { OneTimeCodes } from './one-time-codes.js';
import { Orders } from './orders.js';
import { Personas } from './personas.js';
import { PlatformKeys } from './platform-keys.js';
import { Callbacks } from './push/callbacks.js';
import { messagePush, PUSH_RETRY_DELAYS_MS, type PushSettings } from './push/message-push.js';
import { type RefundEnd, Refunds } from './refunds.js';
import { Shipments } from './shipping/shipments.js';
import { eventOf } from './shipping/shipping-events.js';
import { tellTransfer } from './transfer-notices.js';
import { type TransferPace, Transfers } from './transfers.js';
import { wecomCallback } from './wecom/wecom-callback.js';
import { WecomDesk } from './wecom/wecom-desk.js';

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
  /** How long after one refund of an order the next is taken. Default: the documented minute. */
  readonly refundsApartMs?: number;
  /** How long the steps of a transfer to a user take. Default: locked at once, then 200 ms a step. */
  readonly transferPace?: Partial<TransferPace>;
  readonly clock?: EmulatorClock;
  /** Pages of the released mini-program, without leading slash. Null, the default, takes every well-formed page. */
  readonly releasedPages?: readonly string[] | null;
  /** Where a scanned code leads: this prefix, then page and query. For example `http://127.0.0.1:3000/#/`. */
  readonly mallUrl?: string | null;
  /** Whether the mini-program is bound to an Open Platform account. Default true. */
  readonly withUnionid?: boolean;
  /** Where orders, refunds, transfers and notices are kept over a restart. Null, the default: nowhere. */
  readonly stateFile?: string | null;
  /** Where message pushes go: https, or this machine. Null, the default, pushes nothing. */
  readonly pushUrl?: string | null;
  /** Where WeCom's callbacks go; as `pushUrl`. */
  readonly wecomPushUrl?: string | null;
  /** Waits between tries of a push or callback that was not answered `success`. Default: three of a second. */
  readonly pushRetryDelaysMs?: readonly number[];
}

/** A book that a state file keeps over a restart. `restore` gets what `snapshot` gave, read back from JSON. */
export interface Keeper {
  snapshot(): unknown;
  restore(kept: never): void;
}

/** A table on the operator's page. */
export interface Panel {
  readonly title: string;
  readonly heads: readonly string[];
  /** Newest first. */
  readonly rows: readonly (readonly Cell[])[];
}

/** Everything that the emulated platform knows. It is gone when the process ends, but for what a state file keeps. */
export class Emulator {
  readonly credentials: EmulatorCredentials;
  /** Goes by the machine, whatever the platform's time was moved to: signatures are checked by it. */
  readonly wallClock: EmulatorClock;
  readonly time: PlatformTime;
  readonly clock: EmulatorClock;
  readonly account = new MerchantAccount();
  readonly personas: Personas;
  readonly codes: OneTimeCodes;
  readonly sessions = new UserSessions();
  readonly phoneFees = new PhoneFees();
  readonly tokens: AccessTokens;
  readonly orders: Orders;
  readonly refunds: Refunds;
  readonly transfers: Transfers;
  readonly keys: PlatformKeys;
  readonly bills: Bills;
  readonly notices: Notices;
  readonly quotas: ApiQuotas;
  readonly push: Callbacks;
  readonly pushSettings: PushSettings;
  readonly shipments: Shipments;
  readonly wecom: WecomDesk;
  readonly wecomTokens: AccessTokens;
  readonly wecomPush: Callbacks;
  readonly subscriptions: Subscriptions;
  readonly content: ContentChecks;
  readonly codeBook: CodeBook;
  readonly faults: Faults;
  /** Books by name. Whoever adds a book adds it here, and it survives a restart. */
  readonly keepers = new Map<string, Keeper>();
  /** Further tables of the operator's page, made when it is looked at. */
  readonly panels: (() => Panel)[] = [];
  readonly releasedPages: readonly string[] | null;
  readonly mallUrl: string | null;
  readonly refundDelayMs: number;
  /** How the next refund ends; back to SUCCESS after one. */
  nextRefundEnd: RefundEnd = 'SUCCESS';
  /** Known once the listener is open. */
  baseUrl = '';

  constructor(options: EmulatorOptions) {
    this.credentials = options.credentials ?? generateCredentials();
    this.wallClock = options.clock ?? systemClock;
    this.time = new PlatformTime(this.wallClock);
    this.clock = this.time;
    this.personas = new Personas(this.credentials.appId, options.withUnionid ?? true);
    this.codes = new OneTimeCodes(this.clock);
    this.tokens = new AccessTokens(this.clock);
    this.orders = new Orders(this.clock, this.credentials);
    this.refunds = new Refunds(this.clock, this.account);
    this.refunds.apartMs = options.refundsApartMs ?? this.refunds.apartMs;
    this.keys = new PlatformKeys(this.credentials, this.clock);
    this.faults = new Faults(this.time);
    this.notices = new Notices(this, options.retryDelaysMs ?? DOCUMENTED_RETRY_DELAYS_MS);
    this.transfers = this.openTransfers(options.transferPace);
    const { orders, refunds, transfers } = this;
    this.bills = new Bills(this.clock, { orders, refunds, transfers, merchant: this.credentials });
    this.quotas = new ApiQuotas(this.clock);
    this.subscriptions = new Subscriptions(this.clock);
    this.content = new ContentChecks(this.clock);
    this.codeBook = new CodeBook(this.clock);
    const protocol = messagePush(this.credentials);
    this.pushSettings = protocol.settings;
    const retries = options.pushRetryDelaysMs ?? PUSH_RETRY_DELAYS_MS;
    this.push = new Callbacks(protocol, this.clock, retries, options.pushUrl ?? null);
    this.wecom = new WecomDesk(this.clock);
    this.wecomTokens = new AccessTokens(this.clock);
    this.wecomPush = new Callbacks(wecomCallback(this.credentials), this.clock, retries, options.wecomPushUrl ?? null);
    this.shipments = new Shipments(this.clock, this.credentials.mchId, orders, refunds, (news) => {
      this.push.send(eventOf(news, this));
    });
    this.releasedPages = options.releasedPages ?? null;
    this.mallUrl = options.mallUrl ?? null;
    this.refundDelayMs = options.refundDelayMs ?? 200;
  }

  private openTransfers(pace: Partial<TransferPace> = {}): Transfers {
    const realNameOf = (openid: string): string | null => this.personas.byOpenid(openid)?.realName ?? null;
    const transfers = new Transfers(this.clock, this.account, realNameOf, { moveMs: 200, cancelMs: 200, ...pace });
    transfers.onFinished = (transfer) => tellTransfer(this, transfer);
    transfers.onDueIn = (ms) => this.time.after(ms, () => transfers.settle());
    return transfers;
  }

  /** Does what the clock says is due. */
  sweep(): void {
    this.shipments.sweep();
  }

  stop(): void {
    this.notices.stop();
    this.push.stop();
    this.wecomPush.stop();
  }
}
