import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { KeptCodes } from './codes/code-book.js';
import type { KeptContent } from './content/content-checks.js';
import type { Emulator, Keeper } from './emulator.js';
import { isObject } from './json-body.js';
import type { KeptPhoneFees } from './login/phone-fees.js';
import type { KeptSubscriptions } from './messages/subscriptions.js';
import type { Notice } from './notices.js';
import type { KeptOrders } from './orders.js';
import type { PlatformCertificate } from './platform-certificate.js';
import type { KeyMode } from './platform-keys.js';
import { resumeRefunds } from './refund-routes.js';
import type { KeptRefund } from './refunds.js';
import type { KeptShipments } from './shipping/shipments.js';
import type { Transfer } from './transfers.js';
import type { KeptWecom } from './wecom/wecom-desk.js';

const VERSION = 1;
const WRITE_AFTER_MS = 300;
/** Notices beyond these are history that nobody resends. */
const NOTICES_KEPT = 500;

interface Platform {
  readonly aheadMs: number;
  readonly balanceFen: number | null;
  readonly keyMode: KeyMode;
  readonly certificates: readonly PlatformCertificate[];
}

function platformKeeper({ time, account, keys }: Emulator): Keeper {
  return {
    snapshot: (): Platform => ({
      aheadMs: time.aheadMs,
      balanceFen: account.balanceFen,
      keyMode: keys.mode,
      certificates: keys.all(),
    }),
    restore: (kept: Platform) => {
      time.advance(kept.aheadMs - time.aheadMs);
      account.balanceFen = kept.balanceFen;
      keys.restore(kept.keyMode, kept.certificates);
    },
  };
}

/** In the order in which they are put back: a refund needs its order. */
function addKeepers(emulator: Emulator): void {
  const { keepers, personas, orders, refunds, transfers, notices, bills, shipments, subscriptions } = emulator;
  const { sessions, phoneFees, content, codeBook, wecom } = emulator;
  keepers.set('platform', platformKeeper(emulator));
  // People made up on the fly are known again, or nobody could be paid who has not signed in since.
  keepers.set('personas', {
    snapshot: () => personas.all().map(({ id }) => id),
    restore: (ids: readonly string[]) => {
      for (const id of ids) personas.named(id);
    },
  });
  keepers.set('orders', { snapshot: () => orders.snapshot(), restore: (kept: KeptOrders) => orders.restore(kept) });
  keepers.set('refunds', {
    snapshot: () => refunds.snapshot(),
    restore: (kept: readonly KeptRefund[]) => {
      refunds.restore(kept, (number) => orders.find(number));
      resumeRefunds(emulator);
    },
  });
  keepers.set('shipments', {
    snapshot: () => shipments.snapshot(),
    restore: (kept: KeptShipments) => shipments.restore(kept),
  });
  keepers.set('subscriptions', {
    snapshot: () => subscriptions.snapshot(),
    restore: (kept: KeptSubscriptions) => subscriptions.restore(kept),
  });
  keepers.set('sessions', {
    snapshot: () => sessions.snapshot(),
    restore: (kept: ReturnType<typeof sessions.snapshot>) => sessions.restore(kept),
  });
  keepers.set('phone-fees', {
    snapshot: () => phoneFees.snapshot(),
    restore: (kept: KeptPhoneFees) => phoneFees.restore(kept),
  });
  keepers.set('content', { snapshot: () => content.snapshot(), restore: (kept: KeptContent) => content.restore(kept) });
  keepers.set('wecom', { snapshot: () => wecom.snapshot(), restore: (kept: KeptWecom) => wecom.restore(kept) });
  keepers.set('codes', { snapshot: () => codeBook.snapshot(), restore: (kept: KeptCodes) => codeBook.restore(kept) });
  keepers.set('transfers', {
    snapshot: () => transfers.all(),
    restore: (kept: readonly Transfer[]) => transfers.restore(kept),
  });
  keepers.set('bills', {
    snapshot: () => bills.snapshot(),
    restore: (kept: ReturnType<typeof bills.snapshot>) => bills.restore(kept),
  });
  keepers.set('notices', {
    snapshot: () => notices.all().slice(-NOTICES_KEPT),
    restore: (kept: readonly Notice[]) => notices.restore(kept),
  });
}

/** What the platform knows, in one file that only its owner may read: it holds private keys. */
export class StateFile {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly path: string,
    private readonly emulator: Emulator,
  ) {
    addKeepers(emulator);
    emulator.time.onActed = () => this.touch();
  }

  /** Puts everything back. Another merchant's file is left out of account; one that cannot be read is an Error. */
  load(): void {
    if (!existsSync(this.path)) return;
    let kept: unknown;
    try {
      kept = JSON.parse(readFileSync(this.path, 'utf8'));
    } catch {
      throw new Error(`the state file ${this.path} cannot be read: delete it to start with an empty platform`);
    }
    if (!isObject(kept) || kept.version !== VERSION || kept.mchId !== this.emulator.credentials.mchId) return;
    const books = isObject(kept.books) ? kept.books : {};
    for (const [name, keeper] of this.emulator.keepers) if (name in books) keeper.restore(books[name] as never);
  }

  /** Writes soon, once for all that happens until then. */
  touch(): void {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      try {
        this.write();
      } catch (error) {
        // A full disk must not end the platform; the next write tries again.
        console.error(`WeChat emulator: ${this.path} could not be written: ${String(error)}`);
      }
    }, WRITE_AFTER_MS);
    this.timer.unref();
  }

  close(): void {
    this.write();
  }

  private write(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const books = Object.fromEntries([...this.emulator.keepers].map(([name, keeper]) => [name, keeper.snapshot()]));
    const text = JSON.stringify({ version: VERSION, mchId: this.emulator.credentials.mchId, books });
    // Renamed into place: a process that is killed while it writes leaves the earlier file.
    writeFileSync(`${this.path}.new`, text, { mode: 0o600 });
    renameSync(`${this.path}.new`, this.path);
  }
}
