import { Injectable } from '@nestjs/common';
import { SessionStore } from '../../platform/auth/session-store.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';

/** Ends the session that asks; the token opens nothing afterwards. */
@Injectable()
export class SignOut {
  constructor(
    private readonly sessions: SessionStore,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async execute(sessionId: string): Promise<void> {
    await this.unitOfWork.run((tx) => this.sessions.end(tx, sessionId));
  }
}
