import type { HandOver } from '@mall/shared/bindings';
import { GuideNoticeKind, GuideStatus } from '@mall/shared/guides';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type Guide, Guides } from '../guides/guides.public.js';
import { GuideNotices } from '../notices/notices.public.js';
import type { BindingEntity } from './binding.entity.js';
import { Bindings } from './bindings.js';
import { takerAt } from './domain/split-evenly.js';
import type { HandOverEntity } from './hand-over.entity.js';

/** Members in one transaction: about as many statements as an order has, some dozen times. */
const BATCH = 25;
const MAX_TRIES = 5;

export function toHandOver(row: HandOverEntity): HandOver {
  const { id, fromGuideId, toGuideIdsJson, reason, moved, startedAt, finishedAt } = row;
  const toGuideIds = JSON.parse(toGuideIdsJson) as string[];
  const finished = finishedAt !== null;
  return { handOverId: id, fromGuideId, toGuideIds, reason, moved, finished, startedAt, finishedAt };
}

/**
 * Moves the members of a hand-over, a bounded number in each transaction (R2.4). Whoever calls it, and however often,
 * each member moves once: the key on (member, cause, hand-over) decides.
 */
@Injectable()
export class MoveMembers {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly bindings: Bindings,
    private readonly guides: Guides,
    private readonly notices: GuideNotices,
    private readonly clock: BusinessClock,
  ) {}

  /** @param most transactions at most; what they leave is for the next call */
  async execute(handOverId: string, most: number, signal?: AbortSignal): Promise<HandOverEntity> {
    let after = '';
    for (let batch = 0; batch < most && !signal?.aborted; batch += 1) {
      const last = await this.unitOfWork.run((tx) => this.moveBatch(tx, handOverId, after));
      if (last === null) break;
      after = last;
    }
    return this.unitOfWork.run((tx) => this.read(tx, handOverId));
  }

  /** The last binding that was looked at; null: nothing is left. */
  private async moveBatch(tx: Tx, handOverId: string, after: string): Promise<string | null> {
    const open = await tx.execute('UPDATE hand_overs SET batches = batches + 1 WHERE id = ? AND finishedAt IS NULL', [
      handOverId,
    ]);
    if (open === 0) return null;
    const handOver = await this.read(tx, handOverId);
    const ids = JSON.parse(handOver.toGuideIdsJson) as string[];
    const serving = (await this.guides.many(tx, ids)).filter(({ status }) => status === GuideStatus.Active);
    // In HQ's order, so that the split does not depend on the database's.
    const takers = serving.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
    // If nobody of them serves any more, HQ has to name others: this one is over.
    const rows = takers.length === 0 ? [] : await this.candidates(tx, handOver, after);
    let { moved } = handOver;
    for (const { memberId } of rows) if (await this.moveOne(tx, handOver, memberId, takers, moved)) moved += 1;
    await tx.execute('UPDATE hand_overs SET moved = ? WHERE id = ?', [moved, handOverId]);
    if (rows.length === BATCH) return rows.at(-1)?.id ?? null;
    await this.finish(tx, handOver);
    return null;
  }

  private async candidates(tx: Tx, handOver: HandOverEntity, after: string): Promise<BindingEntity[]> {
    return tx.query<BindingEntity>(
      `SELECT b.* FROM bindings b WHERE b.guideId = ? AND b.id > ?
         AND NOT EXISTS (SELECT 1 FROM bindings n WHERE n.memberId = b.memberId AND n.memberSequence > b.memberSequence)
       ORDER BY b.id LIMIT ${BATCH}`,
      [handOver.fromGuideId, after],
    );
  }

  /** Whether the member moved. Who is bound to somebody else by now, or no longer validly, is left alone. */
  private async moveOne(
    tx: Tx,
    handOver: HandOverEntity,
    memberId: string,
    takers: readonly Guide[],
    moved: number,
  ): Promise<boolean> {
    // Nobody is her own customer (R3.3).
    const may = takers.filter((taker) => taker.memberId !== memberId);
    const taker = takerAt(may, moved);
    if (taker === null) return false;
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const at = this.clock.now();
      const expectedSequence = await this.bindings.sequence(tx, memberId);
      const current = await this.bindings.current(tx, memberId, at);
      if (current === null || !current.isValid || current.guideId !== handOver.fromGuideId) return false;
      // She chose her old guide again after this hand-over had moved her: that stands.
      if (await this.bindings.causedBy(tx, memberId, 'hand_over', handOver.id)) return false;
      const bound = await this.bindings.bind(tx, {
        memberId,
        expectedSequence,
        guideId: taker.id,
        storeId: taker.storeId,
        cause: 'hand_over',
        causeId: handOver.id,
        at,
        actorId: handOver.actorId,
      });
      if (bound.outcome === 'bound') return true;
    }
    throw new Error('bindings of one member keep changing: the hand-over is tried again later');
  }

  private async finish(tx: Tx, { id, fromGuideId, toGuideIdsJson }: HandOverEntity): Promise<void> {
    const at = this.clock.now();
    await tx.execute('UPDATE hand_overs SET finishedAt = ?, openOf = NULL WHERE id = ?', [at, id]);
    const from = await this.guides.find(tx, fromGuideId);
    const takers = JSON.parse(toGuideIdsJson) as string[];
    const received = await tx.query<{ guideId: string; n: number }>(
      `SELECT guideId, COUNT(*) AS n FROM bindings WHERE guideId IN (${takers.map(() => '?').join(', ')})
         AND cause = 'hand_over' AND causeId = ? GROUP BY guideId`,
      [...takers, id],
    );
    for (const { guideId, n } of received) {
      await this.notices.put(tx, {
        guideId,
        kind: GuideNoticeKind.CustomersReceived,
        subjectId: id,
        title: `收到 ${n} 位客户`,
        body: `总部把${from?.name ?? '原导购'}的 ${n} 位客户移交给您，请在“我的客户”中查看。移交前的订单佣金仍归原导购。`,
        at,
      });
    }
  }

  private async read(tx: Tx, id: string): Promise<HandOverEntity> {
    const row = await tx.first<HandOverEntity>('SELECT * FROM hand_overs WHERE id = ?', [id]);
    if (row === null) throw new Error(`hand-over ${id} is gone`);
    return row;
  }
}
