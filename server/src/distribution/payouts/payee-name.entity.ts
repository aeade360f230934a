import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../../platform/database/columns.js';

/** A guide's real name, which large transfers need; given with a consent of its own, gone when that is withdrawn. */
@Entity('payee_names')
export class PayeeNameEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  guideId: string;

  @TextColumn(400)
  nameSealed: string;

  /** Business clock. */
  @InstantColumn()
  updatedAt: number;
}
