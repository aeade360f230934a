import { Injectable } from '@nestjs/common';
import { RetryTransaction } from '../database/database-errors.js';
import type { Reader, Tx } from '../database/tx.js';
import { newId } from '../ids/ids.js';
import { SettingGroupEntity } from './setting-group.entity.js';
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
    /** R3.3: whether a guide's own share may win her own order. Never changes anybody else's pay (D14). */
    selfPurchase: 'pays_nobody' as 'pays_nobody' | 'pays_herself',
    /** R3.4: whether another store's guide may take a franchise store's customer over while the binding is valid. */
    franchiseTakeover: 'after_protection' as 'never' | 'after_protection',
    /** R2.5 */
    guideChangeDays: 30,
    /** R4.6: the part of a commission that vests later, in bps; 0: none. */
    tailBps: 0,
    tailVesting: 'days' as 'days' | 'second_order',
    tailDays: 30,
    /** R4.3: what must be left of a line's base after cost and commission, in bps of the base. */
    marginFloorBps: 0,
    /** R4.3: how many days of orders a dry run prices again. */
    dryRunDays: 30,
    /** R8: so many share intents within the days, and not one order: she is coached. */
    coachIntents: 60,
    coachDays: 7,
  },
  /** R6.4 */
  messages: {
    /** A member gets no reminder when she got so many messages within the days, whoever sent them. */
    mostPerMember: 3,
    windowDays: 7,
    couponReminderDays: 7,
  },
  /** R5.5: the merchant's own limits. */
  payouts: {
    transferMinFen: 30,
    transferMaxFen: 20_000,
    dayMaxFen: 200_000,
    /** Requests up to this need no approval; 0: all do. */
    autoApproveFen: 20_000,
    /** What the merchant may send in all; what is over it waits. */
    merchantDayMaxFen: 5_000_000,
    merchantMonthMaxFen: 3_000_000_000,
    /** Of contractors; `none`: HQ withholds elsewhere. */
    withholding: 'none' as 'none' | 'per_payment' | 'platform_cumulative',
  },
  orders: {
    /** R7.1 */
    payWithinMinutes: 15,
    afterSaleDays: 7,
    /** R5.2: express is received by time this long after dispatch. */
    autoReceiveDays: 10,
    /** R5.2: what a customer collects is received by time this long after it lay ready. */
    autoReceivePickupDays: 2,
  },
} as const;

type Widen<T> = { -readonly [K in keyof T]: T[K] extends number ? number : T[K] };
export type SettingName = keyof typeof SETTING_DEFAULTS;
/** Numbers, and choices by name. */
export type SettingValues<N extends SettingName> = Widen<(typeof SETTING_DEFAULTS)[N]>;
export interface SettingsInForce<N extends SettingName> {
  /** `default` until HQ publishes a version. */
  versionId: string;
  values: SettingValues<N>;
}

/** Versioned settings: a decision records the version that it used, so that a replay reads the same numbers. */
@Injectable()
export class Settings {
  /**
   * What holds of `name` at `at` (business clock, epoch ms): the defaults, and over them every version that has taken
   * effect, in that order. Named by the newest of them.
   */
  async at<N extends SettingName>(reader: Reader, name: N, at: number): Promise<SettingsInForce<N>> {
    const rows = await reader.query<Pick<SettingVersionEntity, 'id' | 'valuesJson'>>(
      'SELECT id, valuesJson FROM setting_versions WHERE settingName = ? AND effectiveFrom <= ? ORDER BY effectiveFrom',
      [name, at],
    );
    const values = { ...SETTING_DEFAULTS[name] } as SettingValues<N>;
    for (const { valuesJson } of rows) Object.assign(values, JSON.parse(valuesJson) as Partial<SettingValues<N>>);
    return { versionId: rows.at(-1)?.id ?? 'default', values };
  }

  /**
   * Takes the group for this transaction: whoever waits here sees, once let in, what the one before has committed. Must
   * be its first statement.
   */
  async open(tx: Tx, name: SettingName): Promise<void> {
    const count = () => tx.execute('UPDATE setting_groups SET changes = changes + 1 WHERE settingName = ?', [name]);
    if ((await count()) === 0 && !(await tx.insertOnce(SettingGroupEntity, { settingName: name, changes: 1 }))) {
      throw new RetryTransaction(`settings ${name} were opened by another transaction`);
    }
  }

  /**
   * Adds a version; earlier ones stay. It says what changes and nothing else: the rest is, at any time, what the versions
   * before it make of it, so that a version written for later does not take back what changes meanwhile.
   *
   * @returns what holds at `effectiveFrom`, or null when a version takes effect at that very instant already
   */
  async publish<N extends SettingName>(
    tx: Tx,
    name: N,
    change: { values: Partial<SettingValues<N>>; effectiveFrom: number; actorId: string; at: number; reason: string },
  ): Promise<SettingsInForce<N> | null> {
    const written = await tx.insertOnce(SettingVersionEntity, {
      id: newId('set'),
      settingName: name,
      valuesJson: JSON.stringify(change.values),
      effectiveFrom: change.effectiveFrom,
      createdBy: change.actorId,
      createdAt: change.at,
      reason: change.reason,
    });
    return written ? this.at(tx, name, change.effectiveFrom) : null;
  }

  /** When versions of `name` take effect that begin after `after`, the next one first. */
  async changesAfter(reader: Reader, name: SettingName, after: number): Promise<number[]> {
    const rows = await reader.query<{ effectiveFrom: number }>(
      'SELECT effectiveFrom FROM setting_versions WHERE settingName = ? AND effectiveFrom > ? ORDER BY effectiveFrom',
      [name, after],
    );
    return rows.map(({ effectiveFrom }) => Number(effectiveFrom));
  }

  /** All versions of `name` in the order in which they take effect, those of the future included; each with what it changes. */
  async versions(reader: Reader, name: SettingName): Promise<SettingVersionEntity[]> {
    return reader.query<SettingVersionEntity>(
      'SELECT * FROM setting_versions WHERE settingName = ? ORDER BY effectiveFrom',
      [name],
    );
  }
}
