import { SettingGroup, type SettingsView, type SettingValueMap, type SettingVersion } from '@mall/shared/hq';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import type { SettingVersionEntity } from '../../platform/settings/setting-version.entity.js';
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
    return {
      name,
      versionId,
      values: { ...values },
      defaults: { ...SETTING_DEFAULTS[name] },
      versions: folded(name, await this.settings.versions(this.database, name)),
    };
  }
}

/** Each with what holds from it on, as the versions now stand; newest effective time first. */
function folded(name: SettingGroup, oldestFirst: readonly SettingVersionEntity[]): SettingVersion[] {
  let values: SettingValueMap = { ...SETTING_DEFAULTS[name] };
  const shown = oldestFirst.map(({ id, valuesJson, effectiveFrom, createdBy, createdAt, reason }) => {
    values = { ...values, ...(JSON.parse(valuesJson) as SettingValueMap) };
    return { id, values, effectiveFrom, createdBy, createdAt, reason };
  });
  return shown.reverse().slice(0, MOST_VERSIONS);
}
