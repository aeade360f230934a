import { PayeeType } from '@mall/shared/guides';
import { fen } from '@mall/shared/money';
import { PayoutState, TransferState } from '@mall/shared/payouts';
import { payoutStatesBefore, TRANSFER_MOVES, transferStatesBefore } from './payout-states.js';
import { TAX_TABLES, withhold } from './withholding.js';

describe('rules of a payout (R5.5)', () => {
  it('R5.5: a payout is decided once and cancelled before it is done', () => {
    expect(payoutStatesBefore(PayoutState.Approved)).toEqual([PayoutState.Requested]);
    expect(payoutStatesBefore(PayoutState.Rejected)).toEqual([PayoutState.Requested]);
    expect(payoutStatesBefore(PayoutState.Cancelled)).toEqual([PayoutState.Requested, PayoutState.Approved]);
    expect(payoutStatesBefore(PayoutState.Done)).toEqual([PayoutState.Approved]);
  });

  it('R5.5, D20: a transfer ends only by what the provider said, and `unknown` is no end', () => {
    const open = [TransferState.Submitted, TransferState.Waiting, TransferState.Unknown];
    expect(transferStatesBefore(TransferState.Succeeded)).toEqual(open);
    expect(transferStatesBefore(TransferState.Failed)).toEqual(open);
    expect(transferStatesBefore(TransferState.Unknown)).toEqual([TransferState.Submitted]);
    for (const end of [TransferState.Succeeded, TransferState.Failed, TransferState.Cancelled]) {
      expect(TRANSFER_MOVES[end]).toEqual([]);
    }
  });

  it('R5.5: withholds nothing of wages, which payroll taxes, and keeps gross, tax and net', () => {
    const gross = fen(20_020);
    expect(withhold(PayeeType.Employee, gross)).toEqual({ grossFen: 20_020, taxFen: 0, netFen: 20_020 });
    expect(withhold(PayeeType.Contractor, gross)).toEqual({ grossFen: 20_020, taxFen: 0, netFen: 20_020 });
    const table = { ...TAX_TABLES, contractor: () => fen(1_602) };
    expect(withhold(PayeeType.Contractor, gross, table)).toEqual({ grossFen: 20_020, taxFen: 1_602, netFen: 18_418 });
  });

  it('R5.5: refuses a table that takes more than there is, or gives', () => {
    for (const tax of [101, -1]) {
      const table = { ...TAX_TABLES, contractor: () => fen(tax) };
      expect(() => withhold(PayeeType.Contractor, fen(100), table)).toThrow(RangeError);
    }
  });
});
