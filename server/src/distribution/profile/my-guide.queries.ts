import { GuideStatus } from '@mall/shared/guides';
import type { ContactPreference, MyGuide } from '@mall/shared/membership';
import { Injectable } from '@nestjs/common';
import { Members } from '../../membership/members/members.public.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import { Bindings } from '../bindings/bindings.public.js';
import { type Guide, Guides } from '../guides/guides.public.js';
import { GuideChoices } from './guide-choices.js';

/** Whose customer I am, and what I can change about it (R2.5). */
@Injectable()
export class MyGuideQueries {
  constructor(
    private readonly database: Database,
    private readonly members: Members,
    private readonly bindings: Bindings,
    private readonly guides: Guides,
    private readonly choices: GuideChoices,
    private readonly clock: BusinessClock,
  ) {}

  async read(memberId: string): Promise<MyGuide> {
    const at = this.clock.now();
    const member = await this.members.find(this.database, memberId);
    if (member === null) throw notFound();
    const binding = await this.bindings.current(this.database, memberId, at);
    const guideId = binding?.isValid ? binding.guideId : null;
    const guide = guideId === null ? null : await this.guides.find(this.database, guideId);
    const choices = await this.choices.among(this.database, memberId, at);
    return {
      guide:
        guide === null || binding === null ? null : { ...shown(guide), since: binding.relationSince, ...serves(guide) },
      contactPreference: member.contactPreference as ContactPreference,
      nextChangeAt: await this.choices.nextChangeAt(this.database, memberId, at),
      choices: choices.filter(({ id, status }) => id !== guideId && status === GuideStatus.Active).map(shown),
    };
  }
}

function shown({ id, name, storeName }: Guide): { id: string; name: string; storeName: string } {
  return { id, name, storeName };
}

function serves({ status }: Guide): { isServing: boolean } {
  return { isServing: status === GuideStatus.Active };
}
