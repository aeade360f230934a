import { SettingGroup, type SettingsView, type SettingValueMap } from '@mall/shared/hq';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import { SETTING_DEFAULTS, Settings } from '../../platform/settings/settings.js';

const MOST_VERSIONS = 100;

/** The group of that name; throws 404 for any other word. */
export function groupOf(name: string): SettingGroup {
  const group = Object.values(SettingGroup).find((known) => known === name);
  if (group === undefined) throw notFound();
  return group;
}

/** Settings as HQ sees them. */
@Injectable()
export class SettingsQueries {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly clock: BusinessClock,
  ) {}

  async view(name: SettingGroup): Promise<SettingsView> {
    const { versionId, values } = await this.settings.at(this.database, name, this.clock.now());
    const versions = await this.settings.versions(this.database, name, MOST_VERSIONS);
    return {
      name,
      versionId,
      values: { ...values },
      defaults: { ...SETTING_DEFAULTS[name] },
      versions: versions.map(({ id, valuesJson, effectiveFrom, createdBy, createdAt, reason }) => ({
        id,
        values: JSON.parse(valuesJson) as SettingValueMap,
        effectiveFrom,
        createdBy,
        createdAt,
        reason,
      })),
    };
  }
}
