import type { HqRole, HqSessionResponse } from '@mall/shared/hq';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { verifyPassword } from '../../platform/auth/password.js';
import { SessionStore } from '../../platform/auth/session-store.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import type { HqUserEntity } from './hq-user.entity.js';
import { LoginLimits } from './login-limits.js';

/** Signs an HQ user in by password. */
@Injectable()
export class SignInHqUser {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: SessionStore,
    private readonly limits: LoginLimits,
  ) {}

  /** Throws 401 `bad-credentials` for an unknown, disabled or wrong one alike, 429 after too many failures. */
  async execute(name: string, password: string): Promise<HqSessionResponse> {
    const username = name.trim().toLowerCase();
    await this.limits.charge(username);
    const user = await this.database.first<HqUserEntity>('SELECT * FROM hq_users WHERE username = ?', [username]);
    const hash = user === null || user.disabledAt !== null ? null : user.passwordHash;
    // Verified against nothing too: an unknown name must take as long as a known one.
    if (!(await verifyPassword(password, hash)) || user === null) throw badCredentials();
    await this.limits.forget(username);
    const { id, storeId } = user;
    const role = user.hqRole as HqRole;
    const session = await this.unitOfWork.run(async (tx) => {
      // The password may have been reset while it was verified: what was ended then must not begin anew.
      const holds = await tx.execute(
        'UPDATE hq_users SET passwordHash = passwordHash WHERE id = ? AND passwordHash = ? AND disabledAt IS NULL',
        [id, user.passwordHash],
      );
      if (holds === 0) throw badCredentials();
      return this.sessions.open(tx, { kind: 'hq', userId: id });
    });
    return { ...session, user: { id, username, role, storeId } };
  }
}

function badCredentials(): ProblemError {
  return new ProblemError(ProblemType.BadCredentials, { detail: '用户名或密码不正确' });
}
