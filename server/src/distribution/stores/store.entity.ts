import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../platform/database/columns.js';

/** A shop of the group or of a franchise partner. */
@Entity('stores')
@Index(['code'], { unique: true })
export class StoreEntity {
  @IdColumn()
  id: string;

  /** For people, e.g. `SH-JA`. */
  @TextColumn(20)
  code: string;

  @TextColumn(40)
  name: string;

  /** See StoreType. */
  @TextColumn(20)
  storeType: string;

  @TextColumn(20)
  province: string;

  @TextColumn(20)
  city: string;

  /** Business clock. */
  @InstantColumn()
  createdAt: number;
}
