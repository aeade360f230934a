import { GuideStatus } from '@mall/shared/guides';
import type { DataSection } from '@mall/shared/privacy';
import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type Erasure,
  HoldsPersonalData,
  type PersonalDataPart,
} from '../../membership/privacy/privacy.public.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { Guides } from '../guides/guides.public.js';
import { PayeeNames } from './payee-names.js';

const BUCKETS: Record<string, string> = { pending: '待收货', frozen: '待到期', available: '可提现', paying: '提现中' };

/** A guide's account stays while she sells, and while money is on its way to her or owed by her. */
@Injectable()
@HoldsPersonalData('payouts')
export class PayoutPersonalData implements PersonalDataPart {
  constructor(
    private readonly guides: Guides,
    private readonly names: PayeeNames,
  ) {}

  async export(reader: Reader, { entryIds }: DataSubject): Promise<DataSection[]> {
    const items: DataSection['items'] = [];
    for (const entryId of entryIds) {
      const guide = await this.guides.byMember(reader, entryId);
      if (guide === null) continue;
      const { nameMasked } = await this.names.of(reader, guide.id);
      if (nameMasked !== null) items.push({ 收款人姓名: nameMasked });
    }
    return items.length === 0 ? [] : [{ title: '提现收款信息', items }];
  }

  /** Of what is under way, the transfer's own copy goes with its end; an account is not closed before. */
  async erase(tx: Tx, { entryIds }: Erasure): Promise<'done'> {
    for (const entryId of entryIds) {
      const guide = await this.guides.byMember(tx, entryId);
      if (guide === null) continue;
      await this.names.withdraw(tx, guide);
      // Her account at WeChat was only kept to compare its answers with; what was sent, and how much, stays.
      const ended = "state IN ('succeeded', 'failed', 'cancelled')";
      await tx.execute(`UPDATE payout_transfers SET payeeAccount = NULL WHERE guideId = ? AND ${ended}`, [guide.id]);
    }
    return 'done';
  }

  async obstacles(reader: Reader, { entryIds }: DataSubject): Promise<string[]> {
    const sentences: string[] = [];
    for (const entryId of entryIds) {
      const guide = await this.guides.byMember(reader, entryId);
      if (guide !== null) sentences.push(...(await this.obstaclesOf(reader, guide.id, guide.status)));
    }
    return sentences;
  }

  private async obstaclesOf(reader: Reader, guideId: string, status: GuideStatus): Promise<string[]> {
    const open = await reader.query<{ bucket: string }>(
      `SELECT bucket FROM ledger_balances WHERE ownerKind = 'guide' AND ownerId = ? AND balanceFen <> 0
       AND bucket IN ('pending', 'frozen', 'available', 'paying') ORDER BY bucket`,
      [guideId],
    );
    const sentences = open.map(
      ({ bucket }) => `您的佣金账户里“${BUCKETS[bucket]}”还有钱没有结清，提现或结清后可以注销`,
    );
    if (status !== GuideStatus.Left) sentences.push('您还是导购，请先联系门店或总部办理离职');
    return sentences;
  }
}
