import type { Store, StoreInput } from '@mall/shared/guides';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { StoreEntity } from './store.entity.js';

/** HQ opens a store. */
@Injectable()
export class OpenStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /** Throws 409 `store-conflict` when the code is taken. */
  async execute(actor: { id: string; name: string }, input: StoreInput): Promise<Store> {
    const id = newId('str');
    const { code, name, type, province, city } = input;
    await this.unitOfWork.run(async (tx) => {
      const row = { id, code, name, storeType: type, province, city, createdAt: this.clock.now() };
      if (!(await tx.insertOnce(StoreEntity, row))) {
        throw new ProblemError(ProblemType.StoreConflict, { detail: `门店编号 ${code} 已被使用` });
      }
      await this.audit.record(tx, { actor, action: 'store.open', subject: id, old: null, new: input });
    });
    return { id, code, name, type, province, city };
  }
}
