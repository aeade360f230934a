import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids/ids.js';
import type { ContactChange } from '../../wechat/wechat.public.js';
import { Follow } from './follow.js';
import { WecomContactEntity } from './wecom-contact.entity.js';
import { WecomEventEntity } from './wecom-event.entity.js';

const keyOf = ({ userId, externalUserId }: ContactChange): string => `${userId} ${externalUserId}`;

/** Writes down that a contact began or ended, once, in whatever order WeCom tells it; attribution is not touched (§10). */
@Injectable()
export class TakeContactChange {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: WallClock,
    private readonly follow: Follow,
  ) {}

  async execute(change: ContactChange): Promise<void> {
    const contactId = await this.unitOfWork.run(async (tx) => {
      const eventHash = createHash('sha256').update(change.eventKey).digest('hex');
      const fresh = await tx.insertOnce(WecomEventEntity, { eventHash, receivedAt: this.clock.now() });
      if (!fresh) return null;
      if (change.kind === 'added') return this.begin(tx, change);
      await this.end(tx, change);
      return null;
    });
    // The fact holds; a welcome lives 20 s and WeCom waits 5 s for its answer, so the rest runs beside the answer.
    if (contactId !== null) this.follow.start(contactId, change.welcomeCode, this.clock.now());
  }

  private async begin(tx: Tx, change: ContactChange): Promise<string | null> {
    const { userId, externalUserId, state, at } = change;
    // Its end was told first: the row is there and waits for its beginning.
    const ended = await tx.execute(
      `UPDATE wecom_contacts SET addedAt = ?, state = ?
       WHERE wecomUserId = ? AND externalUserId = ? AND addedAt IS NULL AND endedAt >= ?`,
      [at, state.slice(0, 30), userId, externalUserId, at],
    );
    if (ended > 0) return null;
    const guide = await tx.first<{ guideId: string }>('SELECT guideId FROM wecom_guides WHERE wecomUserId = ?', [
      userId,
    ]);
    const row: WecomContactEntity = {
      id: newId('wcc'),
      wecomUserId: userId,
      externalUserId,
      openKey: keyOf(change),
      guideId: guide?.guideId ?? null,
      memberId: null,
      linkedBy: null,
      unionid: null,
      state: state.slice(0, 30),
      addedAt: at,
      endedAt: null,
      endedBy: null,
      welcome: change.welcomeCode === '' ? 'none' : 'sending',
      lookAgainAt: this.clock.now(),
      looks: 0,
    };
    // Already contacts: WeCom tells the same relation twice when a code is scanned again.
    return (await tx.insertOnce(WecomContactEntity, row)) ? row.id : null;
  }

  private async end(tx: Tx, change: ContactChange): Promise<void> {
    const { userId, externalUserId, endedBy, at } = change;
    const closed = await tx.execute(
      `UPDATE wecom_contacts SET openKey = NULL, endedAt = ?, endedBy = ?, lookAgainAt = NULL
       WHERE openKey = ? AND addedAt <= ?`,
      [at, endedBy, keyOf(change), at],
    );
    if (closed > 0) return;
    await tx.insert(WecomContactEntity, {
      id: newId('wcc'),
      wecomUserId: userId,
      externalUserId,
      openKey: null,
      guideId: null,
      memberId: null,
      linkedBy: null,
      unionid: null,
      state: '',
      addedAt: null,
      endedAt: at,
      endedBy,
      welcome: 'none',
      lookAgainAt: null,
      looks: 0,
    });
  }
}
