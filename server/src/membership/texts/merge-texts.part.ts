import { TextState } from '@mall/shared/texts';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type MemberMerge, type MergePart, MergesMembers } from '../merging/merging.public.js';
import type { WrittenTextEntity } from './written-text.entity.js';
import { openKeyOf, WrittenTexts } from './written-texts.js';

/** Of two texts of one kind that wait, the one that she wrote later is what she wants. */
@Injectable()
@MergesMembers('texts')
export class MergeTexts implements MergePart {
  constructor(private readonly texts: WrittenTexts) {}

  async merge(tx: Tx, { fromMemberId, intoMemberId }: MemberMerge): Promise<void> {
    const waiting = await tx.query<Pick<WrittenTextEntity, 'id' | 'kind' | 'memberId'>>(
      `SELECT id, kind, memberId FROM written_texts WHERE state = '${TextState.Waiting}' AND memberId IN (?, ?)
       ORDER BY writtenAt DESC, id DESC`,
      [fromMemberId, intoMemberId],
    );
    for (const kind of new Set(waiting.map((row) => row.kind as WrittenTextEntity['kind']))) {
      const [, older] = waiting.filter((row) => row.kind === kind);
      if (older) await this.texts.withdraw(tx, { kind: kind as never, memberId: older.memberId });
    }
    await tx.execute('UPDATE written_texts SET memberId = ? WHERE memberId = ?', [intoMemberId, fromMemberId]);
    for (const { id, kind } of waiting) {
      await tx.execute('UPDATE written_texts SET openKey = ? WHERE id = ? AND openKey IS NOT NULL', [
        openKeyOf({ kind: kind as never, memberId: intoMemberId }),
        id,
      ]);
    }
  }
}
