import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { businessDay } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { DataExportEntity } from './data-export.entity.js';

/** She asks for a copy of what we hold of her; a job makes it. One a day, by the table's key. */
@Injectable()
export class RequestExport {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly wall: WallClock,
  ) {}

  /** Throws 429 `rate-limited` for a second one on a day. */
  async execute(memberId: string): Promise<void> {
    const now = this.wall.now();
    await this.unitOfWork.run(async (tx) => {
      const made = await tx.insertOnce(DataExportEntity, {
        id: newId('dex'),
        memberId,
        day: businessDay(now),
        state: 'making',
        requestedAt: now,
        dueAt: now,
        madeAt: null,
        contentSealed: null,
      });
      if (!made) throw new ProblemError(ProblemType.RateLimited, { detail: '每天可以导出一次，请明天再来' });
    });
  }
}
