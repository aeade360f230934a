import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type MemberMerge, type MergePart, MergesMembers } from '../merging/merging.public.js';

/** Both books become one, even if that is fuller than a book may be filled by hand; the default stays the default. */
@Injectable()
@MergesMembers('addresses')
export class MergeAddresses implements MergePart {
  async merge(tx: Tx, { fromMemberId, intoMemberId }: MemberMerge): Promise<void> {
    const into = await tx.query<{ slot: number; defaultOf: string | null }>(
      'SELECT slot, defaultOf FROM addresses WHERE memberId = ?',
      [intoMemberId],
    );
    const above = Math.max(0, ...into.map(({ slot }) => slot));
    const hasDefault = into.some(({ defaultOf }) => defaultOf !== null);
    await tx.execute(
      `UPDATE addresses SET memberId = ?, slot = slot + ?, defaultOf = CASE WHEN defaultOf IS NULL THEN NULL ELSE ? END
       WHERE memberId = ?`,
      [intoMemberId, above, hasDefault ? null : intoMemberId, fromMemberId],
    );
  }
}
