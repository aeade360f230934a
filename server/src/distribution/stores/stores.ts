import type { Store, StoreType } from '@mall/shared/guides';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import type { StoreEntity } from './store.entity.js';

export function toStore(row: StoreEntity): Store {
  const { id, code, name, storeType, province, city } = row;
  return { id, code, name, type: storeType as StoreType, province, city };
}

/** Reads of stores. */
@Injectable()
export class Stores {
  async find(reader: Reader, id: string): Promise<Store | null> {
    const row = await reader.first<StoreEntity>('SELECT * FROM stores WHERE id = ?', [id]);
    return row === null ? null : toStore(row);
  }

  /** In no particular order; unknown ids are left out. */
  async many(reader: Reader, ids: readonly string[]): Promise<Store[]> {
    if (ids.length === 0) return [];
    const unique = [...new Set(ids)];
    const rows = await reader.query<StoreEntity>(
      `SELECT * FROM stores WHERE id IN (${unique.map(() => '?').join(', ')})`,
      unique,
    );
    return rows.map(toStore);
  }

  /** By code. */
  async all(reader: Reader): Promise<Store[]> {
    return (await reader.query<StoreEntity>('SELECT * FROM stores ORDER BY code')).map(toStore);
  }
}
