import type { GuideCustomer } from '@mall/shared/guides';
import { ConsentPurpose, ContactPreference } from '@mall/shared/membership';
import type { Page } from '@mall/shared/paging';
import { Injectable } from '@nestjs/common';
import { Consents } from '../../membership/consent/consent.public.js';
import { Members } from '../../membership/members/members.public.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';
import { Bindings, type BoundCustomer } from '../bindings/bindings.public.js';

/** A guide's customers, masked (R2.6); without consent to guide service not even a tail of the number. */
@Injectable()
export class GuideCustomerQueries {
  constructor(
    private readonly database: Database,
    private readonly bindings: Bindings,
    private readonly members: Members,
    private readonly consents: Consents,
    private readonly clock: BusinessClock,
  ) {}

  /** Newest binding first. */
  async page(guideId: string, cursor: string | undefined, limit: number): Promise<Page<GuideCustomer>> {
    const slice = { at: this.clock.now(), below: cursor ?? NEWEST, limit: limit + 1 };
    const bound = await this.bindings.customersOf(this.database, guideId, slice);
    const memberIds = bound.map(({ binding }) => binding.memberId);
    const members = new Map((await this.members.many(this.database, memberIds)).map((member) => [member.id, member]));
    const agreed = await this.consents.holders(this.database, ConsentPurpose.GuideService, memberIds);
    const toItem = ({ binding, orders, lastOrderAt }: BoundCustomer): GuideCustomer => {
      const { memberId } = binding;
      const shown = agreed.has(memberId) ? members.get(memberId) : undefined;
      const { nicknameMasked, phoneTail } = this.members.masked(
        shown ?? { id: memberId, nickname: null, phoneTail: null },
      );
      return {
        memberId,
        nicknameMasked,
        phoneTail,
        boundAt: binding.relationSince,
        protectedUntil: binding.protectedUntil,
        validUntil: binding.validUntil,
        orders,
        lastOrderAt,
        mayContact: members.get(memberId)?.contactPreference === ContactPreference.Guide,
      };
    };
    const rows = bound.map((customer) => ({ ...customer, id: customer.binding.id }));
    return pageOf(rows, limit, toItem);
  }
}
