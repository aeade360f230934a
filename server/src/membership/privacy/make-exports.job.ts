import type { DataExportContent, DataSection } from '@mall/shared/privacy';
import { Injectable } from '@nestjs/common';
import { DAY_MS } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { SealedText } from '../../platform/crypto/sealed-text.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { afterOf, afterSql, type Due, DueWalk, type Step } from '../../platform/jobs/due-walk.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { ClosingEntry } from './closing-entry.js';
import type { DataExportEntity } from './data-export.entity.js';
import { PersonalDataParts } from './personal-data-part.js';

const BATCH = 10;
/** How long a copy can be fetched. */
export const KEEP_EXPORT_MS = 7 * DAY_MS;

type DueExport = Due & Pick<DataExportEntity, 'memberId' | 'state'>;

/** What every room holds of a member, as she reads it. */
@Injectable()
export class GatherPersonalData {
  constructor(
    private readonly database: Database,
    private readonly parts: PersonalDataParts,
    private readonly entry: ClosingEntry,
  ) {}

  async execute(memberId: string): Promise<DataSection[]> {
    const subject = await this.entry.subject(this.database, memberId);
    const sections: DataSection[] = [];
    for (const { part } of this.parts.all()) sections.push(...((await part.export?.(this.database, subject)) ?? []));
    return sections;
  }
}

/** Makes the copies that members asked for, and deletes them after {@link KEEP_EXPORT_MS}. */
@Injectable()
@ScheduledJob('make-data-exports')
export class MakeExports implements Job {
  private readonly walk: DueWalk<DueExport>;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly gather: GatherPersonalData,
    private readonly sealed: SealedText,
    private readonly wall: WallClock,
  ) {
    this.walk = new DueWalk('make-data-exports', wall);
  }

  run(signal?: AbortSignal): Promise<number> {
    return this.walk.run({
      next: (after) =>
        this.database.query<DueExport>(
          `SELECT id, dueAt, memberId, state FROM data_exports
           WHERE state IN ('making', 'ready') AND dueAt <= ? AND ${afterSql('dueAt')} ORDER BY dueAt, id LIMIT ${BATCH}`,
          [this.wall.now(), ...afterOf(after)],
        ),
      act: (row) => (row.state === 'making' ? this.make(row) : this.expire(row)),
      signal,
    });
  }

  private async make({ id, memberId }: DueExport): Promise<Step> {
    const madeAt = this.wall.now();
    const content: DataExportContent = { madeAt, sections: await this.gather.execute(memberId) };
    const contentSealed = this.sealed.seal(JSON.stringify(content));
    return this.changed(
      `UPDATE data_exports SET state = 'ready', contentSealed = ?, madeAt = ?, dueAt = ? WHERE id = ? AND state = 'making'`,
      [contentSealed, madeAt, madeAt + KEEP_EXPORT_MS, id],
    );
  }

  private expire({ id }: DueExport): Promise<Step> {
    return this.changed(
      `UPDATE data_exports SET state = 'expired', contentSealed = NULL, dueAt = NULL WHERE id = ? AND state = 'ready'`,
      [id],
    );
  }

  private async changed(sql: string, parameters: (string | number)[]): Promise<Step> {
    return (await this.unitOfWork.run((tx) => tx.execute(sql, parameters))) === 1 ? 'done' : 'moved';
  }
}
