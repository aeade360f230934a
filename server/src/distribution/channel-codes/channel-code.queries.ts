import type { ChannelCode, ChannelCodeKind } from '@mall/shared/codes';
import { GuideStatus } from '@mall/shared/guides';
import type { Page } from '@mall/shared/paging';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Reader } from '../../platform/database/tx.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';
import { notFound } from '../../platform/http/problem.js';
import { Guides } from '../guides/guides.public.js';
import { Stores } from '../stores/stores.public.js';
import type { ChannelCodeEntity } from './channel-code.entity.js';
import { ChannelCodes, targetOf } from './channel-codes.js';
import { CheckChannelCode } from './check-channel-code.js';

/** HQ's codes as HQ sees them. A store's manager sees those of her store. */
@Injectable()
export class ChannelCodeQueries {
  constructor(
    private readonly database: Database,
    private readonly codes: ChannelCodes,
    private readonly guides: Guides,
    private readonly stores: Stores,
    private readonly check: CheckChannelCode,
  ) {}

  /** Newest first. */
  async page(storeId: string | null, cursor: string | undefined, limit: number): Promise<Page<ChannelCode>> {
    const rows = await this.codes.page(this.database, { below: cursor ?? NEWEST, limit: limit + 1, storeId });
    const shown = await this.describe(this.database, rows.slice(0, limit));
    return { ...pageOf(rows, limit, ({ id }) => id), items: shown };
  }

  /** Throws 404, also for another store's code. */
  async row(storeId: string | null, id: string): Promise<ChannelCodeEntity> {
    const row = await this.codes.find(this.database, id);
    if (row === null || (storeId !== null && row.storeId !== storeId)) throw notFound();
    return row;
  }

  async one(storeId: string | null, id: string): Promise<ChannelCode> {
    return this.view(this.database, await this.row(storeId, id));
  }

  async view(reader: Reader, row: ChannelCodeEntity): Promise<ChannelCode> {
    const [code] = await this.describe(reader, [row]);
    if (code === undefined) throw new Error('one row describes one code');
    return code;
  }

  private async describe(reader: Reader, rows: readonly ChannelCodeEntity[]): Promise<ChannelCode[]> {
    const lists = await this.codes.lists(
      reader,
      rows.map(({ id }) => id),
    );
    const met = await this.codes.met(
      reader,
      rows.map(({ id }) => id),
    );
    const guides = await this.guides.many(
      reader,
      lists.map(({ guideId }) => guideId),
    );
    const stores = await this.stores.many(
      reader,
      rows.flatMap(({ storeId }) => storeId ?? []),
    );
    const names = await this.check.namesOf(reader, rows.map(targetOf));
    return rows.map((row): ChannelCode => {
      const { id, code, label, storeId, revision, createdAt, revokedAt } = row;
      return {
        id,
        code,
        kind: row.kind as ChannelCodeKind,
        label,
        storeId,
        storeName: stores.find((store) => store.id === storeId)?.name ?? null,
        target: targetOf(row),
        targetName: names.get(`${row.targetKind} ${row.targetId}`) ?? null,
        guides: lists
          .filter(({ channelCodeId }) => channelCodeId === id)
          .map(({ guideId, weight }) => {
            const assigned = met.get(`${id} ${guideId}`) ?? 0;
            const guide = guides.find((one) => one.id === guideId);
            const { name = '', storeName = '', status = GuideStatus.Left } = guide ?? {};
            return { guideId, weight, assigned, name, storeName, status };
          }),
        revision,
        createdAt,
        revokedAt,
      };
    });
  }
}
