import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { hashPassword } from '../../platform/auth/password.js';
import { SessionStore } from '../../platform/auth/session-store.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { HqUserEntity } from './hq-user.entity.js';

/** Sets an HQ user's password anew and signs the user out everywhere. For whoever runs the server. */
@Injectable()
export class ResetHqPassword {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: SessionStore,
    private readonly audit: AuditLog,
  ) {}

  /** @returns false when nobody has that name */
  async execute(name: string, password: string): Promise<boolean> {
    const username = name.trim().toLowerCase();
    const passwordHash = await hashPassword(password);
    return this.unitOfWork.run(async (tx) => {
      const user = await tx.first<HqUserEntity>('SELECT * FROM hq_users WHERE username = ?', [username]);
      if (user === null) return false;
      await tx.execute('UPDATE hq_users SET passwordHash = ? WHERE id = ?', [passwordHash, user.id]);
      await tx.execute('DELETE FROM hq_login_attempts WHERE username = ?', [username]);
      await this.sessions.endAll(tx, user.id);
      const actor = { id: 'operator', name: 'server console' };
      await this.audit.record(tx, { actor, action: 'hq-user.reset-password', subject: user.id, old: null, new: null });
      return true;
    });
  }
}
