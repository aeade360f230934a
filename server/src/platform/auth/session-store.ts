import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { WallClock } from '../clock/wall-clock.js';
import type { Reader, Tx } from '../database/tx.js';
import { newId } from '../ids/ids.js';
import type { Actor } from './actor.js';
import { HQ_USER_DIRECTORY, type HqUserDirectory } from './hq-user-directory.js';
import { SessionEntity } from './session.entity.js';

const LIFETIME_MS = { member: 7 * 86_400_000, hq: 12 * 3_600_000 };

export type SessionSubject = { kind: 'member'; memberId: string } | { kind: 'hq'; userId: string };

export type SessionLookup = { state: 'active'; actor: Actor } | { state: 'expired' } | { state: 'unknown' };

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Opaque bearer tokens on the wall clock: members 7 days, HQ 12 hours. */
@Injectable()
export class SessionStore {
  constructor(
    private readonly clock: WallClock,
    @Inject(HQ_USER_DIRECTORY) private readonly hqUsers: HqUserDirectory,
  ) {}

  async open(tx: Tx, subject: SessionSubject): Promise<{ token: string; expiresAt: number }> {
    const token = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    const expiresAt = now + LIFETIME_MS[subject.kind];
    await tx.insert(SessionEntity, {
      id: newId('ses'),
      tokenHash: hashOf(token),
      actorKind: subject.kind,
      subjectId: subject.kind === 'member' ? subject.memberId : subject.userId,
      createdAt: now,
      expiresAt,
      endedAt: null,
    });
    return { token, expiresAt };
  }

  async find(reader: Reader, token: string): Promise<SessionLookup> {
    const row = await reader.first<SessionEntity>('SELECT * FROM sessions WHERE tokenHash = ?', [hashOf(token)]);
    if (row === null) return { state: 'unknown' };
    if (row.endedAt !== null || row.expiresAt <= this.clock.now()) return { state: 'expired' };
    const actor = await this.actorOf(reader, row);
    return actor === null ? { state: 'expired' } : { state: 'active', actor };
  }

  /** What an HQ user may do is looked up, not remembered from the sign-in: null when she may nothing any more. */
  private async actorOf(reader: Reader, { id, actorKind, subjectId }: SessionEntity): Promise<Actor | null> {
    if (actorKind === 'member') return { kind: 'member', sessionId: id, memberId: subjectId };
    const user = await this.hqUsers.current(reader, subjectId);
    return user && { kind: 'hq', sessionId: id, userId: subjectId, ...user };
  }

  async end(tx: Tx, sessionId: string): Promise<void> {
    await tx.execute('UPDATE sessions SET endedAt = ? WHERE id = ? AND endedAt IS NULL', [this.clock.now(), sessionId]);
  }

  /** What one member had open is another's: two entries of one person were merged (R2.1). */
  async moveAll(tx: Tx, fromMemberId: string, intoMemberId: string): Promise<void> {
    await tx.execute(`UPDATE sessions SET subjectId = ? WHERE subjectId = ? AND actorKind = 'member'`, [
      intoMemberId,
      fromMemberId,
    ]);
  }

  /** Signs a subject out everywhere, e.g. when an HQ password changes. */
  async endAll(tx: Tx, subjectId: string): Promise<void> {
    await tx.execute('UPDATE sessions SET endedAt = ? WHERE subjectId = ? AND endedAt IS NULL', [
      this.clock.now(),
      subjectId,
    ]);
  }
}
