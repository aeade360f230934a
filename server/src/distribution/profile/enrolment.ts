import { EventType } from '@mall/shared/events';
import type { JoinRequest } from '@mall/shared/membership';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { Consents } from '../../membership/consent/consent.public.js';
import { Members } from '../../membership/members/members.public.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { ProblemError } from '../../platform/http/problem.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { WechatPhone } from '../../wechat/wechat.public.js';
import { Bindings } from '../bindings/bindings.public.js';
import { JoinOffers, type ResolvedOffer } from './join-offers.js';
import { SamePhone } from './same-phone.js';

export interface Enrolling {
  memberId: string;
  request: JoinRequest;
  phone: WechatPhone;
  /** Business clock. */
  at: number;
}

/** `foreign`: the number is another's, and whether they are one person is for HQ to say; a case is open (C4). */
export type Enrolled = { outcome: 'joined'; memberId: string } | { outcome: 'foreign' };

/** What joining writes, all of it in one transaction: phone, consent, binding, event. */
@Injectable()
export class Enrolment {
  constructor(
    private readonly members: Members,
    private readonly consents: Consents,
    private readonly offers: JoinOffers,
    private readonly bindings: Bindings,
    private readonly outbox: Outbox,
    private readonly samePhone: SamePhone,
  ) {}

  async write(tx: Tx, enrolling: Enrolling): Promise<Enrolled> {
    const { memberId, request, phone, at } = enrolling;
    const holder = await this.members.byPhone(tx, phone);
    if (holder !== null && holder.id !== memberId) return this.writeToHolder(tx, enrolling, holder.id);
    // First, since it decides between two joinings at once: the second waits here and is refused.
    await this.members.markJoined(tx, { memberId, ...phone, at });
    const offer = await this.offerAsShown(tx, memberId, request.offerTouchId, at);
    const { policyVersion, purposes } = request;
    await this.consents.grant(tx, { memberId, policyVersion, purposes, at });
    await this.bind(tx, memberId, offer, at);
    await this.outbox.add(tx, EventType.MemberJoined, memberId, at, { memberId, at });
    return { outcome: 'joined', memberId };
  }

  /** She has joined before under another account: that entry goes on, with what this one brings (R2.1). */
  private async writeToHolder(
    tx: Tx,
    { memberId, request, phone, at }: Enrolling,
    holderId: string,
  ): Promise<Enrolled> {
    const standing = await this.samePhone.unite(tx, memberId, holderId, phone);
    if (standing === null) return { outcome: 'foreign' };
    const { policyVersion, purposes } = request;
    await this.consents.grant(tx, { memberId: standing, policyVersion, purposes, at });
    // The guide whom she was shown, if her other entry brought none: what was agreed there stands.
    const offer = await this.offers.resolve(tx, standing, at);
    if (offer.touchId === request.offerTouchId) await this.bind(tx, standing, offer, at);
    return { outcome: 'joined', memberId: standing };
  }

  /** The offer that holds at `at`. Throws 409 `join-offer-changed` with it when another one was shown. */
  async offerAsShown(
    reader: Reader,
    memberId: string,
    shownTouchId: string | null,
    at: number,
  ): Promise<ResolvedOffer> {
    const offer = await this.offers.resolve(reader, memberId, at);
    if (offer.touchId === shownTouchId) return offer;
    throw this.changed(offer);
  }

  private changed(offer: ResolvedOffer): ProblemError {
    return new ProblemError(ProblemType.JoinOfferChanged, {
      detail: '专属导购有变化，请确认后再加入',
      offer: this.offers.toWire(offer),
    });
  }

  private async bind(tx: Tx, memberId: string, offer: ResolvedOffer, at: number): Promise<void> {
    const { guide, store, touchId, bindingSequence } = offer;
    const storeId = guide?.storeId ?? store?.id ?? null;
    if (storeId === null || touchId === null) return;
    const bound = await this.bindings.bind(tx, {
      memberId,
      expectedSequence: bindingSequence,
      guideId: guide?.id ?? null,
      storeId,
      cause: 'join',
      causeId: touchId,
      at,
      actorId: memberId,
    });
    // Bound by a paid order in this very moment: she has not been shown that guide.
    if (bound.outcome === 'lost') throw this.changed(await this.offers.resolve(tx, memberId, at));
  }
}
