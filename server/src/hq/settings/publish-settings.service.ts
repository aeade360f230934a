import { HqRole, SettingGroup, type SettingsInput } from '@mall/shared/hq';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { DAY_MS } from '../../platform/clock/business-day.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import { faultsInChange, faultsInVersion } from '../../platform/settings/check-settings.js';
import { Settings } from '../../platform/settings/settings.js';

/** Who may change a group besides the owner. */
const EDITORS: Record<SettingGroup, HqRole> = {
  [SettingGroup.Distribution]: HqRole.Operator,
  [SettingGroup.Messages]: HqRole.Operator,
  [SettingGroup.Orders]: HqRole.Operator,
  [SettingGroup.Payouts]: HqRole.Finance,
};

/** A slip of the year is refused rather than kept for a lifetime. */
const FARTHEST_DAYS = 366;
const FARTHEST_MS = FARTHEST_DAYS * DAY_MS;

/** HQ changes settings by adding a version that takes effect now or later, never before (R3.4). */
@Injectable()
export class PublishSettings {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /**
   * Throws 403 for a role that may not change the group, 422 `setting-invalid` with the faults, 409 `setting-conflict`
   * when another version takes effect at that very instant.
   */
  async execute(actor: HqActor, name: SettingGroup, input: SettingsInput): Promise<void> {
    if (actor.role !== HqRole.Owner && actor.role !== EDITORS[name]) {
      throw new ProblemError(ProblemType.Forbidden, { detail: '没有权限修改这组设置' });
    }
    refuse(faultsInChange(name, input.values));
    const { reason, values } = input;
    await this.unitOfWork.run(async (tx) => {
      await this.settings.open(tx, name);
      const at = this.clock.now();
      const effectiveFrom = input.effectiveFrom ?? at;
      if (effectiveFrom < at) refuse([{ path: 'effectiveFrom', message: '生效时间不能早于现在' }]);
      if (effectiveFrom > at + FARTHEST_MS) {
        refuse([{ path: 'effectiveFrom', message: `生效时间不能晚于 ${FARTHEST_DAYS} 天之后` }]);
      }
      const before = await this.settings.at(tx, name, effectiveFrom);
      const change = { values, effectiveFrom, actorId: actor.userId, at, reason };
      const after = await this.settings.publish(tx, name, change);
      if (after === null) {
        const detail = '已有一个版本在同一时刻生效，请另选生效时间';
        throw new ProblemError(ProblemType.SettingConflict, { detail, effectiveFrom });
      }
      refuse(faultsInVersion(name, after.values));
      // What begins later stands on this one: together they must make sense too.
      for (const later of await this.settings.changesAfter(tx, name, effectiveFrom)) {
        refuse(faultsInVersion(name, (await this.settings.at(tx, name, later)).values));
      }
      await this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'settings.publish',
        subject: after.versionId,
        old: { name, versionId: before.versionId, values: before.values },
        new: { name, effectiveFrom, values: after.values },
        reason,
      });
    });
  }
}

function refuse(faults: { path: string; message: string }[]): void {
  if (faults.length === 0) return;
  throw new ProblemError(ProblemType.SettingInvalid, { detail: '设置的值不正确', faults });
}
