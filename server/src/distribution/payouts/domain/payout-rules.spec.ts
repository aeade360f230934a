import { PayeeType } from '@mall/shared/guides';
import { fen } from '@mall/shared/money';
import { PayoutState, TransferState, WithholdingMethod } from '@mall/shared/payouts';
import { GIVEN_UP, payoutStatesBefore, TRANSFER_MOVES, thatMayBecome } from './payout-states.js';
import { type IncomeBefore, methodFor, TAX_TABLES, withhold } from './withholding.js';

const NOTHING_BEFORE: IncomeBefore = {
  month: { grossFen: 0, taxFen: 0 },
  year: { grossFen: 0, taxFen: 0 },
  months: 1,
};

describe('rules of a payout (R5.5)', () => {
  it('R5.5: a payout is decided once and cancelled before it is done', () => {
    expect(payoutStatesBefore(PayoutState.Approved)).toEqual([PayoutState.Requested]);
    expect(payoutStatesBefore(PayoutState.Rejected)).toEqual([PayoutState.Requested]);
    expect(payoutStatesBefore(PayoutState.Cancelled)).toEqual([PayoutState.Requested, PayoutState.Approved]);
    // Cancelled, and one of its transfers arrived after all.
    expect(payoutStatesBefore(PayoutState.Done)).toEqual([PayoutState.Approved, PayoutState.Cancelled]);
  });

  it('R5.5, D20: a transfer ends only by what the provider said, and `unknown` is no end', () => {
    const all = Object.values(TransferState);
    const open = [TransferState.Submitted, TransferState.Waiting, TransferState.Unknown];
    expect(thatMayBecome(TransferState.Failed, all)).toEqual(open);
    expect(thatMayBecome(TransferState.Unknown, all)).toEqual([TransferState.Submitted]);
  });

  it('R5.5: what arrived after it was given up is booked; what arrived never leaves again', () => {
    for (const end of GIVEN_UP) expect(TRANSFER_MOVES[end]).toEqual([TransferState.Succeeded]);
    expect(TRANSFER_MOVES[TransferState.Succeeded]).toEqual([]);
  });

  it('R5.5: withholds nothing of wages, which payroll taxes, and keeps gross, tax and net', () => {
    const gross = fen(20_020);
    expect(methodFor(PayeeType.Employee, WithholdingMethod.PerPayment)).toBe(WithholdingMethod.None);
    expect(methodFor(PayeeType.Contractor, WithholdingMethod.PerPayment)).toBe(WithholdingMethod.PerPayment);
    const untaxed = { grossFen: 20_020, taxFen: 0, netFen: 20_020 };
    expect(withhold(TAX_TABLES.none, gross, NOTHING_BEFORE)).toEqual(untaxed);
    const taxed = { grossFen: 20_020, taxFen: 1_602, netFen: 18_418 };
    expect(withhold(() => 1_602, gross, NOTHING_BEFORE)).toEqual(taxed);
  });

  it('R5.5: refuses a table that takes more than there is, or gives', () => {
    for (const tax of [101, -1]) {
      expect(() => withhold(() => tax, fen(100), NOTHING_BEFORE)).toThrow(RangeError);
    }
  });
});
