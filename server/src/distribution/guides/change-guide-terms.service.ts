import type { PayeeType } from '@mall/shared/guides';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { RetryTransaction } from '../../platform/database/database-errors.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound } from '../../platform/http/problem.js';
import { Stores } from '../stores/stores.public.js';
import type { GuideEntity } from './guide.entity.js';
import { type Guide, Guides } from './guides.js';

/** One of a guide's terms with its new value. */
export type GuideTerm =
  | { term: 'tier'; value: string }
  | { term: 'payeeType'; value: PayeeType }
  | { term: 'storeId'; value: string };

/**
 * HQ changes a guide's tier, how she is paid, or her store. Orders placed before keep the tier and store that were
 * frozen with them (R4.3), and her customers' bindings keep their store.
 */
@Injectable()
export class ChangeGuideTerms {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly guides: Guides,
    private readonly stores: Stores,
    private readonly audit: AuditLog,
  ) {}

  /** To the value that stands, it changes nothing and audits nothing. Throws 404 for an unknown guide or store. */
  async execute(
    actor: { id: string; name: string },
    guideId: string,
    { term, value }: GuideTerm,
    reason: string,
  ): Promise<Guide> {
    return this.unitOfWork.run(async (tx) => {
      const row = await tx.first<GuideEntity>('SELECT * FROM guides WHERE id = ?', [guideId]);
      if (row === null) throw notFound();
      if (term === 'storeId' && (await this.stores.find(tx, value)) === null) throw notFound();
      if (row[term] === value) return this.read(tx, guideId);
      const changed = await tx.execute(`UPDATE guides SET ${term} = ? WHERE id = ? AND ${term} = ?`, [
        value,
        guideId,
        row[term],
      ]);
      // Another user was faster: the audit log must name the value that this change really replaced.
      if (changed === 0) throw new RetryTransaction(`${term} of ${guideId} changed meanwhile`);
      await this.audit.record(tx, {
        actor,
        action: `guide.${term === 'storeId' ? 'transfer-store' : term === 'tier' ? 'tier' : 'payee-type'}`,
        subject: guideId,
        old: { [term]: row[term] },
        new: { [term]: value },
        reason,
      });
      return this.read(tx, guideId);
    });
  }

  private async read(tx: Tx, guideId: string): Promise<Guide> {
    const guide = await this.guides.find(tx, guideId);
    if (guide === null) throw notFound();
    return guide;
  }
}
