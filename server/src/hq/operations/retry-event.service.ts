import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/http/problem.js';
import type { OutboxEventEntity } from '../../platform/outbox/outbox-event.entity.js';

/** Has a waiting event tried at once, e.g. after the fault that stopped it was mended. */
@Injectable()
export class RetryEvent {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  /** Throws 404 when no such event waits. */
  execute(actor: HqActor, eventId: string): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const moved = await tx.execute(`UPDATE outbox_events SET nextAttemptAt = 0 WHERE id = ? AND state = 'pending'`, [
        eventId,
      ]);
      const event = await tx.first<OutboxEventEntity>('SELECT * FROM outbox_events WHERE id = ?', [eventId]);
      if (moved === 0 || event === null) throw notFound();
      await this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'outbox.retry',
        subject: eventId,
        old: { type: event.eventType, attempts: event.attempts, lastError: event.lastError },
        new: null,
      });
    });
  }
}
