import { MessageState } from '@mall/shared/subscriptions';
import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { afterOf, afterSql, type Due, DueWalk } from '../../platform/jobs/due-walk.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { MessageClocks } from './message-clocks.js';
import { finish, SendMessage } from './send-message.service.js';

const BATCH = 20;
const BUDGET_MS = 10_000;
/** Longer than a call with a second token may take: whoever claimed it is gone. */
const LOST_AFTER_MS = 5 * 60_000;

/** Sends what waits; what a process took along when it died is given up, since it may have been sent. */
@Injectable()
@ScheduledJob('send-messages')
export class SendMessages implements Job {
  private readonly walk: DueWalk<Due>;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly send: SendMessage,
    private readonly clocks: MessageClocks,
    wall: WallClock,
  ) {
    this.walk = new DueWalk('send-messages', wall, BUDGET_MS);
  }

  async run(signal?: AbortSignal): Promise<number> {
    await this.giveUpLost();
    const now = this.clocks.wall.now();
    return this.walk.run({
      next: (after) =>
        this.database.query<Due>(
          `SELECT id, nextTryAt AS dueAt FROM subscribe_messages
           WHERE state = 'waiting' AND nextTryAt <= ? AND ${afterSql('nextTryAt')} ORDER BY nextTryAt, id LIMIT ${BATCH}`,
          [now, ...afterOf(after)],
        ),
      // One that is not sent has its next try put off, or has ended.
      act: async ({ id }) => ((await this.send.execute(id)) ? 'done' : 'moved'),
      signal,
    });
  }

  private async giveUpLost(): Promise<void> {
    const lost = await this.database.query<{ id: string }>(
      `SELECT id FROM subscribe_messages WHERE state = 'sending' AND claimedAt <= ? ORDER BY claimedAt LIMIT ${BATCH}`,
      [this.clocks.wall.now() - LOST_AFTER_MS],
    );
    for (const { id } of lost) {
      const end = { id, from: MessageState.Sending, to: MessageState.Unknown, code: 'stopped' };
      await this.unitOfWork.run((tx) => finish(tx, { ...end, at: this.clocks.business.now() }));
    }
  }
}
