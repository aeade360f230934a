import { GuideNoticeKind } from '@mall/shared/guides';
import { type Fen, formatYuan } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { GuideNotices } from '../notices/notices.public.js';
import type { DisputeEntity } from './dispute.entity.js';

export interface Decided {
  outcome: 'granted' | 'refused';
  reason: string;
  movedFen: Fen;
  /** Who held the order's commissions before. */
  holders: readonly string[];
  /** Business clock. */
  at: number;
}

/** Tells who appealed what came of it, and whose commission moved why. */
@Injectable()
export class TellDecision {
  constructor(private readonly notices: GuideNotices) {}

  async execute(tx: Tx, { id: subjectId, guideId, orderNumber }: DisputeEntity, decided: Decided): Promise<void> {
    const { outcome, reason, movedFen, holders, at } = decided;
    const about = { kind: GuideNoticeKind.DisputeDecided, subjectId, at };
    const order = `订单尾号 ${orderNumber.slice(-6)}`;
    const granted = outcome === 'granted';
    const result = granted ? `${order}：佣金 ¥${formatYuan(movedFen)} 已归您。` : `${order}。`;
    const title = granted ? '申诉成立' : '申诉未通过';
    await this.notices.put(tx, { ...about, guideId, title, body: `${result}原因：${reason}` });
    if (!granted) return;
    for (const holder of holders.filter((each) => each !== guideId)) {
      const body = `${order} 的佣金经总部裁定归另一位导购。原因：${reason}`;
      await this.notices.put(tx, { ...about, guideId: holder, title: '佣金归属调整', body });
    }
  }
}
