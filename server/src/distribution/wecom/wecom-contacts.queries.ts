import type { Page } from '@mall/shared/paging';
import type { WecomContact } from '@mall/shared/wecom';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';

type Row = WecomContact;

/** HQ's list of who is whose contact in WeCom, history included; no personal data of the customer. */
@Injectable()
export class WecomContactsQueries {
  constructor(private readonly database: Database) {}

  async page(filter: {
    cursor?: string;
    limit: number;
    guideId?: string;
    memberId?: string;
  }): Promise<Page<WecomContact>> {
    const { cursor = NEWEST, limit, guideId = null, memberId = null } = filter;
    const rows = await this.database.query<Row>(
      `SELECT c.id, c.guideId, g.name AS guideName, c.wecomUserId, c.memberId, c.linkedBy, c.addedAt, c.endedAt,
         c.endedBy, c.welcome FROM wecom_contacts c LEFT JOIN guides g ON g.id = c.guideId
       WHERE c.id < ? AND (? IS NULL OR c.guideId = ?) AND (? IS NULL OR c.memberId = ?)
       ORDER BY c.id DESC LIMIT ${limit + 1}`,
      [cursor, guideId, guideId, memberId, memberId],
    );
    return pageOf(rows, limit, (row) => row);
  }
}
