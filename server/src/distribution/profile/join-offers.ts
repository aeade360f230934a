import type { Store } from '@mall/shared/guides';
import type { JoinOffer } from '@mall/shared/membership';
import { Injectable } from '@nestjs/common';
import { POLICY_VERSION } from '../../membership/consent/consent.public.js';
import { DAY_MS } from '../../platform/clock/business-day.js';
import type { Reader } from '../../platform/database/tx.js';
import { Settings } from '../../platform/settings/settings.js';
import { Bindings } from '../bindings/bindings.public.js';
import { type Guide, Guides } from '../guides/guides.public.js';
import { Touches } from '../share-links/share-links.public.js';
import { Stores } from '../stores/stores.public.js';
import { chooseOffer } from './domain/choose-offer.js';

export interface ResolvedOffer {
  touchId: string | null;
  guide: Guide | null;
  /** Her home, when no guide is offered: she opened the store's own code. */
  store: Pick<Store, 'id' | 'name'> | null;
  /** The member's highest binding when this was worked out: the ground of a binding that follows from it. */
  bindingSequence: number;
}

/** What joining would do now: the same reading for the page that shows it and for the joining that follows. */
@Injectable()
export class JoinOffers {
  constructor(
    private readonly settings: Settings,
    private readonly touches: Touches,
    private readonly guides: Guides,
    private readonly bindings: Bindings,
    private readonly stores: Stores,
  ) {}

  /** @param at business clock */
  async resolve(reader: Reader, memberId: string, at: number): Promise<ResolvedOffer> {
    // Read before all else: what another transaction binds from here on, this offer does not know (decision 6).
    const bindingSequence = await this.bindings.sequence(reader, memberId);
    const { values } = await this.settings.at(reader, 'distribution', at);
    const touchWindowMs = values.touchWindowDays * DAY_MS;
    const binding = await this.bindings.current(reader, memberId, at);
    const boundGuideId = binding?.isValid ? binding.guideId : null;
    const touches = await this.touches.ofMember(reader, memberId, at - touchWindowMs);
    const ids = [boundGuideId, ...touches.map(({ guideId }) => guideId)].filter((id) => id !== null);
    const guides = await this.guides.many(reader, ids);
    const isBound = binding?.isValid === true;
    const offer = chooseOffer({ at, memberId, touchWindowMs, boundGuideId, touches, guides, isBound });
    const store = offer.storeId === null ? null : await this.stores.find(reader, offer.storeId);
    const guide = guides.find(({ id }) => id === offer.guideId) ?? null;
    return { touchId: offer.touchId, guide, store, bindingSequence };
  }

  toWire({ touchId, guide, store }: ResolvedOffer): JoinOffer {
    return {
      policyVersion: POLICY_VERSION,
      offerTouchId: touchId,
      guide: guide === null ? null : { name: guide.name, storeName: guide.storeName },
      storeName: store?.name ?? null,
    };
  }
}
