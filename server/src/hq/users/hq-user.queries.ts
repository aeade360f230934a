import type { HqRole, HqUser } from '@mall/shared/hq';
import type { Page } from '@mall/shared/paging';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';
import type { HqUserEntity } from './hq-user.entity.js';

export function toHqUser({ id, username, hqRole, storeId, createdAt, disabledAt }: HqUserEntity): HqUser {
  return { id, username, role: hqRole as HqRole, storeId, createdAt, disabledAt };
}

/** Who works at headquarters. */
@Injectable()
export class HqUserQueries {
  constructor(private readonly database: Database) {}

  /** Newest first, the disabled ones too. */
  async page({ cursor, limit }: { cursor?: string; limit: number }): Promise<Page<HqUser>> {
    const rows = await this.database.query<HqUserEntity>(
      `SELECT * FROM hq_users WHERE id < ? ORDER BY id DESC LIMIT ${limit + 1}`,
      [cursor ?? NEWEST],
    );
    return pageOf(rows, limit, toHqUser);
  }
}
