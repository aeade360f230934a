import { fen } from '@mall/shared/money';
import type { Statement, StatementLine } from '@mall/shared/payouts';
import { monthOf } from './account-moves';
import { monthAfter, monthOr, monthText } from './months';

const account = (opening: number, closing: number) => ({ openingFen: fen(opening), closingFen: fen(closing) });
const move = (at: number, amountFen: number, name: StatementLine['account'] = 'available'): StatementLine => ({
  at,
  text: '佣金到期',
  amountFen: fen(amountFen),
  account: name,
  entryId: null,
  orderNumber: null,
});
const statement = (lines: StatementLine[], closing: number): Statement => ({
  month: '2026-11',
  guideName: '陈静',
  storeName: '静安店',
  accounts: {
    available: account(-500, closing),
    pending: account(0, 0),
    frozen: account(0, 0),
    paying: account(0, 0),
    paid: account(0, 0),
    withheld: account(0, 0),
  },
  totals: {
    accruedFen: fen(0),
    releasedFen: fen(0),
    reversedFen: fen(0),
    lapsedFen: fen(0),
    disputedFen: fen(0),
    paidOutFen: fen(0),
    withheldFen: fen(0),
    returnedFen: fen(0),
  },
  lines,
});

describe('a month of one account (R5.6)', () => {
  it('leads from opening to closing by its own lines alone', () => {
    const lines = [move(1, 5_391), move(3, -2_000), move(2, 77, 'frozen'), move(4, 109)];
    const month = monthOf(statement(lines, 3_000), 'available');
    expect(month).toMatchObject({ openingFen: -500, inFen: 5_500, outFen: 2_000, closingFen: 3_000, isSound: true });
    expect(month.lines.map(({ at }) => at)).toEqual([4, 3, 1]);
  });

  it('says so when the lines do not lead to the closing balance, by one fen', () => {
    expect(monthOf(statement([move(1, 5_391)], 4_890), 'available').isSound).toBe(false);
  });

  it('without lines stays where it was', () => {
    expect(monthOf(statement([], -500), 'available')).toMatchObject({ inFen: 0, outFen: 0, isSound: true });
  });
});

describe('months', () => {
  it('go over the turn of the year', () => {
    expect(monthAfter('2026-12', 1)).toBe('2027-01');
    expect(monthAfter('2026-01', -1)).toBe('2025-12');
    expect(monthAfter('2026-11', -23)).toBe('2024-12');
  });

  it('of an address are checked', () => {
    expect(monthOr('2026-13', '2026-11')).toBe('2026-11');
    expect(monthOr(undefined, '2026-11')).toBe('2026-11');
    expect(monthOr('2027-02', '2026-11')).toBe('2027-02');
    expect(monthText('2027-02')).toBe('2027年2月');
  });
});
