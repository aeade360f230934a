import { Injectable } from '@nestjs/common';
import { Members } from '../../membership/members/members.public.js';
import { DAY_MS } from '../../platform/clock/business-day.js';
import type { Reader } from '../../platform/database/tx.js';
import { Settings } from '../../platform/settings/settings.js';
import { Bindings } from '../bindings/bindings.public.js';
import { type Guide, Guides } from '../guides/guides.public.js';
import { Touches } from '../share-links/share-links.public.js';

/** Guides of one store that a page shows. */
const MOST = 50;

/** Whom a member may choose as her guide, and when (R2.5). The same reading for the page and for the change. */
@Injectable()
export class GuideChoices {
  constructor(
    private readonly settings: Settings,
    private readonly members: Members,
    private readonly bindings: Bindings,
    private readonly guides: Guides,
    private readonly touches: Touches,
  ) {}

  /**
   * Guides of her home store who serve, then those whose share she opened within the touch window, whatever their
   * status. Never herself.
   */
  async among(reader: Reader, memberId: string, at: number): Promise<Guide[]> {
    const { values } = await this.settings.at(reader, 'distribution', at);
    const current = await this.bindings.current(reader, memberId, at);
    const ofStore = current?.storeId ? await this.guides.activeIn(reader, current.storeId, MOST) : [];
    const touches = await this.touches.ofMember(reader, memberId, at - values.touchWindowDays * DAY_MS + 1);
    const opened = touches.flatMap(({ validity, guideId }) => (validity === 'valid' ? (guideId ?? []) : []));
    const known = new Set(ofStore.map(({ id }) => id));
    const others = await this.guides.many(
      reader,
      opened.filter((id) => !known.has(id)),
    );
    others.sort((a, b) => (a.id < b.id ? -1 : 1));
    return [...ofStore, ...others].filter((guide) => guide.memberId !== memberId);
  }

  /** When she may change again, by her own last choice; null: now. */
  async nextChangeAt(reader: Reader, memberId: string, at: number): Promise<number | null> {
    const { values } = await this.settings.at(reader, 'distribution', at);
    // A merge must not give her a second change within the days.
    const last = await this.bindings.lastChoiceAt(reader, await this.members.entriesOf(reader, memberId));
    const next = last === null ? null : last + values.guideChangeDays * DAY_MS;
    // Half-open (R1.4): at the very end of the thirtieth day she may.
    return next === null || next <= at ? null : next;
  }
}
