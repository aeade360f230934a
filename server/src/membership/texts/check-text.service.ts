import { Injectable, Logger } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AskWechat } from './ask-wechat.js';
import { type CheckAnswer, nextStep } from './domain/next-step.js';
import { refusalWords } from './domain/refusal-words.js';
import { SettleText } from './settle-text.js';
import type { WrittenTextEntity } from './written-text.entity.js';
import { WrittenTexts } from './written-texts.js';

/** Longer than any call: a process that died in the middle is followed up. */
const CLAIM_MS = 90_000;

/** Asks WeChat about one text that waits, and does what the answer says (§9). */
@Injectable()
export class CheckText {
  private readonly logger = new Logger(CheckText.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly texts: WrittenTexts,
    private readonly asking: AskWechat,
    private readonly settle: SettleText,
    private readonly clock: WallClock,
  ) {}

  /** False when it was not due. @param timeoutMs where she waits for it */
  async execute(id: string, timeoutMs?: number): Promise<boolean> {
    const now = this.clock.now();
    const row = await this.unitOfWork.run((tx) => this.texts.claim(tx, id, now, now + CLAIM_MS));
    const text = row === null ? null : this.texts.textOf(row);
    if (row === null || text === null) return false;
    const answer = await this.asking.about(row, text, timeoutMs);
    if (answer.outcome !== 'ok') {
      const reason = answer.outcome === 'refused' ? answer.reason : 'unanswered';
      this.logger.warn({ message: 'WeChat did not judge a text', text: id, tries: row.tries, reason });
    }
    await this.follow(row, answer);
    return true;
  }

  private async follow({ id, tries }: WrittenTextEntity, answer: CheckAnswer): Promise<void> {
    const next = nextStep(answer, tries);
    await this.unitOfWork.run(async (tx) => {
      switch (next.step) {
        case 'show':
          await this.settle.show(tx, { id, by: 'wechat', label: next.label, reason: null });
          return;
        case 'refuse':
          await this.settle.refuse(tx, { id, by: 'wechat', label: next.label, reason: refusalWords(next.label) });
          return;
        case 'hq':
          await this.texts.leaveToHq(tx, id, next.cause, next.label);
          return;
        case 'again':
          await this.texts.tryAgain(tx, id, this.clock.now() + next.afterMs);
      }
    });
  }
}
