import { PayeeType } from '@mall/shared/guides';
import { formatYuan } from '@mall/shared/money';
import { PayoutState } from '@mall/shared/payouts';
import { Injectable } from '@nestjs/common';
import { businessTimeText } from '../../platform/clock/business-day.js';
import { Database } from '../../platform/database/database.js';
import { csvText } from '../../platform/http/csv.js';
import type { PayoutRequestEntity } from './payout-request.entity.js';

type Row = PayoutRequestEntity & { guideName: string; storeName: string };

const HEAD = ['提现编号', '导购编号', '导购', '门店', '申请时间', '审批时间', '金额（元）', '状态', '发放时间'];

/**
 * What payroll has to pay: employees' payouts that HQ approved, by the time of the approval. Only reads, so that exporting
 * twice pays nothing twice: what was settled says so in its line.
 */
@Injectable()
export class PayrollQueries {
  constructor(private readonly database: Database) {}

  /** @param range [from, to), business clock */
  async csv({ from, to }: { from: number; to: number }): Promise<string> {
    const rows = await this.database.query<Row>(
      `SELECT r.*, g.name AS guideName, s.name AS storeName FROM payout_requests r
         JOIN guides g ON g.id = r.guideId JOIN stores s ON s.id = g.storeId
       WHERE r.payeeType = ? AND r.state IN (?, ?) AND r.decidedAt >= ? AND r.decidedAt < ?
       ORDER BY g.name, r.guideId, r.id`,
      [PayeeType.Employee, PayoutState.Approved, PayoutState.Done, from, to],
    );
    return csvText([HEAD, ...rows.map(lineOf)]);
  }
}

function lineOf(row: Row): string[] {
  const { id, guideId, guideName, storeName, requestedAt, decidedAt, amountFen, state, doneAt } = row;
  const time = (at: number | null): string => (at === null ? '' : businessTimeText(at));
  const paid = state === PayoutState.Done ? '已随工资发放' : '待发放';
  return [
    id,
    guideId,
    guideName,
    storeName,
    time(requestedAt),
    time(decidedAt),
    formatYuan(amountFen),
    paid,
    time(doneAt),
  ];
}
