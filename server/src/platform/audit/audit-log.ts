import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../clock/business-clock.js';
import type { Tx } from '../database/tx.js';
import { newId } from '../ids/ids.js';
import { AuditEntryEntity } from './audit-entry.entity.js';

export interface AuditedChange {
  actor: { id: string; name: string };
  action: string;
  subject: string;
  old: unknown;
  new: unknown;
  reason?: string | null;
}

/** Written in the transaction of the change itself: no change without its entry. */
@Injectable()
export class AuditLog {
  constructor(private readonly clock: BusinessClock) {}

  async record(tx: Tx, change: AuditedChange): Promise<void> {
    await tx.insert(AuditEntryEntity, {
      id: newId('aud'),
      occurredAt: this.clock.now(),
      actorId: change.actor.id,
      actorName: change.actor.name,
      action: change.action,
      subject: change.subject,
      oldJson: change.old === undefined ? null : JSON.stringify(change.old),
      newJson: change.new === undefined ? null : JSON.stringify(change.new),
      reason: change.reason ?? null,
    });
  }
}
