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

/** Reads of one request, and rows of one of them, where some are left out. */
const MOST_ROUNDS = 5;
const SLICE = 101;

interface Known {
  member: MemberEntity | undefined;
  hasAgreed: boolean;
}

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

  /**
   * Newest binding first. Contactable: those only who let their guide write to them (R2.5) and agreed to guide service.
   * A page may be short, or empty, and still have a cursor.
   */
  async page(
    guideId: string,
    { cursor, limit, contactable }: { cursor?: string; limit: number; contactable?: '1' },
  ): Promise<Page<GuideCustomer>> {
    const found: (BoundCustomer & Known & { id: string })[] = [];
    let below = cursor ?? NEWEST;
    let more = true;
    // Who must not be contacted is left out after reading, since a preference is the member's and no fact of a binding:
    // so many reads at most, or one guide of many who refuse would keep the database busy.
    for (let round = 0; more && found.length <= limit && round < MOST_ROUNDS; round += 1) {
      const size = contactable === undefined ? limit + 1 : SLICE;
      const rows = await this.bindings.customersOf(this.database, guideId, {
        at: this.clock.now(),
        below,
        limit: size,
      });
      const known = await this.know(rows.map(memberOf));
      for (const row of rows) {
        const one = known(memberOf(row));
        if (row.isValid && (contactable === undefined || mayContact(one)))
          found.push({ ...row, ...one, id: row.binding.id });
      }
      below = rows.at(-1)?.binding.id ?? below;
      more = rows.length === size;
    }
    const page = pageOf(found, limit, (customer) => this.toItem(customer));
    return more && found.length <= limit ? { ...page, nextCursor: below } : page;
  }

  private async know(memberIds: readonly string[]): Promise<(memberId: string) => Known> {
    const members = new Map((await this.members.many(this.database, memberIds)).map((member) => [member.id, member]));
    const agreed = await this.consents.holders(this.database, ConsentPurpose.GuideService, memberIds);
    return (memberId) => ({ member: members.get(memberId), hasAgreed: agreed.has(memberId) });
  }

  private toItem(customer: BoundCustomer & Known): GuideCustomer {
    const { binding, orders, lastOrderAt, member, hasAgreed } = customer;
    const { memberId } = binding;
    const shown = hasAgreed ? member : undefined;
    const { nicknameMasked, phoneTail } = this.members.masked(
      shown ?? { id: memberId, nickname: null, phoneTail: null },
    );
    return {
      memberId,
      nicknameMasked,
      phoneTail,
      boundAt: binding.relationSince,
      protectedUntil: customer.effectivelyProtectedUntil,
      validUntil: binding.validUntil,
      orders,
      lastOrderAt,
      mayContact: mayContact(customer),
    };
  }
}

function memberOf({ binding }: BoundCustomer): string {
  return binding.memberId;
}

/** Her wish, and her consent: who never agreed to guide service is not written to either (R2.5, R2.6). */
function mayContact({ member, hasAgreed }: Known): boolean {
  return hasAgreed && member?.contactPreference === ContactPreference.Guide;
}
