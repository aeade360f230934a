import { ZERO_FEN } from '@mall/shared/money';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { MINUTE_MS } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids/ids.js';
import { WECHAT_CONFIG, WechatBillClient, type WechatConfig } from '../../wechat/wechat.public.js';
import { CompareTradeBill } from './compare-trade-bill.js';
import { type BillRow, parseTradeBill, type TradeBill } from './domain/parse-trade-bill.js';
import { TradeBillEntity } from './trade-bill.entity.js';
import { TradeBillRowEntity } from './trade-bill-row.entity.js';

const PART = 200;
/** §5: STATEMENT_CREATING is asked again in half an hour. */
const CREATING_MS = 30 * MINUTE_MS;
const UNKNOWN_MS = 5 * MINUTE_MS;
const NO_TRADES: TradeBill = { rows: [], orderFen: ZERO_FEN, refundFen: ZERO_FEN, feeUnits: 0 };

type Fetched = { bill: TradeBill } | { error: string; waitMs: number };

/** §5: fetches the bill of a day, stores it once, and compares it; a day that is stored is compared again. */
@Injectable()
export class FetchTradeBill {
  private readonly logger = new Logger(FetchTradeBill.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly client: WechatBillClient,
    private readonly compare: CompareTradeBill,
    private readonly clock: WallClock,
    @Inject(WECHAT_CONFIG) private readonly wechat: WechatConfig,
  ) {}

  /** @param day `2026-11-27`, WeChat's day (China). True when the bill is stored now. */
  async execute(day: string): Promise<boolean> {
    await this.unitOfWork.run((tx) => tx.insertOnce(TradeBillEntity, this.draft(day)));
    const known = await this.database.first<TradeBillEntity>('SELECT * FROM trade_bills WHERE billDate = ?', [day]);
    if (known?.state === 'stored') {
      await this.unitOfWork.run((tx) => this.compare.execute(tx, day));
      return true;
    }
    const fetched = await this.fetch(day);
    if ('error' in fetched) return this.putOff(day, fetched);
    await this.unitOfWork.run(async (tx) => {
      if (await this.store(tx, day, fetched.bill)) await this.compare.execute(tx, day);
    });
    return true;
  }

  private async fetch(day: string): Promise<Fetched> {
    const answer = await this.client.tradeBill(day);
    if (answer.outcome === 'unknown') return { error: `unknown: ${answer.reason}`, waitMs: UNKNOWN_MS };
    if (answer.outcome === 'refused') return { error: `refused: ${answer.code}`, waitMs: CREATING_MS };
    if (answer.value === null) return { bill: NO_TRADES };
    const parsed = parseTradeBill(answer.value, this.wechat);
    return parsed.outcome === 'ok' ? parsed : { error: `damaged: ${parsed.reason}`, waitMs: CREATING_MS };
  }

  private async putOff(day: string, { error, waitMs }: { error: string; waitMs: number }): Promise<false> {
    this.logger.warn({ message: 'a trade bill is not there yet', billDate: day, error });
    await this.unitOfWork.run((tx) =>
      tx.execute(`UPDATE trade_bills SET nextTryAt = ?, lastError = ? WHERE billDate = ? AND state = 'wanted'`, [
        this.clock.now() + waitMs,
        error.slice(0, 200),
        day,
      ]),
    );
    return false;
  }

  /** The state decides between two that fetched at once: the second stores nothing. */
  private async store(tx: Tx, day: string, { rows, orderFen, refundFen }: TradeBill): Promise<boolean> {
    const taken = await tx.execute(
      `UPDATE trade_bills SET state = 'stored', rowCount = ?, orderFen = ?, refundFen = ?, storedAt = ?, lastError = NULL
       WHERE billDate = ? AND state = 'wanted'`,
      [rows.length, orderFen, refundFen, this.clock.now(), day],
    );
    if (taken === 0) return false;
    for (let from = 0; from < rows.length; from += PART) {
      await tx.insert(
        TradeBillRowEntity,
        rows.slice(from, from + PART).map((row) => toRow(day, row)),
      );
    }
    return true;
  }

  private draft(billDate: string): TradeBillEntity {
    return {
      id: newId('tbl'),
      billDate,
      state: 'wanted',
      rowCount: 0,
      orderFen: ZERO_FEN,
      refundFen: ZERO_FEN,
      nextTryAt: this.clock.now(),
      storedAt: null,
      lastError: null,
    };
  }
}

function toRow(billDate: string, row: BillRow): TradeBillRowEntity {
  const { kind, outTradeNo, outRefundNo, transactionId, refundId, status, amountFen, tradedAt } = row;
  const number = outRefundNo ?? outTradeNo;
  return { id: newId('tbr'), billDate, kind, number, outTradeNo, transactionId, refundId, status, amountFen, tradedAt };
}
