import { Entity, PrimaryColumn } from 'typeorm';
import { CountColumn } from '../database/columns.js';

/** One row a group: counting it up first makes publications of one group take turns, so that each sees the one before. */
@Entity('setting_groups')
export class SettingGroupEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  settingName: string;

  @CountColumn()
  changes: number;
}
