import { createHash, randomBytes } from 'node:crypto';
import type { HqRole } from '@mall/shared/hq';
import { Injectable } from '@nestjs/common';
import { WallClock } from '../clock/wall-clock.js';
import type { Reader, Tx } from '../database/tx.js';
import { newId } from '../ids/ids.js';
import type { Actor } from './actor.js';
import { SessionEntity } from './session.entity.js';

const LIFETIME_MS = { member: 7 * 86_400_000, hq: 12 * 3_600_000 };

export type SessionSubject =
  | { kind: 'member'; memberId: string }
  | { kind: 'hq'; userId: string; username: string; role: HqRole };

export type SessionLookup = { state: 'active'; actor: Actor } | { state: 'expired' } | { state: 'unknown' };

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function toActor(row: SessionEntity): Actor {
  if (row.actorKind === 'member') return { kind: 'member', sessionId: row.id, memberId: row.subjectId };
  return {
    kind: 'hq',
    sessionId: row.id,
    userId: row.subjectId,
    username: row.username ?? '',
    role: row.hqRole as HqRole,
  };
}

/** Opaque bearer tokens on the wall clock: members 7 days, HQ 12 hours. */
@Injectable()
export class SessionStore {
  constructor(private readonly clock: WallClock) {}

  async open(tx: Tx, subject: SessionSubject): Promise<{ token: string; expiresAt: number }> {
    const token = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    const expiresAt = now + LIFETIME_MS[subject.kind];
    await tx.insert(SessionEntity, {
      id: newId('ses'),
      tokenHash: hashOf(token),
      actorKind: subject.kind,
      subjectId: subject.kind === 'member' ? subject.memberId : subject.userId,
      username: subject.kind === 'hq' ? subject.username : null,
      hqRole: subject.kind === 'hq' ? subject.role : null,
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
    return { state: 'active', actor: toActor(row) };
  }

  async end(tx: Tx, sessionId: string): Promise<void> {
    await tx.execute('UPDATE sessions SET endedAt = ? WHERE id = ? AND endedAt IS NULL', [this.clock.now(), sessionId]);
  }

  /** Signs a subject out everywhere, e.g. when an HQ password changes. */
  async endAll(tx: Tx, subjectId: string): Promise<void> {
    await tx.execute('UPDATE sessions SET endedAt = ? WHERE subjectId = ? AND endedAt IS NULL', [
      this.clock.now(),
      subjectId,
    ]);
  }
}
