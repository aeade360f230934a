/** What must be withheld of a payout, worked out by the law's words and not by the mall's tables. */
import type { Withholding } from './payout-steps.js';

export interface PaidBefore {
  grossFen: number;
  taxFen: number;
}

export interface PaidInYear extends PaidBefore {
  /** From her first income of the year to this month, both counted. */
  months: number;
}

/** Of a taxable amount in fen: the first step that holds it decides, less its quick deduction. */
const LABOUR_STEPS = [
  { yuan: 20_000, percent: 20, quickYuan: 0 },
  { yuan: 50_000, percent: 30, quickYuan: 2_000 },
  { yuan: Number.POSITIVE_INFINITY, percent: 40, quickYuan: 7_000 },
];
/** More than 36,000 yuan of taxable income a year no history pays out. */
const YEAR_PERCENT = 3;

const percentOf = (fen: number, percent: number): number => Math.floor((fen * percent + 50) / 100);

export function taxOf(method: Withholding, grossFen: number, month: PaidBefore, year: PaidInYear): number {
  if (method === 'none') return 0;
  if (method === 'per_payment') {
    const income = month.grossFen + grossFen;
    const taxable = income > 400_000 ? percentOf(income, 80) : income - 80_000;
    const { percent, quickYuan } = LABOUR_STEPS.find(({ yuan }) => taxable <= yuan * 100) ?? {
      percent: 0,
      quickYuan: 0,
    };
    return Math.max(0, (taxable > 0 ? percentOf(taxable, percent) - quickYuan * 100 : 0) - month.taxFen);
  }
  const taxable = percentOf(year.grossFen + grossFen, 80) - 500_000 * year.months;
  return Math.max(0, (taxable > 0 ? percentOf(taxable, YEAR_PERCENT) : 0) - year.taxFen);
}
