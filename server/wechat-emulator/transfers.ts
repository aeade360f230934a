import { randomBytes } from 'node:crypto';
import { type EmulatorClock, toChinaDay, toChinaTime } from './clock.js';
import { canonicalJson, type JsonObject } from './json-body.js';
import type { MerchantAccount } from './merchant-account.js';
import { frequencyLimited, invalidRequest, noAuth, type PayRefusal } from './pay-errors.js';
import { COMPANY_LIMITS, type TransferLimits, type TransferRequest } from './transfer-rules.js';

const DAY_MS = 86_400_000;
const CONFIRMABLE_MS = DAY_MS;
const QUERYABLE_MS = 30 * DAY_MS;

export type TransferState =
  | 'ACCEPTED'
  | 'PROCESSING'
  | 'WAIT_USER_CONFIRM'
  | 'TRANSFERING'
  | 'SUCCESS'
  | 'FAIL'
  | 'CANCELING'
  | 'CANCELLED';

const FINAL: readonly TransferState[] = ['SUCCESS', 'FAIL', 'CANCELLED'];

/** A transfer bill as the platform keeps it. */
export interface Transfer extends TransferRequest {
  readonly transferBillNo: string;
  readonly fingerprint: string;
  readonly createdAt: number;
  readonly packageInfo: string;
  state: TransferState;
  /** When it came into this state. */
  updatedAt: number;
  /** Until when the payee may confirm; null before the money is locked. */
  confirmableUntil: number | null;
  failReason: string | null;
  locked: boolean;
}

/** How long each step takes. */
export interface TransferPace {
  /** ACCEPTED until the money is locked. */
  lockMs: number;
  /** TRANSFERING until it has arrived. */
  moveMs: number;
  /** CANCELING until it is cancelled. */
  cancelMs: number;
  /** From the 24th hour until the platform has closed the bill: nobody can confirm any more, and it does not say so. */
  closeLagMs: number;
}

export type ConfirmFault = { fault: 'unknown_package' | 'not_the_payee' | 'not_waiting' | 'expired' };

/** The book of transfers to users: every bill, and what time makes of it. */
export class Transfers {
  readonly limits: TransferLimits = { ...COMPANY_LIMITS };
  readonly grantedScenes = new Set(['1005']);
  /** Whether the caller's address stands on the merchant's list. */
  ipAllowed = true;
  readonly pace: TransferPace;
  /** How the next confirmed transfer ends; null is well. Back to null after one. */
  nextFailReason: string | null = null;
  /** Told of every bill that reached its end. */
  onFinished: (transfer: Transfer) => void = () => {};
  /** Told in how many milliseconds `settle` will have something to do. */
  onDueIn: (ms: number) => void = () => {};
  private readonly byNumber = new Map<string, Transfer>();

  constructor(
    private readonly clock: EmulatorClock,
    private readonly account: MerchantAccount,
    private readonly realNameOf: (openid: string) => string | null,
    pace: Partial<TransferPace> = {},
  ) {
    this.pace = { lockMs: 0, moveMs: 0, cancelMs: 0, closeLagMs: 300_000, ...pace };
  }

  all(): Transfer[] {
    return [...this.byNumber.values()];
  }

  /** Puts back what a state file kept; what was under way goes on. */
  restore(transfers: readonly Transfer[]): void {
    for (const transfer of transfers) {
      this.byNumber.set(transfer.outBillNo, transfer);
      const { confirmableUntil, state } = transfer;
      const closing = (confirmableUntil ?? 0) + this.pace.closeLagMs - this.clock.now();
      if (!FINAL.includes(state)) this.onDueIn(state === 'WAIT_USER_CONFIRM' ? Math.max(0, closing) : 0);
    }
  }

  find(outBillNo: string): Transfer | undefined {
    return this.recent(this.byNumber.get(outBillNo));
  }

  byBillNumber(transferBillNo: string): Transfer | undefined {
    return this.recent(this.all().find((transfer) => transfer.transferBillNo === transferBillNo));
  }

  byPackage(packageInfo: string): Transfer | undefined {
    return this.all().find((transfer) => transfer.packageInfo === packageInfo);
  }

  /** The same number with the same data is the same bill; with other data it is refused. */
  request(asked: TransferRequest, body: JsonObject): Transfer | PayRefusal {
    // A name is sealed anew for every try, so what it says is compared, not its ciphertext.
    const fingerprint = canonicalJson({ ...body, user_name: asked.userName });
    const known = this.byNumber.get(asked.outBillNo);
    if (known)
      return known.fingerprint === fingerprint ? known : invalidRequest('商户单号已存在，且与原请求参数不一致');
    const refusal = this.refuse(asked);
    if (refusal) return refusal;
    const now = this.clock.now();
    const transfer: Transfer = {
      ...asked,
      transferBillNo: `13300${String(randomBytes(6).readUIntBE(0, 6)).padStart(23, '0')}`,
      fingerprint,
      createdAt: now,
      packageInfo: randomBytes(96).toString('base64'),
      state: 'ACCEPTED',
      updatedAt: now,
      confirmableUntil: null,
      failReason: null,
      locked: false,
    };
    this.byNumber.set(transfer.outBillNo, transfer);
    this.settle();
    this.onDueIn(this.pace.lockMs);
    return transfer;
  }

  /** The payee's press. The money moves afterwards; this only starts it. */
  confirm(packageInfo: string, openid: string): Transfer | ConfirmFault {
    const transfer = this.byPackage(packageInfo);
    if (!transfer) return { fault: 'unknown_package' };
    if (transfer.openid !== openid) return { fault: 'not_the_payee' };
    if (transfer.state !== 'WAIT_USER_CONFIRM') return { fault: 'not_waiting' };
    if (this.clock.now() >= (transfer.confirmableUntil ?? 0)) return { fault: 'expired' };
    this.move(transfer, 'TRANSFERING');
    return transfer;
  }

  /** Possible until the payee has confirmed. Asking twice is answered the same. */
  cancel(transfer: Transfer): PayRefusal | null {
    if (transfer.state === 'CANCELING' || transfer.state === 'CANCELLED') return null;
    if (!['ACCEPTED', 'PROCESSING', 'WAIT_USER_CONFIRM'].includes(transfer.state)) {
      return invalidRequest('当前转账单状态不支持撤销');
    }
    this.move(transfer, 'CANCELING');
    return null;
  }

  /** Lets every bill do what its time has come for, step by step. */
  settle(): void {
    let moved = false;
    for (const transfer of this.byNumber.values()) {
      while (this.step(transfer)) {
        moved = true;
        if (FINAL.includes(transfer.state)) this.onFinished(transfer);
      }
    }
    // What one bill gave back, another one may have waited for.
    if (moved) this.settle();
  }

  view(transfer: Transfer, mchId: string): JsonObject {
    return {
      mch_id: mchId,
      out_bill_no: transfer.outBillNo,
      transfer_bill_no: transfer.transferBillNo,
      state: transfer.state,
      transfer_amount: transfer.amountFen,
      transfer_remark: transfer.remark,
      ...(transfer.failReason === null ? {} : { fail_reason: transfer.failReason }),
      openid: transfer.openid,
      create_time: toChinaTime(transfer.createdAt),
      update_time: toChinaTime(transfer.updatedAt),
    };
  }

  private recent(transfer: Transfer | undefined): Transfer | undefined {
    return transfer && this.clock.now() - transfer.createdAt <= QUERYABLE_MS ? transfer : undefined;
  }

  private refuse({ sceneId, amountFen }: TransferRequest): PayRefusal | null {
    const { limits } = this;
    const now = this.clock.now();
    if (this.grantedScenes.size === 0) return noAuth('商户号未开通商家转账');
    if (!this.grantedScenes.has(sceneId)) return invalidRequest('你尚未获取该转账场景');
    const counting = this.all().filter(({ state }) => state !== 'FAIL' && state !== 'CANCELLED');
    if (this.all().filter(({ createdAt }) => now - createdAt < 1000).length >= limits.perSecond) {
      return frequencyLimited('频率超限，请降低请求频率');
    }
    if (amountFen > limits.perTransferFen) return invalidRequest('转账金额超过单笔限额');
    const sum = (prefix: number): number =>
      counting
        .filter(({ createdAt }) => toChinaDay(createdAt).slice(0, prefix) === toChinaDay(now).slice(0, prefix))
        .reduce((total, one) => total + one.amountFen, amountFen);
    if (sum(10) > limits.perMerchantDayFen) return invalidRequest('转账金额超过商户单日限额');
    if (sum(7) > limits.perMerchantMonthFen) return invalidRequest('转账金额超过商户单月限额');
    return null;
  }

  private move(transfer: Transfer, state: TransferState, failReason: string | null = null): void {
    transfer.state = state;
    transfer.updatedAt = this.clock.now();
    transfer.failReason = failReason;
    if ((state === 'FAIL' || state === 'CANCELLED') && transfer.locked) {
      transfer.locked = false;
      this.account.give(transfer.amountFen);
    }
    const { moveMs, cancelMs, closeLagMs } = this.pace;
    if (state === 'TRANSFERING') this.onDueIn(moveMs);
    if (state === 'CANCELING') this.onDueIn(cancelMs);
    if (state === 'WAIT_USER_CONFIRM') this.onDueIn(CONFIRMABLE_MS + closeLagMs);
  }

  /** One step of one bill; false when nothing is due. */
  private step(transfer: Transfer): boolean {
    const waited = this.clock.now() - transfer.updatedAt;
    switch (transfer.state) {
      case 'ACCEPTED':
        if (waited < this.pace.lockMs) return false;
        this.move(transfer, 'PROCESSING');
        return true;
      case 'PROCESSING':
        return this.lock(transfer);
      case 'WAIT_USER_CONFIRM':
        if (this.clock.now() < (transfer.confirmableUntil ?? 0) + this.pace.closeLagMs) return false;
        this.move(transfer, 'FAIL', 'OVERDUE_CLOSE');
        return true;
      case 'TRANSFERING':
        if (waited < this.pace.moveMs) return false;
        this.arrive(transfer);
        return true;
      case 'CANCELING':
        if (waited < this.pace.cancelMs) return false;
        this.move(transfer, 'CANCELLED');
        return true;
      default:
        return false;
    }
  }

  /** Money that is not there is waited for, until somebody tops up or cancels. */
  private lock(transfer: Transfer): boolean {
    if (this.receivedToday(transfer.openid) + transfer.amountFen > this.limits.perUserDayFen) {
      this.move(transfer, 'FAIL', 'DAY_RECEIVED_QUOTA_EXCEED');
      return true;
    }
    if (!this.account.take(transfer.amountFen)) return false;
    transfer.locked = true;
    this.move(transfer, 'WAIT_USER_CONFIRM');
    transfer.confirmableUntil = this.clock.now() + CONFIRMABLE_MS;
    return true;
  }

  /** Locked, under way or arrived today. */
  private receivedToday(openid: string): number {
    const today = toChinaDay(this.clock.now());
    return this.all()
      .filter((one) => one.locked && one.openid === openid && toChinaDay(one.createdAt) === today)
      .reduce((sum, one) => sum + one.amountFen, 0);
  }

  private arrive(transfer: Transfer): void {
    const reason = this.nextFailReason;
    this.nextFailReason = null;
    const isAnother = transfer.userName !== null && transfer.userName !== this.realNameOf(transfer.openid);
    if (isAnother) this.move(transfer, 'FAIL', 'NAME_NOT_CORRECT');
    else if (reason !== null) this.move(transfer, 'FAIL', reason);
    else this.move(transfer, 'SUCCESS');
  }
}
