import { type CodeTarget, CodeTargetKind } from '@mall/shared/codes';
import { GuideStatus } from '@mall/shared/guides';
import type { TouchRequest, TouchResponse } from '@mall/shared/membership';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { MINUTE_MS } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { type ChannelArrival, ChannelArrivals, targetOf } from '../channel-codes/channel-codes.public.js';
import { type Guide, Guides } from '../guides/guides.public.js';
import type { ShareLinkEntity } from './share-link.entity.js';
import { ShareLinks } from './share-links.js';
import { TouchEntity } from './touch.entity.js';
import type { TouchValidity } from './touches.js';

/** An onShow every two seconds for a minute is no person. */
const TOUCHES_A_MINUTE = 30;

type Found = Omit<TouchEntity, 'id' | 'memberId' | 'reportedCode' | 'scene' | 'occurredAt' | 'recordedAt'> & {
  validity: TouchValidity;
  guide: Guide | null;
  target: CodeTarget | null;
};

/**
 * Records an arrival (R2.2). The phone reports a code and nothing else (D15); whose link it is, and whether that counts,
 * is found here and kept with the touch. A touch binds nobody (D13).
 */
@Injectable()
export class RecordTouch {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly links: ShareLinks,
    private readonly channels: ChannelArrivals,
    private readonly guides: Guides,
    private readonly clock: BusinessClock,
    private readonly wall: WallClock,
  ) {}

  /** A forged, unknown, revoked or own code answers without a guide and says nothing alarming. */
  async execute(memberId: string, request: TouchRequest): Promise<TouchResponse> {
    return this.unitOfWork.run(async (tx) => {
      await this.refuseFlood(tx, memberId);
      const occurredAt = this.clock.now();
      const found = await this.find(tx, memberId, request.shareCode, occurredAt);
      const { guide, target, ...arrival } = found;
      await tx.insert(TouchEntity, {
        id: newId('tch'),
        memberId,
        reportedCode: request.shareCode,
        scene: request.scene,
        ...arrival,
        occurredAt,
        recordedAt: this.wall.now(),
      });
      const serves = arrival.validity === 'valid' && guide?.status === GuideStatus.Active;
      return {
        guide: serves ? { name: guide.name, storeName: guide.storeName } : null,
        target,
      };
    });
  }

  private async find(tx: Tx, memberId: string, reported: string, at: number): Promise<Found> {
    const channel = await this.channels.resolve(tx, { code: reported, memberId, at });
    if (channel !== null) return foundChannel(channel);
    const link = await this.links.byCode(tx, reported);
    const guide = link === null ? null : await this.guides.find(tx, link.guideId);
    const productId = link?.productId ?? null;
    return {
      shareLinkId: link?.id ?? null,
      channelCodeId: null,
      guideId: link?.guideId ?? null,
      storeId: link?.storeId ?? null,
      productId,
      placement: link?.placement ?? null,
      validity: judge(memberId, link, guide),
      guide,
      target: link && { kind: productId === null ? CodeTargetKind.Home : CodeTargetKind.Product, id: productId },
    };
  }

  private async refuseFlood(tx: Tx, memberId: string): Promise<void> {
    const row = await tx.first<{ n: number }>(
      'SELECT COUNT(*) AS n FROM touches WHERE memberId = ? AND recordedAt > ?',
      [memberId, this.wall.now() - MINUTE_MS],
    );
    if ((row?.n ?? 0) >= TOUCHES_A_MINUTE) {
      throw new ProblemError(ProblemType.RateLimited, { detail: '操作太频繁，请稍后再试' });
    }
  }
}

/** A code that HQ printed. The guide is one for this visitor, and never herself. */
function foundChannel({ code, guide }: ChannelArrival): Found {
  const isRevoked = code.revokedAt !== null;
  const target = isRevoked ? { kind: CodeTargetKind.Home, id: null } : targetOf(code);
  return {
    shareLinkId: null,
    channelCodeId: code.id,
    guideId: guide?.id ?? null,
    storeId: guide?.storeId ?? code.storeId,
    productId: target.kind === CodeTargetKind.Product ? target.id : null,
    placement: code.kind,
    validity: isRevoked ? 'revoked' : 'valid',
    guide,
    target,
  };
}

function judge(memberId: string, link: ShareLinkEntity | null, guide: Guide | null): TouchValidity {
  if (link === null || guide === null) return 'unknown';
  // A revoked link wins for nobody, its maker included (R3.3).
  if (link.revokedAt !== null) return 'revoked';
  return guide.memberId === memberId ? 'own' : 'valid';
}
