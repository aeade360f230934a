import { type Fen, formatYuan } from '@mall/shared/money';
import type { MessageKind } from '@mall/shared/subscriptions';
import { businessTimeText } from '../../../platform/clock/business-day.js';

/** What happened, as the senders know it. Instants are business-clock epoch ms. */
export interface MessageFacts {
  'order-shipped': { goods: string; orderNumber: string; carrier: string; trackingNumber: string; at: number };
  'coupon-expiring': { coupon: string; expiresAt: number };
  'commission-available': { at: number };
  'payout-arrived': { at: number };
  'rate-changed': { goods: string; rate: string; effectiveFrom: number };
}

type Words = Readonly<Record<string, string>>;
interface Gathered {
  amountFen: Fen;
  /** How many facts one message stands for. */
  facts: number;
}

const WORDS: { [K in MessageKind]: (facts: MessageFacts[K], gathered: Gathered) => Words } = {
  'order-shipped': ({ goods, orderNumber, carrier, trackingNumber, at }) => ({
    goods,
    orderNumber,
    carrier,
    trackingNumber,
    time: businessTimeText(at),
  }),
  'coupon-expiring': ({ coupon, expiresAt }) => ({
    coupon,
    time: businessTimeText(expiresAt),
    hint: '到期后不能再用，点击查看',
  }),
  'commission-available': ({ at }, { amountFen, facts }) => ({
    amount: `${formatYuan(amountFen)}元`,
    time: businessTimeText(at),
    hint: facts > 1 ? `${facts} 笔佣金已可提现` : '佣金已可提现',
  }),
  'payout-arrived': ({ at }, { amountFen }) => ({
    amount: `${formatYuan(amountFen)}元`,
    time: businessTimeText(at),
    hint: '已到微信零钱',
  }),
  'rate-changed': ({ goods, rate, effectiveFrom }, { facts }) => ({
    goods: facts > 1 ? '多项商品' : goods,
    rate: facts > 1 ? `共 ${facts} 项调整，点击查看` : rate,
    time: businessTimeText(effectiveFrom),
  }),
};

/** What a message says, by our words; the shop's template decides which of them are shown. */
export function wordsOf<K extends MessageKind>(kind: K, facts: MessageFacts[K], gathered: Gathered): Words {
  return WORDS[kind](facts, gathered);
}
