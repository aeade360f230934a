import { type TransferConfirmation, TransferPhase, TransferState } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { WECHAT_CONFIG, type WechatConfig } from '../../wechat/wechat.public.js';
import type { PayoutTransferEntity } from './payout-transfer.entity.js';
import { SubmitTransfer } from './submit-transfer.service.js';

/** What her phone shows WeChat so that she can confirm a transfer, and what became of it afterwards (R5.5). */
@Injectable()
export class ConfirmationQueries {
  constructor(
    private readonly database: Database,
    private readonly submit: SubmitTransfer,
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
  ) {}

  /** Throws 404 for what is not hers, 409 `payout-state-conflict` when it waits for no confirmation. */
  async of(guideId: string, transferId: string): Promise<TransferConfirmation> {
    let transfer = await this.own(guideId, transferId);
    // Its answer may have got lost: WeChat is asked once more, since she stands there.
    if (transfer.packageInfo === null) {
      await this.submit.askNow(transferId);
      transfer = await this.own(guideId, transferId);
    }
    const { state, phase, packageInfo, payeeAccount, cancelAskedAt } = transfer;
    const waits = state === TransferState.Waiting && phase === TransferPhase.Confirm && cancelAskedAt === null;
    if (!waits || packageInfo === null || payeeAccount === null) {
      const detail = '这笔转账当前不需要确认收款';
      throw new ProblemError(ProblemType.PayoutStateConflict, { detail, transferState: state });
    }
    const { mchId, appId } = this.config;
    return { mchId, appId, package: packageInfo, openId: payeeAccount };
  }

  /** Asks WeChat now how it stands, and gives the payout that it belongs to. Throws 404 for what is not hers. */
  async check(guideId: string, transferId: string): Promise<string> {
    const { requestId } = await this.own(guideId, transferId);
    await this.submit.askNow(transferId);
    return requestId;
  }

  private async own(guideId: string, transferId: string): Promise<PayoutTransferEntity> {
    const transfer = await this.database.first<PayoutTransferEntity>(
      'SELECT * FROM payout_transfers WHERE id = ? AND guideId = ?',
      [transferId, guideId],
    );
    if (transfer === null) throw notFound();
    return transfer;
  }
}
