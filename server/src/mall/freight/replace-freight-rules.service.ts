import type { FreightRule } from '@mall/shared/hq';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { validationProblem } from '../../platform/http/problem.filter.js';
import { newId } from '../../platform/ids/ids.js';
import { faultsOfRules } from './domain/quote-freight.js';
import { Freight } from './freight.service.js';
import { FreightRuleEntity } from './freight-rule.entity.js';

/** HQ writes the freight rules anew, all at once: half a set would leave provinces uncovered. */
@Injectable()
export class ReplaceFreightRules {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly freight: Freight,
    private readonly audit: AuditLog,
  ) {}

  /** Throws ValidationFailed when two rules name one place. Orders keep the freight that they were placed with. */
  async execute(rules: readonly FreightRule[], actor: HqActor): Promise<FreightRule[]> {
    const faults = faultsOfRules(rules);
    if (faults.length > 0) throw validationProblem(faults);
    return this.unitOfWork.run(async (tx) => {
      const old = await this.freight.rules(tx);
      await tx.execute('DELETE FROM freight_rules');
      await tx.insert(
        FreightRuleEntity,
        rules.map(({ provinces, name, freightFen, freeFromFen, served }, position) => ({
          id: newId('frt'),
          position,
          provincesJson: JSON.stringify(provinces),
          name,
          freightFen,
          freeFromFen,
          served: served ? 1 : 0,
        })),
      );
      const written = await this.freight.rules(tx);
      await this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'freight-rules.replace',
        subject: 'freight-rules',
        old,
        new: written,
      });
      return written;
    });
  }
}
