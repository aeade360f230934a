/** R5.2: a commission's state against what happened to its order, and when. */
import { computed, type Findings, side } from './findings.js';
import type { EntryRow, OrderFile } from './order-file.js';

/** @param now business clock, epoch ms */
export function checkCommissionStates(file: OrderFile, now: number, found: Findings): void {
  for (const entry of file.entries) {
    checkReceipt(file, entry, found);
    checkRelease(entry, now, found);
    checkEnd(file, entry, found);
  }
  checkHolds(file, found);
}

function checkReceipt({ order, pending }: OrderFile, entry: EntryRow, found: Findings): void {
  const received = order.receivedAt !== null;
  const fits = received ? entry.state !== 'pending' : entry.state === 'pending' || entry.state === 'void';
  found.holds('commission-states', fits, {
    subject: entry.id,
    sentence: received ? '订单已收货，佣金仍为待收货' : '订单未收货，佣金却已冻结或发放',
    left: side('orders', order),
    right: side('commission_entries', entry),
    lag: received && (pending.has('order.received') || pending.has('order.paid')),
  });
  if (entry.state === 'pending' || (entry.state === 'void' && entry.receivedAt === null)) return;
  found.holds('commission-states', entry.receivedAt === order.receivedAt, {
    subject: entry.id,
    sentence: '佣金与订单的收货时间不一致',
    left: side('orders', order),
    right: side('commission_entries', entry),
  });
}

function checkRelease(entry: EntryRow, now: number, found: Findings): void {
  const { state, availableAt, releasedAt } = entry;
  const released = state === 'available';
  const times = released
    ? availableAt !== null && releasedAt !== null && releasedAt >= availableAt && now >= availableAt
    : releasedAt === null;
  found.holds('commission-states', times, {
    subject: entry.id,
    sentence: released ? '佣金在到期之前就已发放' : '佣金尚未发放却有发放时间',
    left: computed('now, business clock', null, { now, availableAt }),
    right: side('commission_entries', entry),
  });
  found.holds('commission-states', entry.tailState !== 'released' || released, {
    subject: entry.id,
    sentence: '延后部分先于主体发放',
    left: computed('state that a released tail needs', null, { state: 'available' }),
    right: side('commission_entries', entry),
  });
}

/** Void is what has no base left before it was released; nothing else is void, and nothing of that is not. */
function checkEnd(_file: OrderFile, entry: EntryRow, found: Findings): void {
  const gone = entry.refundedBaseFen === entry.baseFen;
  const ended = gone && entry.refundedBaseFen > 0 && entry.state !== 'available';
  const fits = entry.state === 'void' ? gone : !ended;
  found.holds('commission-states', fits, {
    subject: entry.id,
    sentence: entry.state === 'void' ? '佣金仍有基数却已作废' : '佣金已无基数却未作废',
    left: computed('remaining base', entry.baseFen - entry.refundedBaseFen),
    right: side('commission_entries', entry, entry.baseFen - entry.refundedBaseFen),
  });
}

const OPEN = ['created', 'processing'];
const REFUND_EVENTS = ['refund.requested', 'refund.failed', 'refund.succeeded'];

function checkHolds({ order, refunds, holds, pending }: OrderFile, found: Findings): void {
  const lag = REFUND_EVENTS.some((type) => pending.has(type));
  // Money that came for a cancelled order has no commission to hold.
  const open = refunds.filter(({ state, cause }) => OPEN.includes(state) && cause !== 'late_payment');
  for (const refund of open) {
    const hold = holds.find(({ refundId }) => refundId === refund.id);
    found.holds('commission-holds', hold !== undefined, {
      subject: refund.id,
      sentence: '进行中的退款没有暂停佣金发放',
      left: side('refunds', refund),
      right: side('commission_holds', null),
      lag,
    });
  }
  for (const hold of holds) {
    found.holds(
      'commission-holds',
      open.some(({ id }) => id === hold.refundId),
      {
        subject: hold.refundId,
        sentence: '暂停佣金发放的退款并不在进行中',
        left: side(
          'refunds',
          refunds.find(({ id }) => id === hold.refundId) ?? { id: hold.refundId, orderId: order.id },
        ),
        right: side('commission_holds', hold),
        lag,
      },
    );
  }
}
