import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { SweepMerges } from './sweep-merges.js';

/** R2.1: an order that was being placed while its member was merged follows her. */
@Injectable()
@HandlesEvent(EventType.MemberMerged, 'sweep-when-member-merged')
export class SweepWhenMemberMerged implements EventHandler<'member.merged'> {
  constructor(private readonly sweep: SweepMerges) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'member.merged'>): Promise<void> {
    const { mergeId: id, fromMemberId, intoMemberId, at } = payload;
    await this.sweep.execute(tx, { id, fromMemberId, intoMemberId, at });
  }
}
