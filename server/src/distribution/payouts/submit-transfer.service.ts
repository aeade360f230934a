import { TransferState } from '@mall/shared/payouts';
import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ClaimTransfer } from './claim-transfer.js';
import { PayeeNames } from './payee-names.js';
import type { PayoutTransferEntity } from './payout-transfer.entity.js';
import { SettleTransfer } from './settle-transfer.service.js';
import {
  type Contradiction,
  type QueryAnswer,
  TRANSFER_PROVIDER,
  type TransferOrder,
  type TransferProvider,
  type TransferStanding,
} from './transfer-provider.js';

/** `held`: it is not at the provider, and was put back until nothing holds it. */
type Known =
  | { outcome: 'known'; standing: TransferStanding }
  | { outcome: 'contradicted'; contradiction: Contradiction }
  | { outcome: 'unknown' }
  | { outcome: 'held' };

/**
 * Sends a transfer, or finds out what became of it. It is stored as submitted before the call, and the bill number is
 * its own at every try; no answer means "ask again", never "refused" (D20).
 */
@Injectable()
export class SubmitTransfer {
  private readonly logger = new Logger(SubmitTransfer.name);

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: ClaimTransfer,
    private readonly settle: SettleTransfer,
    private readonly names: PayeeNames,
    @Optional() @Inject(TRANSFER_PROVIDER) private readonly provider: TransferProvider | null = null,
  ) {}

  /** Whether it is known better than before. Without a provider, nothing happens. */
  async execute(transferId: string): Promise<boolean> {
    const { provider } = this;
    const transfer = provider && (await this.find(transferId));
    if (!transfer) return false;
    if (transfer.state !== TransferState.Created) {
      return (await this.claims.open(transfer)) && this.apply(transfer, await this.ask(provider, transfer));
    }
    const payeeAccount = await provider.accountOf(transfer.guideId);
    if (payeeAccount === null) {
      this.logger.warn({ message: 'a transfer has nobody to be sent to', transferId });
      await this.claims.later(transferId);
      return false;
    }
    if (!(await this.claims.fresh(transfer, payeeAccount))) return false;
    const account = transfer.payeeAccount ?? payeeAccount;
    return this.apply(transfer, await this.submit(provider, { ...transfer, payeeAccount: account }));
  }

  /** For somebody who waits: asks about a transfer that the provider has taken, without regard to when it is due. */
  async askNow(transferId: string): Promise<void> {
    const { provider } = this;
    const transfer = provider && (await this.find(transferId));
    if (!transfer || transfer.state !== TransferState.Waiting) return;
    const answer = knownOf(await provider.query(this.orderOf(transfer)));
    if (answer.outcome !== 'unknown') await this.apply(transfer, answer);
  }

  private find(transferId: string): Promise<PayoutTransferEntity | null> {
    return this.database.first<PayoutTransferEntity>('SELECT * FROM payout_transfers WHERE id = ?', [transferId]);
  }

  private orderOf(transfer: PayoutTransferEntity): TransferOrder {
    const { outBillNo, payeeAccount, payeeNameSealed, amountFen, packageInfo, providerNo } = transfer;
    const payeeName = payeeNameSealed === null ? null : this.names.open(payeeNameSealed);
    // Rows of before accounts were kept have none: WeChat's answer is then not compared with ours.
    return {
      outBillNo,
      payeeAccount: payeeAccount ?? '',
      payeeName,
      amountFen,
      providerNo,
      hasPackage: packageInfo !== null,
    };
  }

  /** A refusal counts only when the provider also knows no such bill: an earlier try may have arrived. */
  private async submit(provider: TransferProvider, transfer: PayoutTransferEntity): Promise<Known> {
    const order = this.orderOf(transfer);
    const answer = await provider.submit(order);
    if (answer.outcome === 'accepted') return { outcome: 'known', standing: answer.standing };
    if (answer.outcome === 'unknown') return answer;
    const known = await provider.query(order);
    if (known.outcome !== 'not_found') return knownOf(known);
    return { outcome: 'known', standing: { state: 'failed', providerNo: null, reason: answer.reason } };
  }

  private async ask(provider: TransferProvider, transfer: PayoutTransferEntity): Promise<Known> {
    const order = this.orderOf(transfer);
    const known = await provider.query(order);
    if (known.outcome === 'found') return this.askBack(provider, transfer, known.standing);
    if (known.outcome !== 'not_found') return knownOf(known);
    if (transfer.providerNo !== null) {
      // What was accepted once is not sent again, whatever a query finds.
      this.logger.error({ message: 'the provider does not know a transfer that it accepted', transferId: transfer.id });
      return { outcome: 'unknown' };
    }
    // It never arrived. What is to be taken back ends here, if it cannot arrive any more; else the same bill again, if it
    // may be sent now.
    if (transfer.cancelAskedAt !== null) {
      if (this.claims.mayStillArrive(transfer)) return { outcome: 'unknown' };
      return { outcome: 'known', standing: { state: 'cancelled', providerNo: null, reason: '已撤销' } };
    }
    return (await this.claims.again(transfer)) ? this.submit(provider, transfer) : { outcome: 'held' };
  }

  /** Before she has confirmed it can be asked back. The answer counts as far as it goes; the end comes by query. */
  private async askBack(
    provider: TransferProvider,
    transfer: PayoutTransferEntity,
    standing: TransferStanding,
  ): Promise<Known> {
    const canReturn = standing.state === 'waiting' || standing.state === 'accepted';
    if (transfer.cancelAskedAt === null || !canReturn) return { outcome: 'known', standing };
    const answer = await provider.cancel(this.orderOf(transfer));
    return { outcome: 'known', standing: answer.outcome === 'accepted' ? answer.standing : standing };
  }

  private async apply(transfer: PayoutTransferEntity, answer: Known): Promise<boolean> {
    if (answer.outcome === 'held') return false;
    if (answer.outcome === 'unknown') this.logger.warn({ message: 'a transfer is unknown', transferId: transfer.id });
    return this.unitOfWork.run(async (tx) => {
      await this.claims.rest(tx, transfer, { isUnknown: answer.outcome === 'unknown' });
      if (answer.outcome === 'contradicted') await this.settle.contradicted(tx, transfer, answer.contradiction);
      return answer.outcome === 'known' && this.settle.execute(tx, transfer.id, answer.standing);
    });
  }
}

/** A bill that is not there says nothing by itself: who asks knows what it means. */
function knownOf(answer: QueryAnswer): Known {
  if (answer.outcome === 'found') return { outcome: 'known', standing: answer.standing };
  return answer.outcome === 'not_found' ? { outcome: 'unknown' } : answer;
}
