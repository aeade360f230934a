import { type Payout, TransferState } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { PayoutQueries, SettleTransfer } from '../../distribution/payouts/payouts.public.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';

/** The guide's confirmation in WeChat, played: the transfer that waits for her arrives. */
@Injectable()
export class ConfirmTransfer {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutQueries,
    private readonly settle: SettleTransfer,
  ) {}

  /** Throws 404 for what is not hers, 409 `payout-state-conflict` when it waits for no confirmation. */
  async execute(guideId: string, transferId: string): Promise<Payout> {
    const transfer = await this.payouts.transferOf(guideId, transferId);
    if (transfer === null) throw notFound();
    const { providerNo } = transfer;
    if (transfer.state !== TransferState.Waiting || providerNo === null) {
      const detail = '这笔转账当前不需要确认收款';
      throw new ProblemError(ProblemType.PayoutStateConflict, { detail, transferState: transfer.state });
    }
    await this.unitOfWork.run((tx) => this.settle.execute(tx, transferId, { state: 'succeeded', providerNo }));
    const payout = await this.payouts.find(guideId, transfer.requestId);
    if (payout === null) throw notFound();
    return payout;
  }
}
