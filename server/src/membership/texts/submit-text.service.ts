import { TextState } from '@mall/shared/texts';
import { Injectable, Logger } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Members } from '../members/members.public.js';
import { CheckText } from './check-text.service.js';
import { type Authorship, WrittenTexts } from './written-texts.js';

/** She waits for it: most answers come in a tenth of this. */
const FAST_MS = 2_000;

export interface Submitted {
  state: TextState;
  /** Of a refusal, as she reads it. */
  reason: string | null;
}

/** Somebody writes a text that others will see: stored as waiting, then checked at once if WeChat is quick. */
@Injectable()
export class SubmitText {
  private readonly logger = new Logger(SubmitText.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly texts: WrittenTexts,
    private readonly members: Members,
    private readonly check: CheckText,
    private readonly clock: WallClock,
  ) {}

  async execute(author: Authorship, text: string): Promise<Submitted> {
    const id = await this.unitOfWork.run((tx) => this.write(tx, author, text));
    if (id === null) return { state: TextState.Shown, reason: null };
    // It is stored: what fails here is the job's to do again.
    await this.check.execute(id, FAST_MS).catch((error: unknown) => {
      this.logger.error({ message: 'checking a text will be tried again', text: id, error });
    });
    const row = await this.texts.find(this.database, id);
    return { state: (row?.state ?? TextState.Withdrawn) as TextState, reason: row?.reason ?? null };
  }

  /** Null: it is what is shown already. The same words again are the same text: WeChat would call them repeated. */
  private async write(tx: Tx, author: Authorship, text: string): Promise<string | null> {
    const member = await this.members.standing(tx, author.memberId);
    if (member.nickname === text) {
      await this.texts.withdraw(tx, author);
      return null;
    }
    const latest = await this.texts.latest(tx, author);
    if (latest !== null && this.texts.textOf(latest) === text) return latest.id;
    return this.texts.write(tx, author, text, this.clock.now());
  }
}
