import { GuideStatus } from '@mall/shared/guides';
import type { GuideChip, Me } from '@mall/shared/membership';
import { Injectable } from '@nestjs/common';
import { Members } from '../../membership/members/members.public.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import { Bindings } from '../bindings/bindings.public.js';
import { Guides } from '../guides/guides.public.js';

/** The person who asks, as she sees herself. */
@Injectable()
export class MeQueries {
  constructor(
    private readonly database: Database,
    private readonly members: Members,
    private readonly guides: Guides,
    private readonly bindings: Bindings,
    private readonly clock: BusinessClock,
  ) {}

  async me(memberId: string): Promise<Me> {
    const member = await this.members.find(this.database, memberId);
    if (member === null) throw notFound();
    const guide = await this.guides.byMember(this.database, memberId);
    const isGuide = guide?.status === GuideStatus.Active;
    return {
      id: member.id,
      nickname: member.nickname,
      phoneMasked: this.members.phoneMasked(member),
      joinedAt: member.joinedAt,
      myGuide: await this.myGuide(memberId),
      guide: isGuide ? { id: guide.id, name: guide.name, storeId: guide.storeId, storeName: guide.storeName } : null,
    };
  }

  private async myGuide(memberId: string): Promise<GuideChip | null> {
    const binding = await this.bindings.current(this.database, memberId, this.clock.now());
    if (!binding?.isValid || binding.guideId === null) return null;
    const guide = await this.guides.find(this.database, binding.guideId);
    // Who left serves nobody until HQ hands her customers over (R2.4).
    return guide === null || guide.status === GuideStatus.Left
      ? null
      : { name: guide.name, storeName: guide.storeName };
  }
}
