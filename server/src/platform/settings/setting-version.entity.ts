import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, JsonColumn, TextColumn } from '../database/columns.js';

/** One version of a group of HQ settings (R3.4). Never updated. */
@Entity('setting_versions')
@Index(['settingName', 'effectiveFrom'], { unique: true })
export class SettingVersionEntity {
  @IdColumn()
  id: string;

  @TextColumn(40)
  settingName: string;

  /** What it changes; the rest is what the versions before it say. */
  @JsonColumn()
  valuesJson: string;

  @InstantColumn()
  effectiveFrom: number;

  @TextColumn(36)
  createdBy: string;

  @InstantColumn()
  createdAt: number;

  @TextColumn(200)
  reason: string;
}
