import { type Fen, fen } from '@mall/shared/money';

/** One row of WeChat's bill of all trades: a payment, or a refund. Nothing of the payer is kept. */
export interface BillRow {
  kind: 'payment' | 'refund';
  /** `2026-11-27 18:19:32`, China. */
  tradedAt: string;
  transactionId: string;
  outTradeNo: string;
  /** Null for a payment. */
  refundId: string | null;
  outRefundNo: string | null;
  /** Of a refund: SUCCESS, PROCESSING, CHANGE (abnormal) or FAIL. Of a payment: SUCCESS. */
  status: string;
  /** What was paid, or is given back: 订单金额 or 申请退款金额. */
  amountFen: Fen;
}

export interface TradeBill {
  rows: BillRow[];
  /** The bill's own sums, which its rows were found to agree with. */
  orderFen: Fen;
  refundFen: Fen;
  /** Hundred-thousandths of a yuan: fees have five decimals. */
  feeUnits: number;
}

export type ParsedBill = { outcome: 'ok'; bill: TradeBill } | { outcome: 'damaged'; reason: string };

class Damaged extends Error {}

const COLUMNS = [
  '交易时间',
  '公众账号ID',
  '商户号',
  '微信订单号',
  '商户订单号',
  '交易状态',
  '货币种类',
  '应结订单金额',
  '微信退款单号',
  '商户退款单号',
  '退款金额',
  '充值券退款金额',
  '退款状态',
  '手续费',
  '订单金额',
  '申请退款金额',
] as const;
type Column = (typeof COLUMNS)[number];
const SUMS = [
  '总交易单数',
  '应结订单总金额',
  '退款总金额',
  '充值券退款总金额',
  '手续费总金额',
  '订单总金额',
  '申请退款总金额',
];

/**
 * Reads a bill (`bill_type=ALL`, unpacked): header, rows whose cells begin with a back-quote, header of the sums, sums.
 * Amounts are yuan in the file. Refuses a file that is cut, foreign, or whose rows do not add up to its own sums.
 *
 * @param merchant whose bill it must be
 */
export function parseTradeBill(text: string, merchant: { mchId: string; appId: string } | null): ParsedBill {
  try {
    return { outcome: 'ok', bill: read(text, merchant) };
  } catch (error) {
    if (error instanceof Damaged) return { outcome: 'damaged', reason: error.message };
    throw error;
  }
}

function read(text: string, merchant: { mchId: string; appId: string } | null): TradeBill {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line !== '');
  const [head = '', ...rest] = lines;
  const [sums, sumHead] = [rest.pop() ?? '', rest.pop() ?? ''];
  if (sumHead !== SUMS.join(',')) throw new Damaged('the sums at the end are missing');
  const names = head.split(',');
  const missing = COLUMNS.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Damaged(`columns are missing: ${missing.join(' ')}`);
  const at = new Map(COLUMNS.map((name) => [name, names.indexOf(name)]));
  const tables = rest.map((line, index) => {
    const cells = cellsOf(line, index + 2);
    if (cells.length !== names.length) throw new Damaged(`line ${index + 2} has ${cells.length} cells`);
    const cell = (name: Column): string => cells[at.get(name) ?? -1] ?? '';
    return { cell, row: rowOf(cell, index + 2, merchant) };
  });
  return compareSums(tables, cellsOf(sums, lines.length));
}

/** A comma inside a cell has no back-quote behind it. */
function cellsOf(line: string, number: number): string[] {
  if (!line.startsWith('`')) throw new Damaged(`line ${number} is no row`);
  return line.slice(1).split(',`');
}

function rowOf(
  cell: (name: Column) => string,
  line: number,
  merchant: { mchId: string; appId: string } | null,
): BillRow {
  const state = cell('交易状态');
  const tradedAt = cell('交易时间');
  const isRefund = state === 'REFUND';
  if (!isRefund && state !== 'SUCCESS') throw new Damaged(`line ${line} has the state "${state}"`);
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(tradedAt)) throw new Damaged(`line ${line} has no time`);
  if (cell('货币种类') !== 'CNY') throw new Damaged(`line ${line} is not in yuan`);
  if (merchant !== null && (cell('商户号') !== merchant.mchId || cell('公众账号ID') !== merchant.appId)) {
    throw new Damaged(`line ${line} belongs to another merchant`);
  }
  const [transactionId, outTradeNo] = [cell('微信订单号'), cell('商户订单号')];
  const [refundId, outRefundNo] = [cell('微信退款单号'), cell('商户退款单号')];
  const numbers = isRefund ? [transactionId, outTradeNo, refundId, outRefundNo] : [transactionId, outTradeNo];
  if (numbers.some((number) => number === '' || number === '0')) throw new Damaged(`line ${line} lacks a number`);
  return {
    kind: isRefund ? 'refund' : 'payment',
    tradedAt,
    transactionId,
    outTradeNo,
    refundId: isRefund ? refundId : null,
    outRefundNo: isRefund ? outRefundNo : null,
    status: isRefund ? cell('退款状态') : state,
    amountFen: fenOf(cell(isRefund ? '申请退款金额' : '订单金额')),
  };
}

function compareSums(tables: readonly { cell: (name: Column) => string; row: BillRow }[], sums: string[]): TradeBill {
  const sum = (name: Column): number => tables.reduce((all, { cell }) => all + fenOf(cell(name)), 0);
  const feeUnits = tables.reduce((all, { cell }) => all + unitsOf(cell('手续费'), 5), 0);
  const said = sums.slice(1).map(fenOf);
  if (sums.length !== SUMS.length) throw new Damaged('the sums at the end are cut');
  const [settledFen, backFen, couponBackFen, feeFen, orderFen, askedFen] = said as [Fen, Fen, Fen, Fen, Fen, Fen];
  const pairs: [string, number, number][] = [
    ['总交易单数', unitsOf(sums[0] ?? '', 0), tables.length],
    ['应结订单总金额', settledFen, sum('应结订单金额')],
    ['退款总金额', backFen, sum('退款金额')],
    ['充值券退款总金额', couponBackFen, sum('充值券退款金额')],
    ['订单总金额', orderFen, sum('订单金额')],
    ['申请退款总金额', askedFen, sum('申请退款金额')],
    // Rows have fractions of a fen, the sum is rounded.
    ['手续费总金额', feeFen, Math.floor((feeUnits + 500) / 1_000)],
  ];
  for (const [name, told, found] of pairs) {
    if (told !== found) throw new Damaged(`${name} is ${told}, the rows make ${found}`);
  }
  return { rows: tables.map(({ row }) => row), orderFen, refundFen: askedFen, feeUnits };
}

function fenOf(yuan: string): Fen {
  return fen(unitsOf(yuan, 2));
}

/** `0.07407` with five decimals → 7407. Digits beyond must be zeros: nothing is rounded away. */
function unitsOf(text: string, decimals: number): number {
  const match = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(text);
  if (match === null) throw new Damaged(`"${text}" is no amount`);
  const [, minus, whole = '', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(decimals))) throw new Damaged(`"${text}" has more than ${decimals} decimals`);
  const units = Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  return minus === '' || units === 0 ? units : -units;
}
