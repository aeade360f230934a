/** R5.5: what is withheld of a payout, by the kind of payee. Kept with the request as gross, tax and net. */
import { PayeeType } from '@mall/shared/guides';
import { type Fen, subtractFen, ZERO_FEN } from '@mall/shared/money';

export interface Withheld {
  grossFen: Fen;
  taxFen: Fen;
  netFen: Fen;
}

/** The tax on a gross amount: at least 0, at most the gross. */
export type TaxTable = (grossFen: Fen) => Fen;

const NOTHING: TaxTable = () => ZERO_FEN;

/** Employees are taxed by payroll, which pays them (see SettleByPayroll). For contractors no table is set: nothing is withheld. */
export const TAX_TABLES: Record<PayeeType, TaxTable> = {
  [PayeeType.Employee]: NOTHING,
  [PayeeType.Contractor]: NOTHING,
};

/** Throws RangeError when a table gives a tax that no law could: a bug must not pay out. */
export function withhold(payeeType: PayeeType, grossFen: Fen, tables = TAX_TABLES): Withheld {
  const taxFen = tables[payeeType](grossFen);
  if (taxFen < 0 || taxFen > grossFen) throw new RangeError(`a tax of ${taxFen} on ${grossFen}`);
  return { grossFen, taxFen, netFen: subtractFen(grossFen, taxFen) };
}
