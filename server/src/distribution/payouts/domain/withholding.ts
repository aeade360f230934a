/**
 * R5.5: what is withheld of a payout, by the kind of payee and the method that HQ has set. Kept with the request as gross,
 * tax and net. Amounts are fen; the tables are those of the law, in yuan there.
 */
import { PayeeType } from '@mall/shared/guides';
import { type Fen, fen, subtractFen, ZERO_FEN } from '@mall/shared/money';
import { WithholdingMethod } from '@mall/shared/payouts';

export interface Withheld {
  grossFen: Fen;
  taxFen: Fen;
  netFen: Fen;
}

/** What she was paid by the same method before this one, less what came back: gross, and what was withheld of it. */
export interface IncomeBefore {
  month: { grossFen: number; taxFen: number };
  year: { grossFen: number; taxFen: number };
  /** Months from her first payout of this year by this method, given up or not, to this month, both counted: 1 to 12. */
  months: number;
}

/** The tax on one payment of so much: at least 0, at most the gross. */
export type TaxTable = (grossFen: number, before: IncomeBefore) => number;

interface Bracket {
  upToFen: number;
  rateBps: number;
  quickFen: number;
}

const yuan = (upTo: number, rateBps: number, quick: number): Bracket => ({
  upToFen: upTo * 100,
  rateBps,
  quickFen: quick * 100,
});

/** Comprehensive income of a year, withheld cumulatively. */
const YEAR: readonly Bracket[] = [
  yuan(36_000, 300, 0),
  yuan(144_000, 1_000, 2_520),
  yuan(300_000, 2_000, 16_920),
  yuan(420_000, 2_500, 31_920),
  yuan(660_000, 3_000, 52_920),
  yuan(960_000, 3_500, 85_920),
  yuan(Number.POSITIVE_INFINITY, 4_500, 181_920),
];
/** 劳务报酬, one payment. */
const LABOUR: readonly Bracket[] = [
  yuan(20_000, 2_000, 0),
  yuan(50_000, 3_000, 2_000),
  yuan(Number.POSITIVE_INFINITY, 4_000, 7_000),
];
const MONTHLY_DEDUCTION_FEN = 500_000;
const SMALL_DEDUCTION_FEN = 80_000;
const SMALL_UP_TO_FEN = 400_000;

/** `amount × bps`, to the nearest fen, half a fen upwards. */
function share(amountFen: number, bps: number): number {
  return Math.floor((amountFen * bps + 5_000) / 10_000);
}

function taxOf(taxableFen: number, brackets: readonly Bracket[]): number {
  if (taxableFen <= 0) return 0;
  const { rateBps, quickFen } = brackets.find(({ upToFen }) => taxableFen <= upToFen) as Bracket;
  return share(taxableFen, rateBps) - quickFen;
}

/**
 * The platforms' cumulative method (from October 2025): (the year's income − 20% − ¥5,000 a month) by the yearly table,
 * less what was withheld before. Never below zero: what was too much is settled with the yearly return.
 */
export const platformCumulative: TaxTable = (grossFen, { year, months }) => {
  const income = year.grossFen + grossFen;
  const due = taxOf(share(income, 8_000) - MONTHLY_DEDUCTION_FEN * months, YEAR);
  return Math.max(0, due - year.taxFen);
};

/**
 * 劳务报酬 by payment: −¥800 up to ¥4,000, else −20%. What is paid again and again for one kind of work is one payment a
 * month, so the month's are taken together: cutting a payout into small ones saves nothing.
 */
export const perPayment: TaxTable = (grossFen, { month }) => {
  const income = month.grossFen + grossFen;
  const taxable = income <= SMALL_UP_TO_FEN ? income - SMALL_DEDUCTION_FEN : share(income, 8_000);
  return Math.max(0, taxOf(taxable, LABOUR) - month.taxFen);
};

/** A further method is a line here and a name in WithholdingMethod. */
export const TAX_TABLES: Record<WithholdingMethod, TaxTable> = {
  [WithholdingMethod.None]: () => 0,
  [WithholdingMethod.PerPayment]: perPayment,
  [WithholdingMethod.PlatformCumulative]: platformCumulative,
};

/** Employees are taxed by payroll, which pays them (see SettleByPayroll). */
export function methodFor(payeeType: PayeeType, setting: WithholdingMethod): WithholdingMethod {
  return payeeType === PayeeType.Employee ? WithholdingMethod.None : setting;
}

/** Throws RangeError when a table gives a tax that no law could: a bug must not pay out. */
export function withhold(table: TaxTable, grossFen: Fen, before: IncomeBefore): Withheld {
  const taxFen = fen(table(grossFen, before));
  if (taxFen < ZERO_FEN || taxFen > grossFen) throw new RangeError(`a tax of ${taxFen} on ${grossFen}`);
  return { grossFen, taxFen, netFen: subtractFen(grossFen, taxFen) };
}
