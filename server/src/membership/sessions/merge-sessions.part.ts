import { Injectable } from '@nestjs/common';
import { SessionStore } from '../../platform/auth/session-store.js';
import type { Tx } from '../../platform/database/tx.js';
import { Idempotency } from '../../platform/http/idempotency.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { type MemberMerge, type MergePart, MergesMembers } from '../merging/merging.public.js';

/**
 * What the ground holds of a member: who was signed in as the closed entry goes on as the one that stays, an order sent
 * again by its key is still the same order, and an event that waits names her by the id that stands.
 */
@Injectable()
@MergesMembers('sessions')
export class MergeSessions implements MergePart {
  constructor(
    private readonly sessions: SessionStore,
    private readonly idempotency: Idempotency,
    private readonly outbox: Outbox,
  ) {}

  async merge(tx: Tx, { fromMemberId, intoMemberId }: MemberMerge): Promise<void> {
    await this.sessions.moveAll(tx, fromMemberId, intoMemberId);
    await this.idempotency.moveAll(tx, fromMemberId, intoMemberId);
    await this.outbox.rename(tx, 'memberId', fromMemberId, intoMemberId);
  }
}
