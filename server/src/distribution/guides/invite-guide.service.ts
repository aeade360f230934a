import type { GuideInvitation, GuideInvitationInput } from '@mall/shared/guides';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { DAY_MS } from '../../platform/clock/business-day.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/http/problem.js';
import { newCode, newId } from '../../platform/ids/ids.js';
import { Stores } from '../stores/stores.public.js';
import { GuideInvitationEntity } from './guide-invitation.entity.js';

const CODE_LENGTH = 8;
const VALID_DAYS = 7;
export const DEFAULT_TIER = '标准';

/** HQ invites somebody to sell for a store. Nobody becomes a guide by any other way. */
@Injectable()
export class InviteGuide {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: Stores,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /** Throws 404 for an unknown store. */
  async execute(actor: { id: string; name: string }, input: GuideInvitationInput): Promise<GuideInvitation> {
    return this.unitOfWork.run(async (tx) => {
      const store = await this.stores.find(tx, input.storeId);
      if (store === null) throw notFound();
      const now = this.clock.now();
      const row: GuideInvitationEntity = {
        id: newId('inv'),
        code: newCode(CODE_LENGTH),
        storeId: store.id,
        guideName: input.guideName,
        tier: input.tier ?? DEFAULT_TIER,
        createdBy: actor.id,
        createdAt: now,
        expiresAt: now + VALID_DAYS * DAY_MS,
        acceptedAt: null,
        acceptedBy: null,
      };
      while (!(await tx.insertOnce(GuideInvitationEntity, row))) row.code = newCode(CODE_LENGTH);
      // The code itself is not logged: whoever reads the audit log must not be able to use it.
      const { storeId, guideName, tier, expiresAt } = row;
      const invited = { storeId, guideName, tier, expiresAt };
      await this.audit.record(tx, { actor, action: 'guide.invite', subject: row.id, old: null, new: invited });
      return { code: row.code, storeId, storeName: store.name, guideName, expiresAt, acceptedAt: null };
    });
  }
}
