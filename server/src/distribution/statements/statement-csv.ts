import { formatYuan } from '@mall/shared/money';
import type { Statement } from '@mall/shared/payouts';
import { businessTimeText } from '../../platform/clock/business-day.js';
import { csvText } from '../../platform/http/csv.js';
import { ACCOUNTS } from './domain/statement.js';

const NAMES = {
  pending: '待收货',
  frozen: '冻结中',
  available: '可用',
  paying: '提现中',
  paid: '已到账',
  withheld: '已代扣税',
};

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
  return csvText([...head, ...body, ...foot]);
}
