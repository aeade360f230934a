import { fen } from '@mall/shared/money';
import { foldStatement } from './domain/statement.js';
import { statementCsv } from './statement-csv.js';

describe('a statement as CSV (R5.6)', () => {
  const leg = { sourceKind: 'refund', fact: 'reversed', bucket: 'available', amountFen: -305 } as const;
  const fold = foldStatement(new Map([['available', fen(1_000)]]), [
    { ...leg, occurredAt: Date.UTC(2026, 10, 1), entryId: 'cme_1', orderNumber: '01ABC' },
  ]);
  const rows = (guideName: string): string[] =>
    statementCsv({ month: '2026-11', guideName, storeName: '静安店', ...fold }).split('\r\n');

  it('R5.6: has openings, moves in Shanghai time and closings, in yuan', () => {
    const csv = rows('陈静');
    expect(csv[0]).toBe('\uFEFF"导购","陈静","门店","静安店","月份","2026-11"');
    expect(csv).toContain('"","可用","期初余额","10.00","",""');
    expect(csv).toContain('"2026-11-01 08:00","可用","顾客退款，扣回佣金","-3.05","01ABC","cme_1"');
    expect(csv).toContain('"","可用","期末余额","6.95","",""');
  });

  it('lets no name run as a formula or break out of its cell', () => {
    expect(rows('=1+1')[0]).toContain(`"'=1+1"`);
    expect(rows('-1+1')[0]).toContain(`"'-1+1"`);
    expect(rows('a","b')[0]).toContain('"a"",""b"');
  });
});
