import { GuideStatus } from '@mall/shared/guides';
import { Injectable } from '@nestjs/common';
import { type DataSubject, HoldsPersonalData, type PersonalDataPart } from '../../membership/privacy/privacy.public.js';
import type { Reader } from '../../platform/database/tx.js';
import { Guides } from '../guides/guides.public.js';

const BUCKETS: Record<string, string> = { pending: '待收货', frozen: '待到期', available: '可提现', paying: '提现中' };

/** A guide's account stays while she sells, and while money is on its way to her or owed by her. */
@Injectable()
@HoldsPersonalData('payouts')
export class PayoutPersonalData implements PersonalDataPart {
  constructor(private readonly guides: Guides) {}

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
