/** R5.6: a guide's month, folded from the ledger's legs: opening + moves = closing for each account, to the fen. */
import { type Fen, fen, ZERO_FEN } from '@mall/shared/money';
import type { Statement, StatementAccount, StatementLine } from '@mall/shared/payouts';

type AccountName = StatementLine['account'];
export const ACCOUNTS: readonly AccountName[] = ['pending', 'frozen', 'available', 'paying', 'paid', 'withheld'];

/** One leg of one of her accounts. */
export interface GuideLeg {
  occurredAt: number;
  sourceKind: string;
  fact: string;
  bucket: AccountName;
  amountFen: number;
  entryId: string | null;
  orderNumber: string | null;
}

const TEXTS: Record<string, string> = {
  accrued: '顾客付款，计入佣金',
  frozen: '顾客收货，佣金冻结',
  released: '售后期结束，佣金可用',
  vested: '后结部分到期，佣金可用',
  lapsed: '期限内没有复购，后结部分归总部',
  reversed: '顾客退款，扣回佣金',
  'payout-requested': '申请提现',
  'payout-paid': '提现到账',
  'payout-paid-late': '此前未成功的提现后来到账',
  'payout-returned': '提现未成功或已撤销，金额退回',
};

function textOf({ sourceKind, fact, amountFen, bucket }: GuideLeg): string {
  if (bucket === 'withheld') return '代扣个人所得税';
  if (sourceKind === 'dispute') return amountFen > 0 ? '申诉裁定，佣金转入' : '申诉裁定，佣金转出';
  return TEXTS[fact] ?? '账务调整';
}

/** The accounts, totals and lines of a month. `legs` are those of the month, in order. */
export function foldStatement(
  opening: ReadonlyMap<string, Fen>,
  legs: readonly GuideLeg[],
): Pick<Statement, 'accounts' | 'totals' | 'lines'> {
  const sum = (of: (leg: GuideLeg) => boolean): Fen =>
    fen(legs.filter(of).reduce((all, { amountFen }) => all + amountFen, 0));
  const account = (name: AccountName): StatementAccount => {
    const openingFen = opening.get(name) ?? ZERO_FEN;
    return { openingFen, closingFen: fen(openingFen + sum(({ bucket }) => bucket === name)) };
  };
  const ofCommission =
    (...facts: string[]) =>
    ({ sourceKind, fact }: GuideLeg): boolean =>
      sourceKind !== 'dispute' && facts.includes(fact);
  const released = ofCommission('released', 'vested');
  return {
    accounts: {
      pending: account('pending'),
      frozen: account('frozen'),
      available: account('available'),
      paying: account('paying'),
      paid: account('paid'),
      withheld: account('withheld'),
    },
    totals: {
      accruedFen: sum(ofCommission('accrued')),
      releasedFen: sum((leg) => leg.bucket === 'available' && released(leg)),
      reversedFen: fen(-sum(ofCommission('reversed'))),
      lapsedFen: fen(-sum(ofCommission('lapsed'))),
      disputedFen: sum(({ sourceKind }) => sourceKind === 'dispute'),
      paidOutFen: sum(({ bucket }) => bucket === 'paid'),
      withheldFen: sum(({ bucket }) => bucket === 'withheld'),
      returnedFen: sum(({ bucket, fact }) => bucket === 'available' && fact === 'payout-returned'),
    },
    lines: legs.map((leg) => ({
      at: leg.occurredAt,
      text: textOf(leg),
      amountFen: fen(leg.amountFen),
      account: leg.bucket,
      entryId: leg.entryId,
      orderNumber: leg.orderNumber,
    })),
  };
}
