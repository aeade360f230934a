import { GuideStatus } from '@mall/shared/guides';
import type { ChangeMyGuideRequest } from '@mall/shared/membership';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { Members } from '../../membership/members/members.public.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { Bindings } from '../bindings/bindings.public.js';
import type { Guide } from '../guides/guides.public.js';
import { GuideChoices } from './guide-choices.js';

const MAX_TRIES = 5;

/** A member changes her guide herself, or says that she wants none (R2.5). */
@Injectable()
export class ChooseGuide {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly members: Members,
    private readonly bindings: Bindings,
    private readonly choices: GuideChoices,
    private readonly clock: BusinessClock,
  ) {}

  /**
   * To the guide whom she has, it changes nothing. Throws 403 `not-member`, 404 for a guide whom she cannot choose,
   * 409 `guide-not-serving`, 409 `guide-change-too-soon` with `nextChangeAt`.
   */
  async execute(memberId: string, { guideId }: ChangeMyGuideRequest): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const member = await this.members.find(tx, memberId);
      if (member === null || member.joinedAt === null) {
        throw new ProblemError(ProblemType.NotMember, { detail: '请先加入会员' });
      }
      for (let tries = 0; tries < MAX_TRIES; tries += 1) if (await this.tryOnce(tx, memberId, guideId)) return;
      throw new ProblemError(ProblemType.BindingConflict, { detail: '您的导购刚刚有变化，请刷新后再试' });
    });
  }

  /** False: another change came first. The key on the sequence decides, so that two at once count as one. */
  private async tryOnce(tx: Tx, memberId: string, guideId: string | null): Promise<boolean> {
    const at = this.clock.now();
    const expectedSequence = await this.bindings.sequence(tx, memberId);
    const current = await this.bindings.current(tx, memberId, at);
    const present = current?.isValid ? current.guideId : null;
    if (guideId === present) return true;
    const nextChangeAt = await this.choices.nextChangeAt(tx, memberId, at);
    if (nextChangeAt !== null) {
      throw new ProblemError(ProblemType.GuideChangeTooSoon, { detail: '近期已更换过导购，请稍后再试', nextChangeAt });
    }
    const guide = guideId === null ? null : await this.choosable(tx, memberId, guideId, at);
    const bound = await this.bindings.bind(tx, {
      memberId,
      expectedSequence,
      guideId,
      // Without a guide her store stays her home store (R3.2e).
      storeId: guide?.storeId ?? current?.storeId ?? null,
      cause: 'member_choice',
      causeId: null,
      at,
      actorId: memberId,
    });
    return bound.outcome === 'bound';
  }

  private async choosable(tx: Tx, memberId: string, guideId: string, at: number): Promise<Guide> {
    const guide = (await this.choices.among(tx, memberId, at)).find(({ id }) => id === guideId);
    if (guide === undefined) throw notFound();
    if (guide.status === GuideStatus.Active) return guide;
    throw new ProblemError(ProblemType.GuideNotServing, { detail: `${guide.name}目前不在职，请选择其他导购` });
  }
}
