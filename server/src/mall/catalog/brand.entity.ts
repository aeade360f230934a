import { Entity, Index } from 'typeorm';
import { IdColumn, TextColumn } from '../../platform/database/columns.js';

/** A brand of the group. */
@Entity('brands')
@Index(['nameKey'], { unique: true })
export class BrandEntity {
  @IdColumn()
  id: string;

  @TextColumn(80)
  name: string;

  /** The name without differences of case and width, so that `ACME` and `Acme` are one brand. */
  @TextColumn(80)
  nameKey: string;
}
