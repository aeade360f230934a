/** R5.7, R4, R5.2 to R5.4: every commission against its order line, its refunds and its legs in the ledger. */
import { floorShare, standingTarget, sumOf } from './arithmetic.js';
import { chargeableRefunds } from './check-sold-goods.js';
import { computed, type Findings, fieldsThatDiffer, side } from './findings.js';
import { type CommissionRefundRow, type EntryRow, isPaid, type LineRow, type OrderFile } from './order-file.js';

interface Due {
  payeeKind: string;
  payeeId: string;
  rateBps: number;
}

export function checkCommission(file: OrderFile, found: Findings): void {
  checkEntries(file, found);
  for (const entry of file.entries) {
    checkRefunds(file, entry, found);
    checkAmounts(file, entry, found);
    checkLedger(file, entry, found);
  }
}

function duesOf(line: LineRow): Due[] {
  const { commissionRuleId, guideId, storeId, guideBps, storeBps } = line;
  if (commissionRuleId === null || guideId === null) return [];
  const dues: Due[] = [{ payeeKind: 'guide', payeeId: guideId, rateBps: guideBps ?? 0 }];
  if (storeId !== null && (storeBps ?? 0) > 0)
    dues.push({ payeeKind: 'store', payeeId: storeId, rateBps: storeBps ?? 0 });
  return dues;
}

function checkEntries(file: OrderFile, found: Findings): void {
  const lag = file.pending.has('order.paid');
  const explained = new Set<string>();
  for (const line of isPaid(file) ? file.lines : []) {
    for (const due of duesOf(line)) {
      const entry = file.entries.find((each) => each.orderLineId === line.id && each.payeeKind === due.payeeKind);
      found.holds('commission-entries', entry !== undefined, {
        subject: line.id,
        sentence: `订单行没有${due.payeeKind === 'guide' ? '导购' : '门店'}佣金`,
        left: side('order_lines', line, floorShare(line.payableFen, due.rateBps)),
        right: side('commission_entries', null, 0),
        lag,
      });
      if (entry === undefined) continue;
      explained.add(entry.id);
      checkFrozen(file, entry, line, due, found);
    }
  }
  for (const entry of file.entries.filter(({ id }) => !explained.has(id))) {
    const line = file.lines.find(({ id }) => id === entry.orderLineId);
    const granted = isPaid(file) && line !== undefined && isGranted(file, entry);
    found.holds('commission-entries', granted, {
      subject: entry.id,
      sentence: '佣金没有对应的已付订单行',
      left: side('order_lines', line ?? null, null),
      right: side('commission_entries', entry, entry.postedFen),
    });
    if (!granted) continue;
    const { baseFen: payableFen, ruleId: commissionRuleId, payeeKind, payeeId, rateBps } = entry;
    checkFrozen(file, entry, { ...line, payableFen, commissionRuleId }, { payeeKind, payeeId, rateBps }, found);
  }
}

/** A dispute may give somebody what nobody had earned, by a rate of its own and from what was left; its move says so. */
function isGranted(file: OrderFile, entry: EntryRow): boolean {
  return movesOf(file, entry)[0]?.fromPayeeId === null;
}

function movesOf({ moves }: OrderFile, entry: EntryRow) {
  return moves.filter(({ entryId }) => entryId === entry.id).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** What was frozen with the order stands in the entry; only a dispute's decision changes the holder. */
function checkFrozen(file: OrderFile, entry: EntryRow, line: LineRow, due: Due, found: Findings): void {
  const moved = movesOf(file, entry).at(-1);
  const expected = {
    orderId: line.orderId,
    orderNumber: file.order.orderNumber,
    memberId: file.order.memberId,
    payeeId: moved?.toPayeeId ?? due.payeeId,
    goodsFen: line.goodsFen,
    discountFen: line.discountFen,
    baseFen: line.payableFen,
    ruleId: line.commissionRuleId,
    rateBps: due.rateBps,
  };
  const differ = fieldsThatDiffer(entry, expected, Object.keys(expected));
  found.holds('commission-entries', differ.length === 0, {
    subject: entry.id,
    sentence: `佣金与订单行冻结的内容不一致：${differ.join('、')}`,
    left: side('order_lines', line),
    right: side('commission_entries', entry),
  });
  found.equal('commission-entries', {
    subject: entry.id,
    sentence: '佣金入账金额不等于基数乘费率取整',
    left: computed('floor(base x rate)', floorShare(line.payableFen, due.rateBps), expected),
    right: side('commission_entries', entry, entry.postedFen),
  });
}

/** R5.3, R5.4: each refund of the line is charged to the holder, or borne by HQ. */
function checkRefunds(file: OrderFile, entry: EntryRow, found: Findings): void {
  const own = file.commissionRefunds.filter(({ entryId }) => entryId === entry.id);
  const charged = own.filter(({ bearing }) => bearing === 'charged');
  const line = file.lines.find(({ id }) => id === entry.orderLineId);
  // What was refunded before a grant is not in its base.
  const before = isGranted(file, entry) && line !== undefined ? line.payableFen - entry.baseFen : 0;
  const chargeable = chargeableRefunds(file, entry.orderLineId, entry.finalAt);
  const [chargedFen, reversedFen] = [sumOf(charged, (row) => row.amountFen), sumOf(own, (row) => row.reversedFen)];
  const subject = entry.id;
  found.equal('commission-refunds', {
    subject,
    sentence: '佣金已扣的基数不等于应由收款人承担的退款',
    left: computed('chargeable refund_lines', chargeable - before),
    right: side('commission_entries', entry, entry.refundedBaseFen),
    lag: file.pending.has('refund.succeeded'),
  });
  found.equal('commission-refunds', {
    subject,
    sentence: '佣金已扣的基数不等于其扣减记录之和',
    left: side('commission_refunds', charged[0] ?? null, chargedFen),
    right: side('commission_entries', entry, entry.refundedBaseFen),
  });
  found.equal('commission-refunds', {
    subject,
    sentence: '佣金已扣的金额不等于其扣减记录之和',
    left: side('commission_refunds', own[0] ?? null, reversedFen),
    right: side('commission_entries', entry, entry.reversedFen),
  });
  checkRefundRows(file, entry, own, found);
}

function checkRefundRows(file: OrderFile, entry: EntryRow, own: readonly CommissionRefundRow[], found: Findings): void {
  const done = new Set(file.refunds.filter(({ state }) => state === 'succeeded').map(({ id }) => id));
  const parts = file.refundLines.filter((part) => part.orderLineId === entry.orderLineId && done.has(part.refundId));
  for (const row of own) {
    const part = parts.find(({ refundId }) => refundId === row.refundId);
    found.equal('commission-refunds', {
      subject: `${entry.id} ${row.refundId}`,
      sentence: '扣减记录与退款行的金额不一致',
      left: side('refund_lines', part ?? null, part?.amountFen ?? 0),
      right: side('commission_refunds', row, row.amountFen),
    });
  }
  if (isGranted(file, entry)) return;
  const known = new Set(own.map(({ refundId }) => refundId));
  for (const part of parts.filter(({ amountFen, refundId }) => amountFen > 0 && !known.has(refundId))) {
    found.holds('commission-refunds', false, {
      subject: `${entry.id} ${part.refundId}`,
      sentence: '退款行没有对应的扣减记录',
      left: side('refund_lines', part, part.amountFen),
      right: side('commission_refunds', null, 0),
      lag: file.pending.has('refund.succeeded'),
    });
  }
}

export function standingOf(entry: EntryRow): number {
  return entry.postedFen - entry.reversedFen - entry.lapsedFen;
}

/** R4.6: head and tail shrink by one formula; a tail that lapsed is HQ's. */
function checkAmounts(_file: OrderFile, entry: EntryRow, found: Findings): void {
  const target = standingTarget(entry);
  const lapsed = entry.tailState === 'lapsed';
  found.equal('commission-amounts', {
    subject: entry.id,
    sentence: '佣金余额不等于剩余基数乘费率取整',
    left: computed('floor(rate x remaining base)', lapsed ? target.headFen : target.totalFen, target),
    right: side('commission_entries', entry, standingOf(entry)),
  });
  found.equal('commission-amounts', {
    subject: entry.id,
    sentence: '延后部分不等于佣金余额乘延后比例取整',
    left: computed('floor(total x tail rate)', lapsed ? 0 : target.tailFen, target),
    right: side('commission_entries', entry, entry.tailFen),
  });
  found.holds('commission-amounts', lapsed || entry.lapsedFen === 0, {
    subject: entry.id,
    sentence: '延后部分没有失效却有失效金额',
    left: computed('lapsed', lapsed ? entry.lapsedFen : 0),
    right: side('commission_entries', entry, entry.lapsedFen),
  });
}

/** Where the standing money must lie: the head where the state says, a tail that waits stays frozen. */
export function holdingsOf(entry: EntryRow): Record<'pending' | 'frozen' | 'available', number> {
  const held = { pending: 0, frozen: 0, available: 0 };
  const head = entry.state === 'available' ? 'available' : entry.state === 'pending' ? 'pending' : 'frozen';
  const tail = entry.state === 'pending' ? 'pending' : entry.tailState === 'released' ? 'available' : 'frozen';
  held[head] += standingOf(entry) - entry.tailFen;
  held[tail] += entry.tailFen;
  return held;
}

function checkLedger({ legs }: OrderFile, entry: EntryRow, found: Findings): void {
  const own = legs.filter(({ entryId }) => entryId === entry.id);
  const accounts = new Map<string, number>([['hq::commission', -standingOf(entry)]]);
  const payee = `${entry.payeeKind}:${entry.payeeId}`;
  for (const [bucket, held] of Object.entries(holdingsOf(entry))) accounts.set(`${payee}:${bucket}`, held);
  const folds = new Map<string, number>();
  for (const leg of own) {
    const account = `${leg.ownerKind}:${leg.ownerId}:${leg.bucket}`;
    folds.set(account, (folds.get(account) ?? 0) + leg.amountFen);
    // A former holder has nothing left of it.
    if (!accounts.has(account)) accounts.set(account, 0);
  }
  for (const [account, expected] of accounts) {
    const last = own.filter((leg) => `${leg.ownerKind}:${leg.ownerId}:${leg.bucket}` === account).at(-1);
    found.equal('commission-ledger', {
      subject: `${entry.id} ${account}`,
      sentence: '佣金余额与账本明细之和不一致',
      left: side('commission_entries', entry, expected),
      right: side('ledger_legs', last ?? null, folds.get(account) ?? 0),
    });
  }
}
