import type { AuditEntry } from '@mall/shared/hq';
import type { Page } from '@mall/shared/paging';
import { Injectable } from '@nestjs/common';
import type { AuditEntryEntity } from '../../platform/audit/audit-entry.entity.js';
import { Database } from '../../platform/database/database.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';

function toEntry(row: AuditEntryEntity): AuditEntry {
  const parse = (json: string | null): unknown => (json === null ? null : JSON.parse(json));
  return {
    id: row.id,
    at: row.occurredAt,
    actor: row.actorName,
    action: row.action,
    subject: row.subject,
    old: parse(row.oldJson),
    new: parse(row.newJson),
    reason: row.reason,
  };
}

/** Who changed what. */
@Injectable()
export class AuditLogQueries {
  constructor(private readonly database: Database) {}

  /** Newest first; of one subject, or of all. */
  async page(filter: { subject?: string; cursor?: string; limit: number }): Promise<Page<AuditEntry>> {
    const { subject, cursor, limit } = filter;
    const bySubject = subject === undefined ? '' : 'AND subject = ?';
    const rows = await this.database.query<AuditEntryEntity>(
      `SELECT * FROM audit_entries WHERE id < ? ${bySubject} ORDER BY id DESC LIMIT ${limit + 1}`,
      [cursor ?? NEWEST, ...(subject === undefined ? [] : [subject])],
    );
    return pageOf(rows, limit, toEntry);
  }
}
