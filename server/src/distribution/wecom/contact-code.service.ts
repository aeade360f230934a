import { ContactPreference } from '@mall/shared/membership';
import { ProblemType } from '@mall/shared/problems';
import type { ContactCode } from '@mall/shared/wecom';
import { Injectable } from '@nestjs/common';
import { Members } from '../../membership/members/members.public.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import { newCode, newId } from '../../platform/ids/ids.js';
import { WecomClient } from '../../wechat/wechat.public.js';
import { Bindings } from '../bindings/bindings.public.js';
import { WecomContactWayEntity } from './wecom-contact-way.entity.js';

/** 30^20 values in the 30 characters that WeCom allows. */
const STATE_LENGTH = 20;

interface Served {
  name: string;
  storeName: string;
  wecomUserId: string | null;
}

const none = (reason: 'off' | 'not_wanted' | 'no_guide' | 'not_connected'): ContactCode => ({
  available: false,
  reason,
});

/** The code with which a member adds her guide in WeCom; made when she first asks for it, and kept (§10, R2.5). */
@Injectable()
export class FindContactCode {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly members: Members,
    private readonly bindings: Bindings,
    private readonly wecom: WecomClient,
    private readonly clock: BusinessClock,
  ) {}

  async execute(memberId: string): Promise<ContactCode> {
    const found = await this.unitOfWork.run(async (tx) => {
      const served = await this.servedBy(tx, memberId);
      if ('available' in served) return served;
      return { guide: served, way: await this.wayOf(tx, served.memberId, served.wecomUserId) };
    });
    if ('available' in found) return found;
    const { guide, way } = found;
    const qrCode = way.qrCode ?? (await this.make(way, guide.name));
    if (qrCode === null) return none('not_connected');
    return { available: true, guideName: guide.name, storeName: guide.storeName, codeImageUrl: qrCode };
  }

  /** Whether there is a code to ask for; asks nobody and makes none. */
  async isOffered(reader: Reader, memberId: string): Promise<boolean> {
    return !('available' in (await this.servedBy(reader, memberId)));
  }

  private async servedBy(reader: Reader, memberId: string) {
    if (!this.wecom.isConfigured) return none('off');
    const member = await this.members.standing(reader, memberId);
    if (member.contactPreference !== ContactPreference.Guide) return none('not_wanted');
    const guide = await this.guideOf(reader, member.id);
    if (guide === null) return none('no_guide');
    const { wecomUserId } = guide;
    return wecomUserId === null ? none('not_connected') : { ...guide, wecomUserId, memberId: member.id };
  }

  private async guideOf(reader: Reader, memberId: string): Promise<Served | null> {
    const binding = await this.bindings.current(reader, memberId, this.clock.now());
    if (!binding?.isValid || binding.guideId === null) return null;
    return reader.first<Served>(
      `SELECT g.name, s.name AS storeName, w.wecomUserId FROM guides g JOIN stores s ON s.id = g.storeId
         LEFT JOIN wecom_guides w ON w.guideId = g.id WHERE g.id = ? AND g.status = 'active'`,
      [binding.guideId],
    );
  }

  /** The row stands before WeCom is asked: another try uses the same state, so both codes would name the same member. */
  private async wayOf(tx: Tx, memberId: string, wecomUserId: string) {
    const wayKey = `${wecomUserId} ${memberId}`;
    await tx.insertOnce(WecomContactWayEntity, {
      id: newId('wcw'),
      memberId,
      wecomUserId,
      wayKey,
      state: newCode(STATE_LENGTH),
      configId: null,
      qrCode: null,
      createdAt: this.clock.now(),
    });
    return readWay(tx, wayKey);
  }

  private async make(way: WecomContactWayEntity, guideName: string): Promise<string | null> {
    const remark = `商城客户 ${guideName}`.slice(0, 30);
    const made = await this.wecom.addContactWay({ userId: way.wecomUserId, state: way.state, remark });
    if (made.outcome === 'unknown') {
      throw new ProblemError(ProblemType.DependencyUnavailable, { detail: '企业微信暂时没有回应，请稍后再试' });
    }
    if (made.outcome === 'refused') return null;
    const { configId, qrCode } = made.value;
    return this.unitOfWork.run(async (tx) => {
      await tx.execute('UPDATE wecom_contact_ways SET configId = ?, qrCode = ? WHERE id = ? AND configId IS NULL', [
        configId,
        qrCode,
        way.id,
      ]);
      return (
        (await tx.first<WecomContactWayEntity>('SELECT * FROM wecom_contact_ways WHERE id = ?', [way.id]))?.qrCode ??
        qrCode
      );
    });
  }
}

async function readWay(tx: Tx, wayKey: string): Promise<WecomContactWayEntity> {
  const row = await tx.first<WecomContactWayEntity>('SELECT * FROM wecom_contact_ways WHERE wayKey = ?', [wayKey]);
  if (row === null) throw new Error('a contact way was refused as a duplicate and is not there');
  return row;
}
