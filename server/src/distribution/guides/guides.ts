import type { GuideStatus } from '@mall/shared/guides';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import type { GuideEntity } from './guide.entity.js';
import type { GuideStatusChangeEntity } from './guide-status-change.entity.js';

/** A guide with the name of her store, as decisions and screens need her. */
export interface Guide {
  id: string;
  memberId: string;
  name: string;
  storeId: string;
  storeName: string;
  tier: string;
  status: GuideStatus;
  /** Business clock. */
  registeredAt: number;
  leftAt: number | null;
}

export interface GuideStatusChange {
  guideId: string;
  status: GuideStatus;
  /** Business clock. */
  at: number;
}

type Row = GuideEntity & { storeName: string };

/** Guides of a scope that are read at once. */
const SCOPE_PAGE = 500;

const SELECT = 'SELECT g.*, s.name AS storeName FROM guides g JOIN stores s ON s.id = g.storeId';
const marks = (values: readonly string[]): string => values.map(() => '?').join(', ');

function toGuide(row: Row): Guide {
  const { id, memberId, name, storeId, storeName, tier, status, registeredAt, leftAt } = row;
  return { id, memberId, name, storeId, storeName, tier, status: status as GuideStatus, registeredAt, leftAt };
}

/** Reads of guides. Joins her store's name: both tables are of this wing, and each reader needs it. */
@Injectable()
export class Guides {
  async find(reader: Reader, id: string): Promise<Guide | null> {
    const row = await reader.first<Row>(`${SELECT} WHERE g.id = ?`, [id]);
    return row === null ? null : toGuide(row);
  }

  async byMember(reader: Reader, memberId: string): Promise<Guide | null> {
    const row = await reader.first<Row>(`${SELECT} WHERE g.memberId = ?`, [memberId]);
    return row === null ? null : toGuide(row);
  }

  /** In no particular order; unknown ids are left out. */
  async many(reader: Reader, ids: readonly string[]): Promise<Guide[]> {
    const unique = [...new Set(ids)];
    if (unique.length === 0) return [];
    return (await reader.query<Row>(`${SELECT} WHERE g.id IN (${marks(unique)})`, unique)).map(toGuide);
  }

  /** Those of a store who serve, by name; `limit` at most. */
  async activeIn(reader: Reader, storeId: string, limit: number): Promise<Guide[]> {
    const rows = await reader.query<Row>(
      `${SELECT} WHERE g.storeId = ? AND g.status = 'active' ORDER BY g.name, g.id LIMIT ${limit}`,
      [storeId],
    );
    return rows.map(toGuide);
  }

  /** Newest first, from the id `below` down; `limit` rows at most. */
  async page(
    reader: Reader,
    filter: { below: string; limit: number; storeId?: string; status?: GuideStatus },
  ): Promise<Guide[]> {
    const { below, limit, storeId, status } = filter;
    const rows = await reader.query<Row>(
      `${SELECT} WHERE g.id < ? AND g.storeId = COALESCE(?, g.storeId) AND g.status = COALESCE(?, g.status)
       ORDER BY g.id DESC LIMIT ${limit}`,
      [below, storeId ?? null, status ?? null],
    );
    return rows.map(toGuide);
  }

  /** Ids of active and suspended guides whom a rule's seller scope covers (R4.2), a page at a time. */
  async *idsInScope(reader: Reader, scope: { kind: string; id: string | null }): AsyncGenerator<string[]> {
    const columns: Record<string, string> = {
      guide: 'g.id',
      tier: 'g.tier',
      store: 'g.storeId',
      store_type: 's.storeType',
    };
    const column = columns[scope.kind];
    const sql = `SELECT g.id FROM guides g JOIN stores s ON s.id = g.storeId
       WHERE g.id > ? AND g.status <> 'left' ${column === undefined ? '' : `AND ${column} = ?`}
       ORDER BY g.id LIMIT ${SCOPE_PAGE}`;
    for (let after = ''; ; ) {
      const rows = await reader.query<{ id: string }>(sql, column === undefined ? [after] : [after, scope.id ?? '']);
      const ids = rows.map(({ id }) => id);
      yield ids;
      if (ids.length < SCOPE_PAGE) return;
      after = ids.at(-1) ?? '';
    }
  }

  /** Every change of state of these guides, oldest first: who was what at which time (R3.3, R3.4). */
  async statusChanges(reader: Reader, guideIds: readonly string[]): Promise<GuideStatusChange[]> {
    const unique = [...new Set(guideIds)];
    if (unique.length === 0) return [];
    const rows = await reader.query<GuideStatusChangeEntity>(
      `SELECT * FROM guide_status_changes WHERE guideId IN (${marks(unique)}) ORDER BY at, id`,
      unique,
    );
    return rows.map(({ guideId, status, at }) => ({ guideId, status: status as GuideStatus, at }));
  }
}
