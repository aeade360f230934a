import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/http/problem.js';
import type { ShippingUploadEntity } from './shipping-upload.entity.js';

/** HQ has mended what WeChat refused: it is told again, at once. */
@Injectable()
export class RetryUpload {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: WallClock,
    private readonly audit: AuditLog,
  ) {}

  /** Throws 404 when no such upload exists or WeChat has taken it. */
  async execute(actor: HqActor, uploadId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      // What may be waited for is waited for again, from the beginning.
      const waiting = await tx.execute(
        `UPDATE shipping_uploads SET state = 'waiting', nextTryAt = ?, tries = 0
         WHERE id = ? AND state IN ('failed', 'waiting')`,
        [this.clock.now(), uploadId],
      );
      if (waiting === 0) throw notFound();
      const row = await tx.first<ShippingUploadEntity>('SELECT * FROM shipping_uploads WHERE id = ?', [uploadId]);
      await this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'shipping.retry',
        subject: row?.orderId ?? uploadId,
        old: { refusalCode: row?.refusalCode ?? null },
        new: { state: 'waiting' },
      });
    });
  }
}
