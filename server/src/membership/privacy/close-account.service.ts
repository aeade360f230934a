import { ProblemType } from '@mall/shared/problems';
import { Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { AccountClosureEntity } from './account-closure.entity.js';
import { ClosingEntry } from './closing-entry.js';
import { ClosureClocks } from './closure-clocks.js';
import { ClosureObstacles } from './closure-obstacles.js';
import { EraseAccount } from './erase-account.service.js';

/**
 * A member closes her account (PIPL). That she did is stored first, with everything that tells who she is gone in the
 * same transaction; what other rooms hold goes after it, by a job that goes on after a crash.
 */
@Injectable()
export class CloseAccount {
  private readonly logger = new Logger(CloseAccount.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly entry: ClosingEntry,
    private readonly obstacles: ClosureObstacles,
    private readonly eraseAccount: EraseAccount,
    private readonly audit: AuditLog,
    private readonly clocks: ClosureClocks,
  ) {}

  /** Throws 409 `account-not-closable` with what is open. The caller has made sure that it is she who asks. */
  async execute(memberId: string): Promise<void> {
    const id = await this.unitOfWork.run((tx) => this.close(tx, memberId));
    if (id === null) return;
    // She sees the end of it at once, as a rule. What fails here is the job's to do again.
    await this.eraseAccount.execute(id).catch((error: unknown) => {
      this.logger.error({ message: 'erasing an account will be tried again', closure: id, error });
    });
  }

  private async close(tx: Tx, memberId: string): Promise<string | null> {
    const at = this.clocks.business.now();
    // First: it decides between two presses, and a merge of this entry waits for it or sees it.
    if (!(await this.entry.mark(tx, memberId, at))) return null;
    const obstacles = await this.obstacles.of(tx, memberId);
    if (obstacles.length > 0) {
      throw new ProblemError(ProblemType.AccountNotClosable, { detail: obstacles[0] ?? '', obstacles });
    }
    const closure: AccountClosureEntity = {
      id: newId('acl'),
      memberId,
      state: 'erasing',
      closedAt: at,
      recordedAt: this.clocks.wall.now(),
      dueAt: this.clocks.wall.now(),
      runs: 0,
      doneAt: null,
    };
    await tx.insert(AccountClosureEntity, closure);
    await this.entry.erase(tx, { ...(await this.entry.subject(tx, memberId)), at });
    const actor = { id: memberId, name: '顾客本人' };
    await this.audit.record(tx, { actor, action: 'member.close-account', subject: memberId, old: null, new: { at } });
    return closure.id;
  }
}
