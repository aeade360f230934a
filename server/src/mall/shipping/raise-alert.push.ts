import { WechatAlertKind } from '@mall/shared/shipping';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { HandlesPush, type PushHandler, type PushMessage, pushText } from '../../wechat/wechat.public.js';
import type { OrderEntity } from '../orders/orders.public.js';
import { WechatAlertEntity } from './wechat-alert.entity.js';

const LONGEST_DETAIL = 300;

const KINDS: Record<string, WechatAlertKind> = {
  trade_manage_remind_shipping: WechatAlertKind.ShippingOverdue,
  trade_manage_remind_access_api: WechatAlertKind.ShippingNotSetUp,
  wxa_trade_controlled: WechatAlertKind.TradeControlled,
};

const WORDS: Record<WechatAlertKind, string> = {
  [WechatAlertKind.ShippingOverdue]: '微信提醒：这笔订单还没有录入发货信息',
  [WechatAlertKind.ShippingNotSetUp]: '微信提醒：小程序需要接入发货信息管理服务',
  [WechatAlertKind.TradeControlled]: '微信通知：小程序的交易功能受到管控',
};

/** Things that WeChat wants mended: a person has to look. One alert for an order, however often WeChat reminds. */
@Injectable()
@HandlesPush('trade_manage_remind_shipping', 'trade_manage_remind_access_api', 'wxa_trade_controlled')
export class RaiseAlert implements PushHandler {
  constructor(
    private readonly businessClock: BusinessClock,
    private readonly clock: WallClock,
  ) {}

  async handle(tx: Tx, { id, event, createdAt, fields }: PushMessage): Promise<void> {
    const kind = KINDS[event];
    if (kind === undefined) return;
    const number = pushText(fields, 'merchant_trade_no');
    const order =
      number === '' ? null : await tx.first<OrderEntity>('SELECT * FROM orders WHERE orderNumber = ?', [number]);
    const said = pushText(fields, 'msg').trim();
    const now = this.businessClock.now();
    await tx.insertOnce(WechatAlertEntity, {
      id: newId('wal'),
      kind,
      subjectId: order?.id ?? id,
      orderId: order?.id ?? null,
      detail: [...(said === '' ? WORDS[kind] : said)].slice(0, LONGEST_DETAIL).join(''),
      occurredAt: createdAt === null ? now : Math.min(now, createdAt + this.businessClock.offset),
      recordedAt: this.clock.now(),
      doneAt: null,
      doneBy: null,
    });
  }
}
