import { fen } from '@mall/shared/money';
import fc from 'fast-check';
import { ACCOUNTS, foldStatement, type GuideLeg } from './statement.js';

const leg = (over: Partial<GuideLeg>): GuideLeg => ({
  occurredAt: 5,
  sourceKind: 'commission-entry',
  fact: 'accrued',
  bucket: 'pending',
  amountFen: 1,
  entryId: 'cme_1',
  orderNumber: '2026',
  ...over,
});
const NUMBERS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 10_000) };

describe('a guide’s statement (R5.6)', () => {
  it('R5.6: opening and moves make the closing of each account, and the totals explain what all grew by', () => {
    const moved = fc.constantFrom('frozen', 'released', 'vested', 'payout-requested', 'payout-paid', 'payout-returned');
    const bucket = fc.constantFrom(...ACCOUNTS);
    const amountFen = fc.integer({ min: 1, max: 9_999 });
    const shift = fc
      .record({ fact: moved, from: bucket, to: bucket, amountFen })
      .map(({ fact, from, to, amountFen }) => [
        leg({ fact, bucket: from, amountFen: -amountFen }),
        leg({ fact, bucket: to, amountFen }),
      ]);
    const single = (fact: string, sign: 1 | -1, sourceKind = 'commission-entry') =>
      fc
        .record({ bucket, amountFen })
        .map((each) => [leg({ fact, sourceKind, bucket: each.bucket, amountFen: sign * each.amountFen })]);
    const step = fc.oneof(
      shift,
      single('accrued', 1),
      single('reversed', -1),
      single('lapsed', -1),
      single('moved', 1, 'dispute'),
      single('moved', -1, 'dispute'),
      single('accrued', 1, 'dispute'),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), amountFen, (steps, openingFen) => {
        const legs = steps.flat();
        const { accounts, totals } = foldStatement(new Map([['frozen', fen(openingFen)]]), legs);
        let grown = 0;
        for (const name of ACCOUNTS) {
          const account = accounts[name];
          expect(account.openingFen).toBe(name === 'frozen' ? openingFen : 0);
          const moves = legs.filter((each) => each.bucket === name).reduce((all, each) => all + each.amountFen, 0);
          expect(account.closingFen).toBe(account.openingFen + moves);
          grown += moves;
        }
        const { accruedFen, reversedFen, lapsedFen, disputedFen } = totals;
        expect(accruedFen - reversedFen - lapsedFen + disputedFen).toBe(grown);
      }),
      NUMBERS,
    );
  });

  it('R5.6: names each move in Chinese, also one that it does not know', () => {
    const { lines } = foldStatement(new Map(), [
      leg({}),
      leg({ fact: 'moved', sourceKind: 'dispute', amountFen: -7 }),
      leg({ fact: 'something-new' }),
    ]);
    expect(lines.map(({ text }) => text)).toEqual(['顾客付款，计入佣金', '申诉裁定，佣金转出', '账务调整']);
    expect(lines[0]).toEqual({
      at: 5,
      text: '顾客付款，计入佣金',
      amountFen: 1,
      account: 'pending',
      entryId: 'cme_1',
      orderNumber: '2026',
    });
  });
});
