import { checkPayout, type PayoutFile, type TransferRow } from './check-payout.js';
import { Findings } from './findings.js';

const request = {
  id: 'pyo_1',
  guideId: 'gde_1',
  amountFen: 701,
  taxFen: 0,
  netFen: 701,
  state: 'approved',
  requestedAt: 1,
  transferCount: 1,
  endedCount: 0,
};
const transfer = { id: 'pyt_1', requestId: 'pyo_1', guideId: 'gde_1', position: 1, amountFen: 701, grossFen: 701 };

function fileOf(id: string, outBillNo: string): PayoutFile {
  return { request: { ...request, id }, transfers: [{ ...transfer, id, outBillNo, state: 'waiting' }], legs: [] };
}

describe('payouts in the reconciliation (R5.7)', () => {
  it('R5.5: reports two transfers of one bill number with both rows', () => {
    const found = new Findings();
    const seen = new Map<string, TransferRow>();
    checkPayout(fileOf('pyt_1', 'BILL1'), seen, found);
    checkPayout(fileOf('pyt_2', 'BILL2'), seen, found);
    checkPayout(fileOf('pyt_3', 'BILL1'), seen, found);
    const doubled = found.differences.filter(({ sentence }) => sentence.includes('单号'));
    expect(doubled).toEqual([
      expect.objectContaining({
        subject: 'pyt_3',
        left: expect.objectContaining({ row: expect.objectContaining({ id: 'pyt_1', outBillNo: 'BILL1' }) }),
        right: expect.objectContaining({ row: expect.objectContaining({ id: 'pyt_3', outBillNo: 'BILL1' }) }),
      }),
    ]);
  });
});
