import { Injectable } from '@nestjs/common';
import { Members } from '../../membership/members/members.public.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import type { Reader } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { WecomClient } from '../../wechat/wechat.public.js';
import type { WecomContactEntity } from './wecom-contact.entity.js';

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 60 * MINUTE_MS;

interface Found {
  memberId: string;
  linkedBy: 'unionid' | 'state';
}

/** Finds the member behind a contact: by the unionid that WeCom tells, else by the state of the code (§10). */
@Injectable()
export class IdentifyContact {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly wecom: WecomClient,
    private readonly members: Members,
    private readonly clock: WallClock,
  ) {}

  /** True when she became known. Otherwise it is tried again later, less and less often: she may sign in tomorrow. */
  async execute(contactId: string): Promise<boolean> {
    const row = await this.database.first<WecomContactEntity>('SELECT * FROM wecom_contacts WHERE id = ?', [contactId]);
    if (row === null || row.memberId !== null || row.endedAt !== null) return false;
    let { unionid } = row;
    let isGone = false;
    if (unionid === null) {
      const answer = await this.wecom.externalContact(row.externalUserId);
      if (answer.outcome === 'unknown') return this.put(row, null, null, false);
      isGone = answer.outcome === 'refused' && answer.reason === 'gone';
      unionid = answer.outcome === 'ok' ? answer.value.unionid : null;
    }
    return this.put(row, unionid, await this.whose(this.database, unionid, row.state), isGone);
  }

  /**
   * The unionid decides. The state speaks only for a member whose unionid nobody knows: a code that was passed on to a
   * friend carries the state of the one who passed it on.
   */
  private async whose(reader: Reader, unionid: string | null, state: string): Promise<Found | null> {
    const holder = await this.members.holderOfUnionid(reader, unionid);
    if (holder !== null) return { memberId: holder.id, linkedBy: 'unionid' };
    const way = await reader.first<{ memberId: string }>('SELECT memberId FROM wecom_contact_ways WHERE state = ?', [
      state,
    ]);
    if (way === null) return null;
    const member = await this.members.standing(reader, way.memberId);
    if (unionid !== null && member.unionid !== null) return null;
    return { memberId: member.id, linkedBy: 'state' };
  }

  private async put(
    row: WecomContactEntity,
    unionid: string | null,
    found: Found | null,
    isGone: boolean,
  ): Promise<boolean> {
    const wait = Math.min(LONGEST_WAIT_MS, MINUTE_MS * 2 ** Math.min(row.looks, 10));
    const lookAgainAt = found !== null || isGone ? null : this.clock.now() + wait;
    const changed = await this.unitOfWork.run((tx) =>
      tx.execute(
        `UPDATE wecom_contacts SET unionid = COALESCE(?, unionid), memberId = ?, linkedBy = ?, lookAgainAt = ?,
           looks = looks + 1 WHERE id = ? AND memberId IS NULL AND endedAt IS NULL`,
        [unionid, found?.memberId ?? null, found?.linkedBy ?? null, lookAgainAt, row.id],
      ),
    );
    return found !== null && changed > 0;
  }
}
