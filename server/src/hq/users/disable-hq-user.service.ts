import type { HqUser } from '@mall/shared/hq';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { SessionStore } from '../../platform/auth/session-store.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import type { HqUserEntity } from './hq-user.entity.js';
import { toHqUser } from './hq-user.queries.js';

const conflict = (detail: string) => new ProblemError(ProblemType.HqUserConflict, { detail });

/** Shuts somebody out at once. Nobody shuts herself out, so that one owner is always left. */
@Injectable()
export class DisableHqUser {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: SessionStore,
    private readonly audit: AuditLog,
    private readonly clock: WallClock,
  ) {}

  /** Throws 404, 409 `hq-user-conflict` for oneself and for who is disabled already. */
  async execute(actor: HqActor, id: string, reason: string): Promise<HqUser> {
    if (id === actor.userId) throw conflict('不能停用自己的账号');
    return this.unitOfWork.run(async (tx) => {
      // Takes her own row first: of two owners who disable each other, the second is no owner any more.
      const stillIn = 'UPDATE hq_users SET disabledAt = NULL WHERE id = ? AND disabledAt IS NULL';
      if ((await tx.execute(stillIn, [actor.userId])) === 0) throw new ProblemError(ProblemType.Forbidden);
      const disabledAt = this.clock.now();
      const disabled = await tx.execute('UPDATE hq_users SET disabledAt = ? WHERE id = ? AND disabledAt IS NULL', [
        disabledAt,
        id,
      ]);
      const user = await tx.first<HqUserEntity>('SELECT * FROM hq_users WHERE id = ?', [id]);
      if (user === null) throw notFound();
      if (disabled === 0) throw conflict('该账号已经停用');
      await this.sessions.endAll(tx, id);
      await this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'hq-user.disable',
        subject: id,
        old: { disabledAt: null },
        new: { disabledAt },
        reason,
      });
      return toHqUser(user);
    });
  }
}
