import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { WecomClient } from '../../wechat/wechat.public.js';
import { IdentifyContact } from './identify-contact.service.js';

const BATCH = 20;

/** Asks again who the contacts are that nobody knows yet. */
@Injectable()
@ScheduledJob('identify-wecom-contacts')
export class IdentifyContacts implements Job {
  constructor(
    private readonly database: Database,
    private readonly identify: IdentifyContact,
    private readonly wecom: WecomClient,
    private readonly clock: WallClock,
  ) {}

  async run(signal?: AbortSignal): Promise<number> {
    if (!this.wecom.isConfigured) return 0;
    const due = await this.database.query<{ id: string }>(
      `SELECT id FROM wecom_contacts WHERE lookAgainAt <= ? ORDER BY lookAgainAt, id LIMIT ${BATCH}`,
      [this.clock.now()],
    );
    let known = 0;
    for (const { id } of due) {
      if (signal?.aborted) return known;
      if (await this.identify.execute(id)) known += 1;
    }
    return known;
  }
}
