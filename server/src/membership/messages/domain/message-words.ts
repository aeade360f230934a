import { type Fen, formatYuan } from '@mall/shared/money';
import type { MessageKind } from '@mall/shared/subscriptions';

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
  /** Writes an instant as Shanghai's wall time, `2026-11-22 09:30`. */
  timeText: (at: number) => string;
}

const WORDS: { [K in MessageKind]: (facts: MessageFacts[K], gathered: Gathered) => Words } = {
  'order-shipped': ({ goods, orderNumber, carrier, trackingNumber, at }, { timeText }) => ({
    goods,
    orderNumber,
    carrier,
    trackingNumber,
    time: timeText(at),
  }),
  'coupon-expiring': ({ coupon, expiresAt }, { timeText }) => ({
    coupon,
    time: timeText(expiresAt),
    hint: '到期后不能再用，点击查看',
  }),
  'commission-available': ({ at }, { amountFen, facts, timeText }) => ({
    amount: `${formatYuan(amountFen)}元`,
    time: timeText(at),
    hint: facts > 1 ? `${facts} 笔佣金已可提现` : '佣金已可提现',
  }),
  'payout-arrived': ({ at }, { amountFen, timeText }) => ({
    amount: `${formatYuan(amountFen)}元`,
    time: timeText(at),
    hint: '已到微信零钱',
  }),
  'rate-changed': ({ goods, rate, effectiveFrom }, { facts, timeText }) => ({
    goods: facts > 1 ? '多项商品' : goods,
    rate: facts > 1 ? `共 ${facts} 项调整，点击查看` : rate,
    time: timeText(effectiveFrom),
  }),
};

/** What a message says, by our words; the shop's template decides which of them are shown. */
export function wordsOf<K extends MessageKind>(kind: K, facts: MessageFacts[K], gathered: Gathered): Words {
  return WORDS[kind](facts, gathered);
}
