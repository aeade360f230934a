import { addFen, bps, type Fen, subtractFen, ZERO_FEN } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { CommissionRates, type Seller } from '../rates/rates.public.js';
import { SoldGoods, type SoldLineEntity, type SoldOrderEntity } from '../sales/sales.public.js';
import { AccrueCommission } from './accrue-commission.js';
import { CommissionEntries } from './commission-entries.js';
import type { CommissionEntryEntity } from './commission-entry.entity.js';
import { MoveCommission } from './move-commission.js';

export interface CommissionGrant {
  disputeId: string;
  orderId: string;
  seller: Seller;
  /** Business clock. */
  at: number;
}

/**
 * Gives an order's commission to a guide, as a dispute's decision says: what another holds is moved as it stands, and
 * what nobody had earned is accrued now by the rate that would have been hers when the order was created (R4.3).
 */
@Injectable()
export class GrantCommission {
  constructor(
    private readonly sold: SoldGoods,
    private readonly rates: CommissionRates,
    private readonly accrual: AccrueCommission,
    private readonly entries: CommissionEntries,
    private readonly moves: MoveCommission,
  ) {}

  /** @returns what the guide has of it now that she had not before, her store's part left out */
  async execute(tx: Tx, grant: CommissionGrant): Promise<Fen> {
    await this.sold.lock(tx, grant.orderId);
    const order = await this.sold.order(tx, grant.orderId);
    if (order === null) throw new Error(`order ${grant.orderId} was never paid`);
    const held = await tx.query<CommissionEntryEntity>(
      'SELECT * FROM commission_entries WHERE orderId = ? ORDER BY id',
      [grant.orderId],
    );
    let granted: Fen = ZERO_FEN;
    for (const line of await this.sold.lines(tx, grant.orderId)) {
      const ofLine = held.filter(({ orderLineId }) => orderLineId === line.orderLineId);
      const part = ofLine.some(({ payeeKind }) => payeeKind === 'guide')
        ? await this.move(tx, ofLine, grant)
        : await this.accrue(tx, order, line, grant);
      granted = addFen(granted, part);
    }
    return granted;
  }

  private async move(tx: Tx, ofLine: readonly CommissionEntryEntity[], grant: CommissionGrant): Promise<Fen> {
    const { seller, disputeId, at } = grant;
    let moved: Fen = ZERO_FEN;
    for (const { id: entryId, payeeKind, payeeId: fromPayeeId } of ofLine) {
      const toPayeeId = payeeKind === 'guide' ? seller.guideId : seller.storeId;
      if (toPayeeId === fromPayeeId) continue;
      const amountFen = await this.moves.execute(tx, { entryId, fromPayeeId, toPayeeId, disputeId, at });
      if (amountFen === null) throw new Error(`commission ${entryId} changed hands while it was being moved`);
      if (payeeKind === 'guide') moved = addFen(moved, amountFen);
    }
    return moved;
  }

  private async accrue(tx: Tx, order: SoldOrderEntity, line: SoldLineEntity, grant: CommissionGrant): Promise<Fen> {
    const { seller, disputeId, at } = grant;
    const thing = { ...line, categoryPath: line.categoryPath === '' ? [] : line.categoryPath.split('/') };
    const [rate] = await this.rates.freeze(tx, [thing], seller, order.orderedAt);
    if (!rate) return ZERO_FEN;
    const payees = [
      { payeeKind: 'guide' as const, payeeId: seller.guideId, rateBps: bps(rate.guideBps) },
      { payeeKind: 'store' as const, payeeId: seller.storeId, rateBps: bps(rate.storeBps) },
    ];
    const tail = await this.accrual.tailAt(tx, order.orderedAt);
    let earned: Fen = ZERO_FEN;
    for (const payee of payees.filter(({ payeeKind, rateBps }) => payeeKind === 'guide' || rateBps > 0)) {
      const { orderId, orderNumber, memberId } = order;
      const { orderLineId, title, optionText, goodsFen, discountFen } = line;
      // What was refunded before is not earned: the base starts at what was left.
      const baseFen = subtractFen(line.baseFen, line.refundedBaseFen);
      const entry = await this.accrual.execute(
        tx,
        {
          ...{ orderId, orderNumber, memberId, orderLineId, title, optionText, goodsFen, discountFen, baseFen },
          ...payee,
          ruleId: rate.ruleId,
          at,
        },
        tail,
        { sourceKind: 'dispute', sourceId: disputeId, payee: `${orderLineId}:${payee.payeeKind}`, fact: 'accrued' },
      );
      if (entry === null) throw new Error(`line ${orderLineId} was earned while it was being granted`);
      const toPayeeId = payee.payeeId;
      const amountFen = entry.postedFen;
      await this.moves.record(tx, { entryId: entry.id, disputeId, fromPayeeId: null, toPayeeId, amountFen, at });
      await this.catchUp(tx, order, entry.id);
      if (payee.payeeKind === 'guide') earned = addFen(earned, entry.postedFen);
    }
    return earned;
  }

  /** The order went on while nobody earned: the entry stands where it would have stood. */
  private async catchUp(tx: Tx, order: SoldOrderEntity, entryId: string): Promise<void> {
    const { receivedAt, availableAt, finalAt, tailDueAt } = order;
    if (receivedAt !== null && availableAt !== null && finalAt !== null && tailDueAt !== null) {
      await this.entries.freeze(tx, entryId, { receivedAt, availableAt, finalAt, tailDueAt });
    }
    if (await this.sold.hasLaterOrder(tx, order)) await this.entries.vestTailsOf(tx, order.orderId);
  }
}
