import { formatYuan } from '@mall/shared/money';
import type { Statement } from '@mall/shared/payouts';
import { businessTimeText } from '../../platform/clock/business-day.js';
import { ACCOUNTS } from './domain/statement.js';

const NAMES = { pending: '待收货', frozen: '冻结中', available: '可用', paying: '提现中', paid: '已到账' };
/** Spreadsheets take a file without it for another encoding. */
const BYTE_ORDER_MARK = '\uFEFF';

/** A statement for a spreadsheet, in yuan: openings, moves, closings. */
export function statementCsv({ month, guideName, storeName, accounts, lines }: Statement): string {
  const head = [
    ['导购', guideName, '门店', storeName, '月份', month],
    ['时间', '账户', '事项', '金额（元）', '订单号', '佣金编号'],
    ...ACCOUNTS.map((name) => ['', NAMES[name], '期初余额', formatYuan(accounts[name].openingFen), '', '']),
  ];
  const body = lines.map((line) => [
    businessTimeText(line.at),
    NAMES[line.account],
    line.text,
    formatYuan(line.amountFen),
    line.orderNumber ?? '',
    line.entryId ?? '',
  ]);
  const foot = ACCOUNTS.map((name) => ['', NAMES[name], '期末余额', formatYuan(accounts[name].closingFen), '', '']);
  return BYTE_ORDER_MARK + [...head, ...body, ...foot].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Quoted, and what a spreadsheet would run as a formula is made text; an amount below zero is none. */
function cell(value: string): string {
  const text = /^[=+@\t\r]|^-(?!\d+\.\d\d$)/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}
