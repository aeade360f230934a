import { toChinaTime } from './clock.js';
import { yuan } from './html.js';
import type { Order } from './orders.js';
import type { Refund } from './refunds.js';
import type { Transfer } from './transfers.js';

export interface Merchant {
  readonly appId: string;
  readonly mchId: string;
}

/** One line of a trade bill. Amounts are fen. */
export interface TradeLine {
  readonly at: number;
  readonly order: Order;
  readonly refund: Refund | null;
  /** What the bill says was paid or paid back. */
  readonly fen: number;
}

const TRADE_HEAD =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const TRADE_SUM_HEAD = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
const FLOW_HEAD =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号';
const FLOW_SUM_HEAD = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额';
const REFUND_STATUS = { PROCESSING: 'PROCESSING', SUCCESS: 'SUCCESS', ABNORMAL: 'CHANGE', CLOSED: 'FAIL' } as const;
/** 0.60%, so six hundred-thousandths of a yuan for each fen. */
const FEE_RATE = '0.60%';
const FEE_PER_FEN = 6;

function billTime(epochMs: number): string {
  return toChinaTime(epochMs).slice(0, 19).replace('T', ' ');
}

/** Every cell behind a back-quote, so that a spreadsheet leaves numbers alone. A comma inside a cell stays one. */
function line(cells: readonly string[]): string {
  return cells.map((cell) => `\`${cell.replace(/[\r\n`]/g, ' ')}`).join(',');
}

/** UTF-8 with a byte order mark, lines ended by a line feed: header, rows, header of the sums, sums. */
function file(head: string, rows: readonly string[], sumHead: string, sums: readonly string[]): string {
  return `\uFEFF${[head, ...rows, sumHead, line(sums)].join('\n')}\n`;
}

/** Hundred-thousandths of a yuan → `0.07407`. */
function feeText(units: number): string {
  const digits = String(units).padStart(6, '0');
  return `${digits.slice(0, -5)}.${digits.slice(-5)}`;
}

function tradeRow({ at, order, refund, fen }: TradeLine, { appId, mchId }: Merchant): string {
  const zero = yuan(0);
  const [paid, paidBack] = refund ? [zero, yuan(fen)] : [yuan(fen), zero];
  const type = refund ? ['ORIGINAL', REFUND_STATUS[refund.status]] : ['', ''];
  return line([
    billTime(at),
    appId,
    mchId,
    '0',
    '',
    order.transactionId ?? '',
    order.outTradeNo,
    order.payerOpenid,
    'JSAPI',
    refund ? 'REFUND' : 'SUCCESS',
    'OTHERS',
    'CNY',
    paid,
    zero,
    refund?.refundId ?? '0',
    refund?.outRefundNo ?? '0',
    paidBack,
    zero,
    ...type,
    order.description,
    order.attach ?? '',
    feeText(refund ? 0 : fen * FEE_PER_FEN),
    FEE_RATE,
    paid,
    paidBack,
    '',
  ]);
}

/** The bill of all trades of a day, in yuan. */
export function tradeBill(lines: readonly TradeLine[], merchant: Merchant): string {
  const sum = (wanted: boolean): number =>
    lines.filter(({ refund }) => (refund !== null) === wanted).reduce((total, { fen }) => total + fen, 0);
  const [paid, paidBack] = [sum(false), sum(true)];
  const fee = yuan(Math.floor((paid * FEE_PER_FEN + 500) / 1000));
  const sums = [`${lines.length}.0`, yuan(paid), yuan(paidBack), '0.0', fee, yuan(paid), yuan(paidBack)];
  const rows = lines.map((one) => tradeRow(one, merchant));
  return file(TRADE_HEAD, rows, TRADE_SUM_HEAD, sums);
}

/** One movement of the merchant's money. `fen` is negative for what goes out. */
export interface FlowLine {
  readonly at: number;
  readonly number: string;
  readonly business: string;
  readonly fen: number;
  readonly voucher: string;
}

/** What moved the merchant's money: payments in, refunds and arrived transfers out. */
export function flowLines(orders: readonly Order[], refunds: readonly Refund[], transfers: readonly Transfer[]) {
  const paid = orders.flatMap(({ paidAt: at, transactionId, totalFen: fen, outTradeNo: voucher }): FlowLine[] =>
    at === null || transactionId === null ? [] : [{ at, number: transactionId, business: '交易', fen, voucher }],
  );
  const back = refunds
    .filter(({ status }) => status === 'SUCCESS')
    .map(({ endedAt, createdAt, refundId, amountFen, outRefundNo }): FlowLine => {
      return { at: endedAt ?? createdAt, number: refundId, business: '退款', fen: -amountFen, voucher: outRefundNo };
    });
  const out = transfers
    .filter(({ state }) => state === 'SUCCESS')
    .map(({ updatedAt: at, transferBillNo, amountFen, outBillNo }): FlowLine => {
      return { at, number: transferBillNo, business: '商家转账', fen: -amountFen, voucher: outBillNo };
    });
  return [...paid, ...back, ...out].sort((a, b) => a.at - b.at);
}

function signed(fen: number): string {
  return fen < 0 ? `-${yuan(-fen)}` : yuan(fen);
}

/** The bill of all movements of a day, in yuan. `before` is the balance in fen before the first of them. */
export function flowBill(lines: readonly FlowLine[], before: number, mchId: string): string {
  let balance = before;
  const rows = lines.map(({ at, number, business, fen, voucher }, index) => {
    balance += fen;
    const kind = fen < 0 ? '支出' : '收入';
    const serial = `${number}${String(index).padStart(4, '0')}`;
    const amount = yuan(Math.abs(fen));
    return line([
      billTime(at),
      number,
      serial,
      business,
      business,
      kind,
      amount,
      signed(balance),
      `${mchId}API`,
      '',
      voucher,
    ]);
  });
  const income = lines.filter(({ fen }) => fen >= 0);
  const outgo = lines.filter(({ fen }) => fen < 0);
  const sum = (some: readonly FlowLine[]): string => yuan(Math.abs(some.reduce((total, { fen }) => total + fen, 0)));
  const sums = [`${lines.length}.0`, `${income.length}.0`, sum(income), `${outgo.length}.0`, sum(outgo)];
  return file(FLOW_HEAD, rows, FLOW_SUM_HEAD, sums);
}
