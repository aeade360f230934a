import type { BindingStep, HandOver, MemberBindings } from '@mall/shared/bindings';
import { Inject, Injectable } from '@nestjs/common';
import { Members } from '../../membership/members/members.public.js';
import { HQ_USER_DIRECTORY, type HqUserDirectory } from '../../platform/auth/hq-user-directory.js';
import { businessTimeText } from '../../platform/clock/business-day.js';
import { Database } from '../../platform/database/database.js';
import { Guides } from '../guides/guides.public.js';
import { Stores } from '../stores/stores.public.js';
import type { BindingEntity } from './binding.entity.js';
import { stepSentence } from './domain/binding-sentences.js';
import type { HandOverEntity } from './hand-over.entity.js';
import { toHandOver } from './move-members.service.js';

const marks = (values: readonly string[]): string => values.map(() => '?').join(', ');

/** How a member came to be whose customer she is, for HQ: every step with its cause, author and reason (R2.3). */
@Injectable()
export class BindingHistoryQueries {
  constructor(
    private readonly database: Database,
    private readonly members: Members,
    private readonly guides: Guides,
    private readonly stores: Stores,
    @Inject(HQ_USER_DIRECTORY) private readonly hqUsers: HqUserDirectory,
  ) {}

  async handOver(id: string): Promise<HandOver | null> {
    const row = await this.database.first<HandOverEntity>('SELECT * FROM hand_overs WHERE id = ?', [id]);
    return row === null ? null : toHandOver(row);
  }

  /** Newest first, the steps of entries that were merged into this one among them; null for an unknown member. */
  async ofMember(memberId: string): Promise<MemberBindings | null> {
    const member = await this.members.find(this.database, memberId);
    if (member === null) return null;
    const { nicknameMasked, phoneTail } = this.members.masked(member);
    const entries = await this.members.entriesOf(this.database, memberId);
    const rows = await this.database.query<BindingEntity>(
      `SELECT * FROM bindings WHERE memberId IN (${marks(entries)}) ORDER BY startsAt DESC, id DESC LIMIT 200`,
      entries,
    );
    return { memberId, nicknameMasked, phoneTail, steps: await this.stepsOf(rows) };
  }

  private async stepsOf(rows: readonly BindingEntity[]): Promise<BindingStep[]> {
    const guideIds = rows.flatMap(({ guideId, fromGuideId }) => [guideId, fromGuideId].filter((id) => id !== null));
    const guides = new Map((await this.guides.many(this.database, guideIds)).map((guide) => [guide.id, guide]));
    const storeIds = rows.flatMap(({ storeId }) => storeId ?? []);
    const stores = new Map((await this.stores.many(this.database, storeIds)).map((store) => [store.id, store.name]));
    const reasons = await this.handOverReasons(rows);
    const actors = await this.actorNames(rows);
    const named = (id: string | null) => (id === null ? null : { id, name: guides.get(id)?.name ?? id });
    return rows.map((row) => {
      const [from, to] = [named(row.fromGuideId), named(row.guideId)];
      const actor = actors.get(row.actorId ?? '') ?? '系统规则';
      const reason = row.reason ?? reasons.get(row.causeId ?? '') ?? null;
      const timeText = businessTimeText(row.startsAt);
      const names = { fromName: from?.name ?? null, toName: to?.name ?? null };
      return {
        id: row.id,
        memberId: row.memberId,
        at: row.startsAt,
        from,
        to,
        storeName: stores.get(row.storeId ?? '') ?? null,
        cause: row.cause,
        causeId: row.causeId,
        actor,
        reason,
        protectedUntil: row.protectedUntil,
        validUntil: row.validUntil,
        sentence: stepSentence({ timeText, ...names, cause: row.cause, actor, reason }),
      };
    });
  }

  private async handOverReasons(rows: readonly BindingEntity[]): Promise<Map<string, string>> {
    const ids = [...new Set(rows.flatMap(({ cause, causeId }) => (cause === 'hand_over' ? (causeId ?? []) : [])))];
    if (ids.length === 0) return new Map();
    const found = await this.database.query<HandOverEntity>(
      `SELECT id, reason FROM hand_overs WHERE id IN (${marks(ids)})`,
      ids,
    );
    return new Map(found.map(({ id, reason }) => [id, reason]));
  }

  private async actorNames(rows: readonly BindingEntity[]): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (const id of new Set(rows.flatMap(({ actorId }) => actorId ?? []))) {
      if (id.startsWith('mem_')) names.set(id, '会员本人');
      else names.set(id, `总部 ${(await this.hqUsers.nameOf(this.database, id)) ?? id}`);
    }
    return names;
  }
}
