import { TextState } from '@mall/shared/texts';
import { Injectable } from '@nestjs/common';
import { RetryTransaction } from '../../platform/database/database-errors.js';
import type { Tx } from '../../platform/database/tx.js';
import { Members } from '../members/members.public.js';
import { WrittenTexts } from './written-texts.js';

export interface Decision {
  id: string;
  /** `wechat`, or a user of HQ. */
  by: string;
  label?: number;
  reason: string | null;
}

/** The end of a text's wait: shown where its kind belongs, or refused. False: it was decided or withdrawn before. */
@Injectable()
export class SettleText {
  constructor(
    private readonly texts: WrittenTexts,
    private readonly members: Members,
  ) {}

  async show(tx: Tx, { id, ...decision }: Decision): Promise<boolean> {
    const row = await this.texts.decide(tx, id, { state: TextState.Shown, ...decision });
    const text = row === null ? null : this.texts.textOf(row);
    if (row === null || text === null) return false;
    // The one kind that there is.
    const member = await this.members.standing(tx, row.memberId);
    if (member.closedAt !== null) return false;
    if (!(await this.members.rename(tx, member.id, text))) {
      throw new RetryTransaction(`${member.id} was merged or closed a moment ago`);
    }
    return true;
  }

  async refuse(tx: Tx, { id, ...decision }: Decision): Promise<boolean> {
    return (await this.texts.decide(tx, id, { state: TextState.Refused, ...decision })) !== null;
  }
}
