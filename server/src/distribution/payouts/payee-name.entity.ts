import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, SealedColumn } from '../../platform/database/columns.js';

/** A guide's real name, which large transfers need; given with a consent of its own, gone when that is withdrawn. */
@Entity('payee_names')
export class PayeeNameEntity {
  /** The guide's. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id: string;

  @SealedColumn({ length: 400 })
  nameSealed: string;

  /** Business clock. */
  @InstantColumn()
  updatedAt: number;
}
