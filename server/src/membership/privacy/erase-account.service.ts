import { Injectable, Logger } from '@nestjs/common';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../platform/clock/business-day.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { AccountClosureEntity } from './account-closure.entity.js';
import { ClosingEntry } from './closing-entry.js';
import { ClosureClocks } from './closure-clocks.js';
import { type Erasure, type PersonalDataPart, PersonalDataParts } from './personal-data-part.js';

/** A transaction that was under way when she closed it has ended after so long: until then it is looked at again. */
const LATE_WRITES_MS = 2 * MINUTE_MS;

/** Lets every room erase what it holds of a closed account: each in its own transaction, so that none undoes another. */
@Injectable()
export class EraseAccount {
  private readonly logger = new Logger(EraseAccount.name);

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly parts: PersonalDataParts,
    private readonly entry: ClosingEntry,
    private readonly clocks: ClosureClocks,
  ) {}

  /** Safe to run at any time, again and twice at once. Returns whether nothing is left to do. */
  async execute(closureId: string): Promise<boolean> {
    const closure = await this.database.first<AccountClosureEntity>('SELECT * FROM account_closures WHERE id = ?', [
      closureId,
    ]);
    if (closure === null || closure.state === 'done') return true;
    const erasure: Erasure = {
      ...(await this.entry.subject(this.database, closure.memberId)),
      at: this.clocks.business.now(),
    };
    let isOver = this.clocks.wall.now() >= closure.recordedAt + LATE_WRITES_MS;
    await this.unitOfWork.run((tx) => this.entry.erase(tx, erasure));
    for (const { name, part } of this.parts.all()) {
      if (part.erase === undefined) continue;
      isOver = (await this.tried(name, part.erase.bind(part), erasure)) && isOver;
    }
    await this.settle(closure, isOver);
    return isOver;
  }

  /** One room that fails keeps none of the others from erasing. */
  private async tried(name: string, erase: NonNullable<PersonalDataPart['erase']>, erasure: Erasure): Promise<boolean> {
    try {
      return (await this.unitOfWork.run((tx) => erase(tx, erasure))) === 'done';
    } catch (error) {
      this.logger.error({ message: 'a room could not erase', part: name, memberId: erasure.memberId, error });
      return false;
    }
  }

  private async settle({ id, runs }: AccountClosureEntity, isOver: boolean): Promise<void> {
    const now = this.clocks.wall.now();
    const wait = runs === 0 ? LATE_WRITES_MS : runs < 5 ? HOUR_MS : DAY_MS;
    await this.unitOfWork.run((tx) =>
      tx.execute(
        'UPDATE account_closures SET state = ?, dueAt = ?, doneAt = ?, runs = runs + 1 WHERE id = ? AND runs = ?',
        [isOver ? 'done' : 'erasing', isOver ? null : now + wait, isOver ? this.clocks.business.now() : null, id, runs],
      ),
    );
  }
}
