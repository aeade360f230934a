import { addFen, type Fen, subtractFen, ZERO_FEN } from '@mall/shared/money';
import type { Statement, StatementLine } from '@mall/shared/payouts';

export type Account = StatementLine['account'];

/** A month of one account: opening + in − out = closing. */
export interface AccountMonth {
  openingFen: Fen;
  inFen: Fen;
  /** Not negative. */
  outFen: Fen;
  closingFen: Fen;
  lines: StatementLine[];
  /** False: the lines do not lead from opening to closing, which is for HQ to look at and not to be hidden. */
  isSound: boolean;
}

/** The lines of one account, newest first, and what they sum up to. */
export function monthOf(statement: Statement, account: Account): AccountMonth {
  const lines = statement.lines.filter((line) => line.account === account).sort((a, b) => b.at - a.at);
  const { openingFen, closingFen } = statement.accounts[account];
  const inFen = addFen(ZERO_FEN, ...lines.map(({ amountFen }) => amountFen).filter((amount) => amount > 0));
  const moved = addFen(ZERO_FEN, ...lines.map(({ amountFen }) => amountFen));
  const isSound = addFen(openingFen, moved) === closingFen;
  return { openingFen, inFen, outFen: subtractFen(inFen, moved), closingFen, lines, isSound };
}
