import { type TextCause, type TextKind, TextState } from '@mall/shared/texts';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { SealedText } from '../../platform/crypto/sealed-text.js';
import { RetryTransaction } from '../../platform/database/database-errors.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { WrittenTextEntity } from './written-text.entity.js';

export interface Authorship {
  kind: TextKind;
  memberId: string;
}

/** The texts themselves: written, claimed for a check, decided once. Every move is a conditional update. */
@Injectable()
export class WrittenTexts {
  constructor(
    private readonly sealed: SealedText,
    private readonly clock: BusinessClock,
  ) {}

  async find(reader: Reader, id: string): Promise<WrittenTextEntity | null> {
    return reader.first<WrittenTextEntity>('SELECT * FROM written_texts WHERE id = ?', [id]);
  }

  /** Her newest one of a kind, whatever became of it. */
  async latest(reader: Reader, { kind, memberId }: Authorship): Promise<WrittenTextEntity | null> {
    return reader.first<WrittenTextEntity>(
      `SELECT * FROM written_texts WHERE memberId = ? AND kind = ? AND state <> '${TextState.Withdrawn}'
       ORDER BY id DESC LIMIT 1`,
      [memberId, kind],
    );
  }

  textOf({ textSealed }: Pick<WrittenTextEntity, 'textSealed'>): string | null {
    return textSealed === null ? null : this.sealed.open(textSealed);
  }

  /** Stores a text as waiting, in the place of an earlier one that waits. @param now wall clock: when it is checked */
  async write(tx: Tx, author: Authorship, text: string, now: number): Promise<string> {
    const { kind, memberId } = author;
    await this.withdraw(tx, author);
    // Of what she wrote before, that and how it was decided is kept, and not the words.
    await tx.execute(
      'UPDATE written_texts SET textSealed = NULL WHERE memberId = ? AND kind = ? AND textSealed IS NOT NULL',
      [memberId, kind],
    );
    const id = newId('txt');
    const written = await tx.insertOnce(WrittenTextEntity, {
      id,
      kind,
      memberId,
      textSealed: this.sealed.seal(text),
      state: TextState.Waiting,
      openKey: openKeyOf(author),
      waitingFor: 'check',
      cause: null,
      label: null,
      tries: 0,
      nextTryAt: now,
      writtenAt: this.clock.now(),
      decidedAt: null,
      decidedBy: null,
      reason: null,
    });
    if (!written) throw new RetryTransaction(`${memberId} wrote another text at the same time`);
    return id;
  }

  /** She does not want it any more. */
  async withdraw(tx: Tx, author: Authorship): Promise<void> {
    await tx.execute(
      `UPDATE written_texts SET state = '${TextState.Withdrawn}', openKey = NULL, waitingFor = NULL, nextTryAt = NULL,
         textSealed = NULL, decidedAt = ? WHERE openKey = ?`,
      [this.clock.now(), openKeyOf(author)],
    );
  }

  /** Takes it for one check: nobody else asks until `until` (wall clock). Null: decided, or somebody else has it. */
  async claim(tx: Tx, id: string, now: number, until: number): Promise<WrittenTextEntity | null> {
    const claimed = await tx.execute(
      `UPDATE written_texts SET tries = tries + 1, nextTryAt = ?
       WHERE id = ? AND state = '${TextState.Waiting}' AND waitingFor = 'check' AND nextTryAt <= ?`,
      [until, id, now],
    );
    return claimed === 0 ? null : this.find(tx, id);
  }

  async tryAgain(tx: Tx, id: string, at: number): Promise<void> {
    await tx.execute(
      `UPDATE written_texts SET nextTryAt = ? WHERE id = ? AND state = '${TextState.Waiting}' AND waitingFor = 'check'`,
      [at, id],
    );
  }

  async leaveToHq(tx: Tx, id: string, cause: TextCause, label: number | null): Promise<void> {
    await tx.execute(
      `UPDATE written_texts SET waitingFor = 'hq', nextTryAt = NULL, cause = ?, label = ?
       WHERE id = ? AND state = '${TextState.Waiting}'`,
      [cause, label, id],
    );
  }

  /** The row as it was when it was decided now, with its words; null: it waits no more. */
  async decide(
    tx: Tx,
    id: string,
    to: { state: TextState; by: string; label?: number; reason: string | null },
  ): Promise<WrittenTextEntity | null> {
    const decided = await tx.execute(
      `UPDATE written_texts SET state = ?, openKey = NULL, waitingFor = NULL, nextTryAt = NULL, decidedAt = ?,
         decidedBy = ?, label = COALESCE(?, label), reason = ? WHERE id = ? AND state = '${TextState.Waiting}'`,
      [to.state, this.clock.now(), to.by, to.label ?? null, to.reason, id],
    );
    if (decided === 0) return null;
    const row = await this.find(tx, id);
    // What is shown stands where it is shown.
    if (to.state === TextState.Shown) await tx.execute('UPDATE written_texts SET textSealed = NULL WHERE id = ?', [id]);
    return row;
  }
}

export function openKeyOf({ kind, memberId }: Authorship): string {
  return `${kind}:${memberId}`;
}
