import { HqRole, type HqUser, type HqUserInput } from '@mall/shared/hq';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { Stores } from '../../distribution/stores/stores.public.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { hashPassword } from '../../platform/auth/password.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { validationProblem } from '../../platform/http/problem.filter.js';
import { ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { HqUserEntity } from './hq-user.entity.js';
import { toHqUser } from './hq-user.queries.js';

/** Lets somebody in at headquarters. */
@Injectable()
export class CreateHqUser {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: Stores,
    private readonly audit: AuditLog,
    private readonly clock: WallClock,
  ) {}

  /**
   * Throws 409 `hq-user-conflict` when the name is taken (also by a disabled user: the audit log names people by it), 422
   * for a store manager without a store, an unknown store, or a store for anybody else.
   */
  async execute(actor: HqActor, input: HqUserInput): Promise<HqUser> {
    const { username, password, role, storeId = null } = input;
    if ((role === HqRole.StoreManager) !== (storeId !== null)) {
      throw validationProblem([{ path: 'storeId', message: '店长需要指定门店，其他角色不能指定门店' }]);
    }
    const passwordHash = await hashPassword(password);
    return this.unitOfWork.run(async (tx) => {
      if (storeId !== null && (await this.stores.find(tx, storeId)) === null) {
        throw validationProblem([{ path: 'storeId', message: '门店不存在' }]);
      }
      const createdAt = this.clock.now();
      const user: HqUserEntity = {
        id: newId('hqu'),
        username,
        passwordHash,
        hqRole: role,
        storeId,
        createdAt,
        disabledAt: null,
      };
      if (!(await tx.insertOnce(HqUserEntity, user))) {
        throw new ProblemError(ProblemType.HqUserConflict, { detail: `用户名 ${username} 已被使用` });
      }
      await this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'hq-user.create',
        subject: user.id,
        old: null,
        new: { username, role, storeId },
      });
      return toHqUser(user);
    });
  }
}
