import type { CouponCampaignInput } from '@mall/shared/coupons';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids/ids.js';
import { CreateTemplateService } from '../coupons/coupons.public.js';
import { CouponCampaignEntity } from './coupon-campaign.entity.js';

/** R6.3: starts a campaign with a coupon template of its own. It counts for what happens from now on. Audited. */
@Injectable()
export class CreateCampaignService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly createTemplate: CreateTemplateService,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /** The campaign's id. Throws 422 when the coupon's amounts do not fit its kind. */
  async execute(actor: { id: string; name: string }, input: CouponCampaignInput): Promise<string> {
    return this.unitOfWork.run((tx) => this.inside(tx, actor, input));
  }

  /** The same inside a transaction that decides whether there shall be one. */
  async inside(tx: Tx, actor: { id: string; name: string }, input: CouponCampaignInput): Promise<string> {
    const id = newId('cam');
    const createdAt = this.clock.now();
    const { validDays, ...coupon } = input.coupon;
    const draft = { ...coupon, validity: { days: validDays } };
    const templateId = await this.createTemplate.execute(tx, draft, createdAt, 'coupon.');
    await tx.insert(CouponCampaignEntity, {
      id,
      name: input.name,
      triggerKind: input.trigger,
      templateId,
      holdoutBps: input.holdoutBps,
      createdBy: actor.id,
      createdAt,
      endedAt: null,
    });
    await this.audit.record(tx, {
      actor,
      action: 'coupon-campaign.create',
      subject: id,
      old: null,
      new: { ...input, templateId },
    });
    return id;
  }
}
