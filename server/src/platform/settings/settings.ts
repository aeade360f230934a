import { Injectable } from '@nestjs/common';
import type { Reader, Tx } from '../database/tx.js';
import { newId } from '../ids/ids.js';
import { SettingVersionEntity } from './setting-version.entity.js';

/** Numbers that HQ may change, with the defaults that rules.md gives in brackets. Units are in the names. */
export const SETTING_DEFAULTS = {
  distribution: {
    /** R3.2c */
    touchWindowDays: 7,
    /** R2.3 */
    bindingValidDays: 90,
    bindingProtectionDays: 15,
    /** R5.2 */
    commissionFreezeDays: 7,
    /** R5.4 */
    commissionFinalDays: 60,
  },
  orders: {
    /** R7.1 */
    payWithinMinutes: 15,
    afterSaleDays: 7,
    /** R5.2: express is received by time this long after dispatch. */
    autoReceiveDays: 10,
  },
} as const;

type Widen<T> = { [K in keyof T]: number };
export type SettingName = keyof typeof SETTING_DEFAULTS;
export type SettingValues<N extends SettingName> = Widen<(typeof SETTING_DEFAULTS)[N]>;
export interface SettingsInForce<N extends SettingName> {
  /** `default` until HQ publishes a version. */
  versionId: string;
  values: SettingValues<N>;
}

/** Versioned settings: a decision records the version that it used, so that a replay reads the same numbers. */
@Injectable()
export class Settings {
  /** The version of `name` in force at `at` (business clock, epoch ms). */
  async at<N extends SettingName>(reader: Reader, name: N, at: number): Promise<SettingsInForce<N>> {
    const row = await reader.first<SettingVersionEntity>(
      'SELECT * FROM setting_versions WHERE settingName = ? AND effectiveFrom <= ? ORDER BY effectiveFrom DESC LIMIT 1',
      [name, at],
    );
    const defaults = SETTING_DEFAULTS[name] as SettingValues<N>;
    if (row === null) return { versionId: 'default', values: defaults };
    return { versionId: row.id, values: { ...defaults, ...(JSON.parse(row.valuesJson) as Partial<SettingValues<N>>) } };
  }

  /** Adds a version; earlier ones stay. */
  async publish<N extends SettingName>(
    tx: Tx,
    name: N,
    change: { values: Partial<SettingValues<N>>; effectiveFrom: number; actorId: string; at: number; reason: string },
  ): Promise<string> {
    const id = newId('set');
    await tx.insert(SettingVersionEntity, {
      id,
      settingName: name,
      valuesJson: JSON.stringify(change.values),
      effectiveFrom: change.effectiveFrom,
      createdBy: change.actorId,
      createdAt: change.at,
      reason: change.reason,
    });
    return id;
  }
}
