import type { GuideCustomer } from '@mall/shared/guides';
import { ConsentPurpose, ContactPreference } from '@mall/shared/membership';
import type { Page } from '@mall/shared/paging';
import { Injectable } from '@nestjs/common';
import { Consents } from '../../membership/consent/consent.public.js';
import { type MemberEntity, Members } from '../../membership/members/members.public.js';
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

  /** Newest binding first. Contactable: those only who let their guide write to them (R2.5). */
  async page(
    guideId: string,
    { cursor, limit, contactable }: { cursor?: string; limit: number; contactable?: '1' },
  ): Promise<Page<GuideCustomer>> {
    const bound: BoundCustomer[] = [];
    const members = new Map<string, MemberEntity>();
    let below = cursor ?? NEWEST;
    // Who must not be contacted is left out after reading, since a preference is the member's and no fact of a binding.
    for (let more = true; more && bound.length <= limit; ) {
      const slice = { at: this.clock.now(), below, limit: limit + 1 };
      const rows = await this.bindings.customersOf(this.database, guideId, slice);
      for (const member of await this.members.many(this.database, rows.map(memberOf))) members.set(member.id, member);
      bound.push(...rows.filter((row) => contactable === undefined || mayContact(members.get(memberOf(row)))));
      below = rows.at(-1)?.binding.id ?? below;
      more = rows.length === limit + 1;
    }
    return this.toPage(bound, members, limit);
  }

  private async toPage(
    bound: readonly BoundCustomer[],
    members: ReadonlyMap<string, MemberEntity>,
    limit: number,
  ): Promise<Page<GuideCustomer>> {
    const memberIds = bound.map(memberOf);
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
        mayContact: mayContact(members.get(memberId)),
      };
    };
    const rows = bound.map((customer) => ({ ...customer, id: customer.binding.id }));
    return pageOf(rows, limit, toItem);
  }
}

function memberOf({ binding }: BoundCustomer): string {
  return binding.memberId;
}

function mayContact(member: MemberEntity | undefined): boolean {
  return member?.contactPreference === ContactPreference.Guide;
}
