import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseTradeBill } from './parse-trade-bill.js';

const text = readFileSync(resolve(__dirname, '../../../../test/vectors/bill.ALL.csv'), 'utf8');

describe('§5: the trade bill', () => {
  const damaged = (change: (text: string) => string): string => {
    const parsed = parseTradeBill(change(text), null);
    return parsed.outcome === 'damaged' ? parsed.reason : 'read as if it were whole';
  };

  it('reads all 45 rows of the published bill, and its sums to the fen', () => {
    const parsed = parseTradeBill(text, null);
    if (parsed.outcome !== 'ok') throw new Error(parsed.reason);
    const { rows, orderFen, refundFen, feeUnits } = parsed.bill;
    expect(rows.length).toBe(45);
    expect(rows.filter(({ kind }) => kind === 'refund').length).toBe(14);
    expect([orderFen, refundFen, feeUnits]).toEqual([47, 14, 8_000]);
    expect(rows[0]).toEqual({
      kind: 'refund',
      tradedAt: '2019-02-19 05:01:46',
      transactionId: '4200000263201902167700134212',
      outTradeNo: 'autotest_20190216081946_82335',
      refundId: '50000709672019011908420787722',
      outRefundNo: 'REF4200000263201902167700963919',
      status: 'SUCCESS',
      amountFen: 1,
    });
  });

  it('keeps nothing of the payer', () => {
    const parsed = parseTradeBill(text, null);
    expect(JSON.stringify(parsed)).not.toContain('oHkLx');
  });

  it.each([
    ['is cut in the middle', (whole: string) => whole.slice(0, whole.length / 2)],
    ['has lost a row', (whole: string) => whole.split('\n').toSpliced(3, 1).join('\n')],
    ['has a row twice', (whole: string) => whole.replace(/(\n`2019[^\n]*)/, '$1$1')],
    ['has another amount', (whole: string) => whole.replace('`0.03,`0.00,`0,`0', '`0.04,`0.00,`0,`0')],
    ['has lost a column', (whole: string) => whole.replace(',订单金额', '')],
    ['has lost a cell', (whole: string) => whole.replace(',`CNY', '')],
    ['is empty', () => ''],
    ['is a page of HTML', () => '<html><body>502</body></html>'],
  ])('refuses a bill that %s', (_name, change) => {
    expect(damaged(change)).not.toBe('read as if it were whole');
  });

  it('refuses the bill of another merchant', () => {
    const merchant = { mchId: '1900000001', appId: 'wxab8acd895ab1638a' };
    expect(parseTradeBill(text, merchant)).toMatchObject({ outcome: 'damaged' });
    expect(parseTradeBill(text, { ...merchant, mchId: '1921000401' }).outcome).toBe('ok');
  });
});
