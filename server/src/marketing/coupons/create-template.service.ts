import { CouponKind } from '@mall/shared/coupons';
import type { FieldFault } from '@mall/shared/problems';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { validationProblem } from '../../platform/http/problem.filter.js';
import { newId } from '../../platform/ids/ids.js';
import { CouponTemplateEntity } from './coupon-template.entity.js';
import { CouponScopeKind } from './domain/coupon-offer.js';
import { GIFT_CATALOGUE, type GiftCatalogue } from './gift-catalogue.js';

export interface TemplateDraft {
  name: string;
  kind: CouponKind;
  thresholdFen: number;
  discountFen?: number | undefined;
  rateBps?: number | undefined;
  capFen?: number | undefined;
  giftSkuId?: string | undefined;
  /** 1 when absent. */
  giftQuantity?: number | undefined;
  /** Absent: everywhere. */
  scope?: { kind: CouponScopeKind; id: string } | undefined;
  /** Days from issue, or a fixed window [startsAt, endsAt), epoch ms. */
  validity: { days: number } | { startsAt: number; endsAt: number };
  stockLimit?: number | undefined;
  perMemberLimit?: number | undefined;
  /** Who pays for it; HQ when absent. */
  costBearer?: 'hq' | 'store' | 'brand' | undefined;
}

/** Which amounts a kind needs, and which it has no use for: a coupon that says two things is a quarrel at checkout. */
const AMOUNTS: Record<CouponKind, { needs: readonly AmountField[]; takes: readonly AmountField[] }> = {
  [CouponKind.AmountOff]: { needs: ['discountFen'], takes: [] },
  [CouponKind.PercentOff]: { needs: ['rateBps'], takes: ['capFen'] },
  [CouponKind.FreeFreight]: { needs: [], takes: ['capFen'] },
  [CouponKind.Gift]: { needs: ['giftSkuId'], takes: ['giftQuantity'] },
};
type AmountField = 'discountFen' | 'rateBps' | 'capFen' | 'giftSkuId' | 'giftQuantity';
const AMOUNT_FIELDS: readonly AmountField[] = ['discountFen', 'rateBps', 'capFen', 'giftSkuId', 'giftQuantity'];

/** Faults of the amounts, with paths that start with `prefix`. */
function faultsOf(draft: TemplateDraft, prefix: string): FieldFault[] {
  const { needs, takes } = AMOUNTS[draft.kind];
  return AMOUNT_FIELDS.flatMap((field) => {
    const given = draft[field] !== undefined;
    if (needs.includes(field) && !given) return [{ path: prefix + field, message: `${draft.kind} needs ${field}` }];
    if (!needs.includes(field) && !takes.includes(field) && given) {
      return [{ path: prefix + field, message: `${draft.kind} has no ${field}` }];
    }
    return [];
  });
}

/** R6.1: makes a template; returns its id. Throws 422 when the amounts do not fit the kind or the gift is unknown. */
@Injectable()
export class CreateTemplateService {
  constructor(@Optional() @Inject(GIFT_CATALOGUE) private readonly catalogue: GiftCatalogue | null = null) {}

  /** @param pathPrefix where the draft stands in the request, for the paths of faults, e.g. `coupon.` */
  async execute(tx: Tx, draft: TemplateDraft, at: number, pathPrefix = ''): Promise<string> {
    const faults = [...faultsOf(draft, pathPrefix), ...(await this.faultsOfGift(tx, draft, pathPrefix))];
    if (faults.length > 0) throw validationProblem(faults);
    const id = newId('cpt');
    const { validity } = draft;
    await tx.insert(CouponTemplateEntity, {
      id,
      name: draft.name,
      kind: draft.kind,
      thresholdFen: draft.thresholdFen,
      discountFen: draft.discountFen ?? null,
      rateBps: draft.rateBps ?? null,
      capFen: draft.capFen ?? null,
      giftSkuId: draft.giftSkuId ?? null,
      giftQuantity: draft.kind === CouponKind.Gift ? (draft.giftQuantity ?? 1) : null,
      scopeKind: draft.scope?.kind ?? CouponScopeKind.Any,
      scopeId: draft.scope?.id ?? null,
      validDays: 'days' in validity ? validity.days : null,
      startsAt: 'days' in validity ? null : validity.startsAt,
      endsAt: 'days' in validity ? null : validity.endsAt,
      stockLimit: draft.stockLimit ?? null,
      issuedCount: 0,
      perMemberLimit: draft.perMemberLimit ?? null,
      stackability: 'exclusive',
      costBearer: draft.costBearer ?? 'hq',
      createdAt: at,
      endedAt: null,
    });
    return id;
  }

  private async faultsOfGift(tx: Tx, draft: TemplateDraft, prefix: string): Promise<FieldFault[]> {
    if (draft.kind !== CouponKind.Gift || draft.giftSkuId === undefined || this.catalogue === null) return [];
    const known = await this.catalogue.hasSku(tx, draft.giftSkuId);
    return known ? [] : [{ path: `${prefix}giftSkuId`, message: '赠品不存在' }];
  }
}
