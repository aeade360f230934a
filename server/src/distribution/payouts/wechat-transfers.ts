import { formatYuan } from '@mall/shared/money';
import { ContradictionKind } from '@mall/shared/payouts';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Members } from '../../membership/members/members.public.js';
import { Database } from '../../platform/database/database.js';
import {
  WECHAT_CONFIG,
  type WechatConfig,
  type WechatTransfer,
  WechatTransferClient,
} from '../../wechat/wechat.public.js';
import { Guides } from '../guides/guides.public.js';
import { failWords } from './domain/fail-words.js';
import type {
  CancelAnswer,
  Contradiction,
  QueryAnswer,
  SubmitAnswer,
  TransferOrder,
  TransferProvider,
  TransferStanding,
} from './transfer-provider.js';

/** How WeChat's state reads in the terms of a transfer (R5.5). */
export function standingOf({ state, transferBillNo, packageInfo, failReason }: WechatTransfer): TransferStanding {
  const providerNo = transferBillNo;
  switch (state) {
    case 'ACCEPTED':
    case 'PROCESSING':
      return { state: 'accepted', providerNo };
    case 'WAIT_USER_CONFIRM':
      return { state: 'waiting', providerNo, packageInfo };
    case 'TRANSFERING':
      return { state: 'arriving', providerNo };
    case 'CANCELING':
      return { state: 'cancelling', providerNo };
    case 'SUCCESS':
      return { state: 'succeeded', providerNo };
    case 'CANCELLED':
      return { state: 'cancelled', providerNo, reason: '已撤销' };
    case 'FAIL': {
      const reason = failWords(failReason);
      return failReason === 'OVERDUE_CLOSE'
        ? { state: 'expired', providerNo, reason }
        : { state: 'failed', providerNo, reason };
    }
  }
}

/** What WeChat's record of a bill says otherwise than what was sent; null: it fits. What it leaves out fits. */
export function contradictionIn(
  sent: Pick<TransferOrder, 'amountFen' | 'payeeAccount' | 'providerNo'>,
  { amountFen, openid, transferBillNo }: Pick<WechatTransfer, 'amountFen' | 'openid' | 'transferBillNo'>,
): Contradiction | null {
  if (amountFen !== null && amountFen !== sent.amountFen) {
    const [ours, theirs] = [formatYuan(sent.amountFen), formatYuan(amountFen)];
    return { kind: ContradictionKind.Amount, ours: `${ours} 元`, theirs: `${theirs} 元` };
  }
  // Openids are personal data: HQ is told that they differ, and finds ours with the transfer.
  // Transfers of before accounts were kept have none.
  if (openid !== null && sent.payeeAccount !== '' && openid !== sent.payeeAccount) {
    return { kind: ContradictionKind.Payee, ours: '提交时的收款人', theirs: '另一个收款人' };
  }
  if (sent.providerNo !== null && sent.providerNo !== transferBillNo) {
    return { kind: ContradictionKind.ProviderNo, ours: sent.providerNo, theirs: transferBillNo };
  }
  return null;
}

/** Pays guides through WeChat's merchant transfer (商家转账, scene 1005). */
@Injectable()
export class WechatTransfers implements TransferProvider {
  private readonly logger = new Logger(WechatTransfers.name);

  constructor(
    private readonly client: WechatTransferClient,
    private readonly database: Database,
    private readonly guides: Guides,
    private readonly members: Members,
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
  ) {}

  /** Her openid of this mini-program. */
  async accountOf(guideId: string): Promise<string | null> {
    const guide = await this.guides.find(this.database, guideId);
    return guide === null ? null : this.members.openidOf(this.database, guide.memberId, this.config.appId);
  }

  async submit(order: TransferOrder): Promise<SubmitAnswer> {
    const answer = await this.send(order);
    if (answer.outcome === 'ok') return { outcome: 'accepted', standing: standingOf(answer.value) };
    this.log('submitted', order, answer);
    if (answer.outcome === 'refused' && answer.reason === 'invalid') {
      return { outcome: 'refused', reason: `微信未受理（${answer.code}）` };
    }
    return { outcome: 'unknown' };
  }

  async query(order: TransferOrder): Promise<QueryAnswer> {
    const answer = await this.client.query(order.outBillNo);
    if (answer.outcome === 'refused' && answer.reason === 'not_found') return { outcome: 'not_found' };
    if (answer.outcome !== 'ok') {
      this.log('queried', order, answer);
      return { outcome: 'unknown' };
    }
    const contradiction = contradictionIn(order, answer.value);
    if (contradiction !== null) return { outcome: 'contradicted', contradiction };
    const standing = standingOf(answer.value);
    if (standing.state !== 'waiting' || order.hasPackage || standing.packageInfo) return { outcome: 'found', standing };
    // Only a submission tells what opens the confirmation. The bill is there, so the same number finds it again.
    const again = await this.send(order);
    return { outcome: 'found', standing: again.outcome === 'ok' ? standingOf(again.value) : standing };
  }

  async cancel(order: TransferOrder): Promise<CancelAnswer> {
    const answer = await this.client.cancel(order.outBillNo);
    if (answer.outcome === 'ok') return { outcome: 'accepted', standing: standingOf(answer.value) };
    this.log('cancelled', order, answer);
    return { outcome: 'unknown' };
  }

  private send({ outBillNo, payeeAccount, payeeName, amountFen }: TransferOrder) {
    return this.client.submit({ outBillNo, openid: payeeAccount, amountFen, realName: payeeName });
  }

  private log(
    what: string,
    { outBillNo }: TransferOrder,
    answer: { outcome: string; reason: string; code?: string },
  ): void {
    const { outcome, reason, code } = answer;
    this.logger.warn({ message: `a transfer was ${what} without success`, outBillNo, outcome, reason, code });
  }
}
