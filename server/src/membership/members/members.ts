import { ContactPreference } from '@mall/shared/membership';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { SealedText } from '../../platform/crypto/sealed-text.js';
import { isDuplicateKey, RetryTransaction } from '../../platform/database/database-errors.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { ProblemError, sessionExpired } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { CLOSED_NAME, maskNickname, maskPhone } from './domain/mask.js';
import { MemberEntity } from './member.entity.js';
import { MemberIdentityEntity } from './member-identity.entity.js';

export interface WechatPerson {
  appId: string;
  openid: string;
  /** Null while WeChat names none. */
  unionid: string | null;
}

export interface Joining {
  memberId: string;
  /** Digits without country code. */
  phone: string;
  countryCode: string;
  /** Business clock. */
  at: number;
}

/** What others may see of a member (R2.6). */
export interface MaskedMember {
  id: string;
  nicknameMasked: string;
  phoneTail: string | null;
}

/** People: who is who, and who has joined. */
@Injectable()
export class Members {
  constructor(
    private readonly clock: BusinessClock,
    private readonly sealed: SealedText,
  ) {}

  /**
   * The member behind a WeChat login, made at the first one. A known openid decides; a new one joins the member of the
   * same unionid (R2.1). Unique keys make simultaneous first logins of one person one member.
   */
  async findOrCreateByWechat(tx: Tx, person: WechatPerson): Promise<MemberEntity> {
    const known = await this.byIdentity(tx, person);
    if (known === null) return this.attach(tx, person);
    await tx.execute('UPDATE member_identities SET signedInAt = ? WHERE appId = ? AND openid = ?', [
      this.clock.now(),
      person.appId,
      person.openid,
    ]);
    return (await this.twinOf(tx, known.id, person)) === null ? this.learnUnionid(tx, known, person.unionid) : known;
  }

  /** Another entry that holds the unionid which WeChat names for this one: the two are to be merged. Null: none. */
  async twinOf(reader: Reader, memberId: string, { unionid }: Pick<WechatPerson, 'unionid'>): Promise<string | null> {
    const holder = await this.holderOfUnionid(reader, unionid);
    return holder === null || holder.id === memberId ? null : holder.id;
  }

  /** A new openid: of the member who holds its unionid, else of a new one. */
  private async attach(tx: Tx, person: WechatPerson): Promise<MemberEntity> {
    const twin = await this.holderOfUnionid(tx, person.unionid);
    const { member, made } = twin === null ? await this.create(tx, person.unionid) : { member: twin, made: false };
    const attached = await tx.insertOnce(MemberIdentityEntity, {
      appId: person.appId,
      openid: person.openid,
      memberId: member.id,
      createdAt: this.clock.now(),
      signedInAt: this.clock.now(),
    });
    if (attached) return member;
    // Another login of the same openid was faster: its member counts, and a row made here in vain goes.
    const winner = await this.byIdentity(tx, person);
    if (winner === null) throw new Error('an identity was refused as a duplicate and is not there');
    if (made) await tx.execute('DELETE FROM members WHERE id = ?', [member.id]);
    return winner;
  }

  async find(reader: Reader, id: string): Promise<MemberEntity | null> {
    return reader.first<MemberEntity>('SELECT * FROM members WHERE id = ?', [id]);
  }

  /** Takes the entry for this transaction: it is neither closed nor merged meanwhile. False: it is already. */
  async hold(tx: Tx, id: string): Promise<boolean> {
    const sql = 'UPDATE members SET createdAt = createdAt WHERE id = ? AND closedAt IS NULL AND mergedInto IS NULL';
    return (await tx.execute(sql, [id])) === 1;
  }

  /** The entry that stands for `id`: itself, or the one into which it was merged (R2.1). */
  async standing(reader: Reader, id: string): Promise<MemberEntity> {
    let row = await this.find(reader, id);
    // A merge repoints those before it; a chain can only be as long as merges that are under way.
    for (let steps = 0; row !== null && row.mergedInto !== null && steps < 5; steps += 1) {
      row = await this.find(reader, row.mergedInto);
    }
    if (row === null || row.mergedInto !== null) throw new Error(`no entry stands for member ${id}`);
    return row;
  }

  /** Who holds a verified number; null: nobody. */
  async byPhone(reader: Reader, number: { phone: string; countryCode: string }): Promise<MemberEntity | null> {
    const hashes = this.sealed.lookupHashes(spelled(number));
    const row = await reader.first<{ id: string }>(
      `SELECT id FROM members WHERE phoneHash IN (${hashes.map(() => '?').join(', ')})`,
      hashes,
    );
    return row === null ? null : this.standing(reader, row.id);
  }

  /**
   * Takes a number that was recycled (R2.1) from a member, whichever of her entries keeps it; any other number of hers
   * stays, and she stays a member. No change when she holds it no more.
   */
  async releasePhone(tx: Tx, memberId: string, phoneHash: string): Promise<void> {
    const entries = await this.entriesOf(tx, memberId);
    await tx.execute(
      `UPDATE members SET phoneSealed = NULL, phoneHash = NULL, phoneTail = NULL
       WHERE phoneHash = ? AND id IN (${entries.map(() => '?').join(', ')})`,
      [phoneHash, ...entries],
    );
  }

  /** In no particular order; unknown ids are left out. */
  async many(reader: Reader, ids: readonly string[]): Promise<MemberEntity[]> {
    if (ids.length === 0) return [];
    const unique = [...new Set(ids)];
    return reader.query<MemberEntity>(
      `SELECT * FROM members WHERE id IN (${unique.map(() => '?').join(', ')})`,
      unique,
    );
  }

  /** Whether one mini-program knows both, by two openids: without a unionid nothing says that they are one person. */
  async shareMiniProgram(reader: Reader, oneId: string, otherId: string): Promise<boolean> {
    const row = await reader.first(
      `SELECT one.appId FROM member_identities one JOIN member_identities other ON other.appId = one.appId
       WHERE one.memberId = ? AND other.memberId = ? LIMIT 1`,
      [oneId, otherId],
    );
    return row !== null;
  }

  /** The member's id and those of the entries that were merged into it (R2.1). */
  async entriesOf(reader: Reader, memberId: string): Promise<string[]> {
    const rows = await reader.query<{ id: string }>('SELECT id FROM members WHERE mergedInto = ? ORDER BY id', [
      memberId,
    ]);
    return [memberId, ...rows.map(({ id }) => id)];
  }

  /** The name that others see of her, masked. False: the entry was merged or closed. */
  async rename(tx: Tx, memberId: string, nickname: string): Promise<boolean> {
    const renamed = await tx.execute(
      'UPDATE members SET nickname = ? WHERE id = ? AND mergedInto IS NULL AND closedAt IS NULL',
      [nickname, memberId],
    );
    return renamed === 1;
  }

  /** Who may write to her (R2.5). */
  async setContactPreference(tx: Tx, memberId: string, preference: ContactPreference): Promise<void> {
    await tx.execute('UPDATE members SET contactPreference = ? WHERE id = ?', [preference, memberId]);
  }

  /** Payments name the payer by it: of several accounts of one person, the one that signed in last. Null: she never signed in through that mini-program. */
  async openidOf(reader: Reader, memberId: string, appId: string): Promise<string | null> {
    const row = await reader.first<{ openid: string }>(
      'SELECT openid FROM member_identities WHERE memberId = ? AND appId = ? ORDER BY COALESCE(signedInAt, createdAt) DESC, openid LIMIT 1',
      [memberId, appId],
    );
    return row?.openid ?? null;
  }

  /**
   * Makes a visitor a member, once, with a number that nobody holds: ask {@link byPhone} first. Throws 409
   * `already-member`, 401 `session-expired` when she closed her account meanwhile; runs the transaction again when
   * somebody took the number meanwhile.
   */
  async markJoined(tx: Tx, joining: Joining): Promise<void> {
    const { phone, at, memberId } = joining;
    const changed = await this.tryWithPhone(() =>
      tx.execute(
        `UPDATE members SET joinedAt = ?, phoneSealed = ?, phoneHash = ?, phoneTail = ?
         WHERE id = ? AND joinedAt IS NULL AND mergedInto IS NULL AND closedAt IS NULL`,
        [at, this.sealed.seal(phone), this.hashOf(joining), phone.slice(-4), memberId],
      ),
    );
    if (changed === 1) return;
    const row = await this.find(tx, memberId);
    // Her session ended with her account: she is told what every later call is told.
    if (row?.closedAt !== null) throw sessionExpired();
    throw new ProblemError(ProblemType.AlreadyMember, { detail: '您已经是会员' });
  }

  /** Her number in full, for her own copy of her data; null until she has joined. */
  phoneOf(member: MemberEntity): string | null {
    return member.phoneSealed === null ? null : this.sealed.open(member.phoneSealed);
  }

  /** `138****8001`, for the member's own eyes; null until she has joined. */
  phoneMasked(member: MemberEntity): string | null {
    const phone = this.phoneOf(member);
    return phone === null ? null : maskPhone(phone);
  }

  /** What others may see of a member; of one who closed her account, that she did. */
  masked(
    member: Pick<MemberEntity, 'id' | 'nickname' | 'phoneTail'> & Partial<Pick<MemberEntity, 'closedAt'>>,
  ): MaskedMember {
    const isClosed = (member.closedAt ?? null) !== null;
    const nicknameMasked = isClosed ? CLOSED_NAME : maskNickname(member.nickname);
    return { id: member.id, nicknameMasked, phoneTail: member.phoneTail };
  }

  /** Who signs in with this account of a mini-program; null: nobody. */
  async byOpenid(reader: Reader, appId: string, openid: string): Promise<string | null> {
    return (await this.byIdentity(reader, { appId, openid }))?.id ?? null;
  }

  private async byIdentity(
    tx: Reader,
    { appId, openid }: Pick<WechatPerson, 'appId' | 'openid'>,
  ): Promise<MemberEntity | null> {
    return tx.first<MemberEntity>(
      `SELECT m.* FROM member_identities i JOIN members e ON e.id = i.memberId
       JOIN members m ON m.id = COALESCE(e.mergedInto, e.id) WHERE i.appId = ? AND i.openid = ?`,
      [appId, openid],
    );
  }

  /** The member who holds a unionid, whichever of her entries keeps it; null: nobody. */
  async holderOfUnionid(reader: Reader, unionid: string | null): Promise<MemberEntity | null> {
    if (unionid === null) return null;
    return reader.first<MemberEntity>(
      `SELECT m.* FROM members e JOIN members m ON m.id = COALESCE(e.mergedInto, e.id) WHERE e.unionid = ?`,
      [unionid],
    );
  }

  private async create(tx: Tx, unionid: string | null): Promise<{ member: MemberEntity; made: boolean }> {
    const member: MemberEntity = {
      id: newId('mem'),
      unionid,
      nickname: null,
      phoneSealed: null,
      phoneHash: null,
      phoneTail: null,
      joinedAt: null,
      createdAt: this.clock.now(),
      contactPreference: ContactPreference.Guide,
      mergedInto: null,
      closedAt: null,
    };
    if (await tx.insertOnce(MemberEntity, member)) return { member, made: true };
    const other = await this.holderOfUnionid(tx, unionid);
    if (other === null) throw new Error('a unionid was refused as a duplicate and is not there');
    return { member: other, made: false };
  }

  private async learnUnionid(tx: Tx, member: MemberEntity, unionid: string | null): Promise<MemberEntity> {
    if (unionid === null || member.unionid !== null) return member;
    try {
      await tx.execute('UPDATE members SET unionid = ? WHERE id = ? AND unionid IS NULL', [unionid, member.id]);
      return { ...member, unionid };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // Another entry took it a moment ago: in a new transaction it is a twin.
      throw new RetryTransaction(`the unionid of ${member.id} was taken by another entry`);
    }
  }

  private async tryWithPhone(update: () => Promise<number>): Promise<number> {
    try {
      return await update();
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new RetryTransaction('another entry took the number a moment ago');
    }
  }

  /** How a verified number is found again; the number does not follow from it. */
  hashOf({ phone, countryCode }: { phone: string; countryCode: string }): string {
    return this.sealed.lookupHash(spelled({ phone, countryCode }));
  }
}

function spelled({ phone, countryCode }: { phone: string; countryCode: string }): string {
  return `+${countryCode} ${phone}`;
}
