import type { Reader } from '../../platform/database/tx.js';
import { type Findings, side } from './domain/findings.js';

interface Joined {
  kind: string;
  number: string;
  billDate: string;
  status: string;
  billFen: number;
  ourId: string | null;
  ourFen: number | null;
  ourState: string | null;
}

/** What HQ has settled with a reason is no difference any more. */
const UNSETTLED = `NOT EXISTS (SELECT 1 FROM bill_differences d
  WHERE d.billDate = b.billDate AND d.number = b.number AND d.state = 'resolved')`;
/** A refund's row may be older than its end. */
const ENDS: Readonly<Record<string, string>> = { SUCCESS: 'succeeded', FAIL: 'failed' };

/** §5, R5.7: every row of the stored bills against payments and refunds, by a join of its own; nothing when none is stored. */
export async function checkBills(reader: Reader, found: Findings): Promise<void> {
  const columns = 'b.kind, b.number, b.billDate, b.status, b.amountFen AS billFen';
  const payments = await reader.query<Joined>(
    `SELECT ${columns}, p.id AS ourId, p.amountFen AS ourFen, p.state AS ourState FROM trade_bill_rows b
     LEFT JOIN payments p ON p.outTradeNo = b.number WHERE b.kind = 'payment' AND ${UNSETTLED}`,
  );
  const refunds = await reader.query<Joined>(
    `SELECT ${columns}, r.id AS ourId, r.amountFen AS ourFen, r.state AS ourState FROM trade_bill_rows b
     LEFT JOIN refunds r ON SUBSTR(r.id, 5) = b.number WHERE b.kind = 'refund' AND ${UNSETTLED}`,
  );
  for (const row of [...payments, ...refunds]) {
    const { kind, number, billDate, status, billFen, ourId, ourFen, ourState } = row;
    const end = ENDS[status];
    const fits = ourId !== null && billFen === ourFen && (end === undefined || end === ourState);
    found.holds('trade-bills', fits, {
      subject: number,
      sentence: ourId === null ? '微信账单里有，这里没有' : '微信账单与这里的金额或状态不一致',
      left: side('trade_bill_rows', { kind, number, billDate, status }, billFen),
      right: side(
        kind === 'payment' ? 'payments' : 'refunds',
        ourId === null ? null : { id: ourId, state: ourState },
        ourFen,
      ),
    });
  }
  const absent = await reader.query<{ number: string; billDate: string; subject: string; ourFen: number }>(
    `SELECT number, billDate, subject, ourFen FROM bill_differences WHERE kind = 'missing_there' AND state = 'open'`,
  );
  for (const { number, billDate, subject, ourFen } of absent) {
    found.holds('trade-bills', false, {
      subject: number,
      sentence: '这里已经到账，微信账单里没有',
      left: side('trade_bill_rows', null),
      right: side(`${subject}s`, { number, billDate }, ourFen),
    });
  }
}
