import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { flowBill, flowLines, type Merchant, type TradeLine, tradeBill } from './bill-files.js';
import { chinaDayAt, type EmulatorClock, toChinaDay } from './clock.js';
import type { Orders } from './orders.js';
import { invalidRequest, noStatementExist, type PayRefusal, paramError, statementCreating } from './pay-errors.js';
import type { Refunds } from './refunds.js';
import type { Transfers } from './transfers.js';

const READY_HOUR = 10;
const MONTHS_KEPT = 3;
const LINK_MS = 5 * 60_000;

export type BillKind = 'trade' | 'fundflow';

/** What a test may order to be wrong with a day's bill. */
export type BillDamage =
  | { readonly kind: 'drop'; readonly number: string }
  | { readonly kind: 'amount'; readonly number: string; readonly fen: number }
  | { readonly kind: 'foreign'; readonly number: string; readonly fen: number }
  | { readonly kind: 'hash' }
  | { readonly kind: 'creating' };

interface Download {
  readonly content: Buffer;
  readonly expiresAt: number;
}

/** Where the rows come from. */
export interface BillSources {
  readonly orders: Orders;
  readonly refunds: Refunds;
  readonly transfers: Transfers;
  readonly merchant: Merchant;
}

/** The bills of past days. A bill is written once and stays as it was. */
export class Bills {
  private readonly written = new Map<string, string>();
  private readonly downloads = new Map<string, Download>();
  private readonly damages = new Map<string, BillDamage[]>();

  constructor(
    private readonly clock: EmulatorClock,
    private readonly from: BillSources,
  ) {}

  /** What a state file keeps: bills that are written. */
  snapshot(): readonly (readonly [string, string])[] {
    return [...this.written];
  }

  restore(written: readonly (readonly [string, string])[]): void {
    for (const [key, text] of written) this.written.set(key, text);
  }

  damage(day: string, damage: BillDamage | null): void {
    const earlier = this.damages.get(day) ?? [];
    this.damages.set(day, damage === null ? [] : [...earlier, damage]);
    this.written.delete(`trade ${day}`);
  }

  /** What the merchant is told of a day's bill: its hash and a link for five minutes. */
  apply(kind: BillKind, day: string, gzip: boolean): { hash: string; token: string } | PayRefusal {
    const refusal = this.refuseDay(day);
    if (refusal) return refusal;
    const text = this.textOf(kind, day);
    if (text === null) return noStatementExist('请求的账单文件不存在');
    const content = Buffer.from(text);
    const token = randomBytes(48).toString('base64url');
    this.downloads.set(token, {
      content: gzip ? gzipSync(content) : content,
      expiresAt: this.clock.now() + LINK_MS,
    });
    const isHashWrong = this.damages.get(day)?.some((one) => one.kind === 'hash');
    const hashed = isHashWrong ? Buffer.concat([content, Buffer.from(' ')]) : content;
    return { hash: createHash('sha1').update(hashed).digest('hex'), token };
  }

  /** The file behind a link, null when there is none or its five minutes are over. */
  download(token: string): Buffer | null {
    const found = this.downloads.get(token);
    return found && this.clock.now() < found.expiresAt ? found.content : null;
  }

  private refuseDay(day: string): PayRefusal | null {
    const start = chinaDayAt(day, 0);
    if (start === null) return paramError('bill_date 格式须为 yyyy-MM-DD');
    const now = this.clock.now();
    const today = toChinaDay(now);
    if (day >= today) return invalidRequest('账单日期须早于今天');
    const [year = 0, month = 0, date = 0] = today.split('-').map(Number);
    const months = year * 12 + month - 1 - MONTHS_KEPT;
    const pad = (value: number): string => String(value).padStart(2, '0');
    const oldest = `${Math.floor(months / 12)}-${pad((months % 12) + 1)}-${pad(date)}`;
    if (day < oldest) return invalidRequest('仅支持三个月内的账单下载申请');
    const isLate = this.damages.get(day)?.some((one) => one.kind === 'creating');
    const readyAt = (chinaDayAt(day, READY_HOUR) ?? 0) + 86_400_000;
    return isLate || now < readyAt ? statementCreating('账单生成中') : null;
  }

  private textOf(kind: BillKind, day: string): string | null {
    const key = `${kind} ${day}`;
    const known = this.written.get(key);
    if (known !== undefined) return known;
    const text = kind === 'trade' ? this.writeTrade(day) : this.writeFlow(day);
    if (text !== null) this.written.set(key, text);
    return text;
  }

  private writeTrade(day: string): string | null {
    const lines = this.damaged(this.tradeLines(day), day);
    return lines.length === 0 ? null : tradeBill(lines, this.from.merchant);
  }

  private writeFlow(day: string): string | null {
    const all = flowLines(this.from.orders.all(), this.from.refunds.all(), this.from.transfers.all());
    const lines = all.filter(({ at }) => toChinaDay(at) === day);
    const before = all.filter(({ at }) => toChinaDay(at) < day).reduce((sum, { fen }) => sum + fen, 0);
    return lines.length === 0 ? null : flowBill(lines, before, this.from.merchant.mchId);
  }

  /** Payments on the day on which they were made, refunds on the day on which they were accepted. */
  private tradeLines(day: string): TradeLine[] {
    const payments = this.from.orders.all().flatMap((order): TradeLine[] => {
      return order.paidAt === null ? [] : [{ at: order.paidAt, order, refund: null, fen: order.totalFen }];
    });
    const refunds = this.from.refunds.all().map((refund): TradeLine => {
      return { at: refund.createdAt, order: refund.order, refund, fen: refund.amountFen };
    });
    return [...payments, ...refunds].filter(({ at }) => toChinaDay(at) === day).sort((a, b) => a.at - b.at);
  }

  private damaged(lines: readonly TradeLine[], day: string): TradeLine[] {
    const numberOf = ({ order, refund }: TradeLine): string => refund?.outRefundNo ?? order.outTradeNo;
    let result = [...lines];
    for (const damage of this.damages.get(day) ?? []) {
      if (damage.kind === 'drop') result = result.filter((one) => numberOf(one) !== damage.number);
      if (damage.kind === 'amount') {
        result = result.map((one) => (numberOf(one) === damage.number ? { ...one, fen: damage.fen } : one));
      }
      if (damage.kind === 'foreign') result.push(this.foreign(day, damage.number, damage.fen));
    }
    return result;
  }

  /** A payment of which no shop knows. */
  private foreign(day: string, outTradeNo: string, fen: number): TradeLine {
    const at = chinaDayAt(day, 12) ?? 0;
    const order = {
      description: '其他系统的交易',
      outTradeNo,
      attach: null,
      notifyUrl: '',
      totalFen: fen,
      payerOpenid: 'o-foreign',
      expiresAt: null,
      fingerprint: '',
      createdAt: at,
      payableUntil: at,
      state: 'SUCCESS' as const,
      transactionId: `42000${String(randomBytes(6).readUIntBE(0, 6)).padStart(23, '0')}`,
      paidAt: at,
      hasRefund: false,
    };
    return { at, order, refund: null, fen };
  }
}
