import { type MemberCase, MemberCaseState } from '@mall/shared/bindings';
import type { Page } from '@mall/shared/paging';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';
import { newId } from '../../platform/ids/ids.js';
import { type MemberEntity, Members } from '../members/members.public.js';
import { MemberCaseEntity } from './member-case.entity.js';

/** What a case is about. */
export interface Dispute {
  memberId: string;
  otherMemberId: string;
  /** The number that both claim; null: none. */
  phoneHash: string | null;
}

/** Two entries that may be one person, or a number that was recycled: HQ decides (R2.1, C4). */
@Injectable()
export class MemberCases {
  constructor(
    private readonly members: Members,
    private readonly clock: BusinessClock,
  ) {}

  /** Once for each pair; one that was decided without making them one opens again when the number is claimed again. */
  async open(tx: Tx, { memberId, otherMemberId, phoneHash }: Dispute): Promise<void> {
    const made = await tx.insertOnce(MemberCaseEntity, {
      id: newId('mcs'),
      memberId,
      otherMemberId,
      phoneHash,
      state: MemberCaseState.Open,
      openedAt: this.clock.now(),
      decidedAt: null,
      decidedBy: null,
      reason: null,
    });
    if (made) return;
    // What was decided then, by whom and why, is in the audit log.
    await tx.execute(
      `UPDATE member_cases SET state = 'open', phoneHash = ?, openedAt = ?, decidedAt = NULL, decidedBy = NULL, reason = NULL
       WHERE memberId = ? AND otherMemberId = ? AND state IN ('dismissed', 'released')`,
      [phoneHash, this.clock.now(), memberId, otherMemberId],
    );
  }

  async find(reader: Reader, id: string): Promise<MemberCaseEntity | null> {
    return reader.first<MemberCaseEntity>('SELECT * FROM member_cases WHERE id = ?', [id]);
  }

  async one(reader: Reader, id: string): Promise<MemberCase | null> {
    const row = await this.find(reader, id);
    return row === null ? null : ((await this.toCases(reader, [row]))[0] ?? null);
  }

  /** Newest first. */
  async page(
    reader: Reader,
    { state, cursor, limit }: { state?: MemberCaseState; cursor?: string; limit: number },
  ): Promise<Page<MemberCase>> {
    const rows = await reader.query<MemberCaseEntity>(
      `SELECT * FROM member_cases WHERE state = COALESCE(?, state) AND id < ? ORDER BY id DESC LIMIT ${limit + 1}`,
      [state ?? null, cursor ?? NEWEST],
    );
    return pageOf(await this.toCases(reader, rows), limit, (item) => item);
  }

  private async toCases(reader: Reader, rows: readonly MemberCaseEntity[]): Promise<MemberCase[]> {
    const ids = rows.flatMap(({ memberId, otherMemberId }) => [memberId, otherMemberId]);
    const members = new Map((await this.members.many(reader, ids)).map((member) => [member.id, member]));
    return rows.map(({ id, state, memberId, otherMemberId, openedAt, decidedAt, reason }) => ({
      id,
      state: state as MemberCaseState,
      member: this.sideOf(memberId, members.get(memberId)),
      holder: this.sideOf(otherMemberId, members.get(otherMemberId)),
      openedAt,
      decidedAt,
      reason,
    }));
  }

  private sideOf(memberId: string, member: MemberEntity | undefined): MemberCase['member'] {
    const { nicknameMasked, phoneTail } = this.members.masked(
      member ?? { id: memberId, nickname: null, phoneTail: null },
    );
    const joinedAt = member?.joinedAt ?? null;
    return { memberId, nicknameMasked, phoneTail, joinedAt, hasUnionid: (member?.unionid ?? null) !== null };
  }
}
