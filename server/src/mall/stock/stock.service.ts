import type { StockLevel } from '@mall/shared/hq';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { inLockOrder, type StockLine } from './domain/stock-lines.js';
import { StockAdjustmentEntity } from './stock-adjustment.entity.js';
import { StockLevelEntity } from './stock-level.entity.js';

export interface StockAdjustment {
  skuId: string;
  /** Pieces to add; negative to take away. */
  delta: number;
  reason: string;
  actorId: string;
}

/** The first SKU that lacks, with what it still has. */
export interface StockShortage {
  skuId: string;
  available: number;
}

/** IN lists stay far below the engines' limits on parameters. */
const CHUNK = 500;

/**
 * R7.3: moves pieces between available, reserved and sold by conditional updates, never by read, decide, write.
 * Every method runs in the caller's transaction, so that stock and order commit together.
 */
@Injectable()
export class Stock {
  constructor(private readonly clock: BusinessClock) {}

  /** Puts a new SKU on the shelf with its opening quantity (0 or more). Once a SKU: a second call is a bug. */
  async open(tx: Tx, skuId: string, quantity: number, reason: string, actorId: string): Promise<void> {
    await tx.insert(StockLevelEntity, { skuId, available: quantity, reserved: 0, sold: 0, received: quantity });
    if (quantity !== 0) await this.record(tx, { skuId, delta: quantity, reason, actorId });
  }

  /** Adds or takes pieces. False, and nothing changed, when less would be left than nothing or the SKU is unknown. */
  async adjust(tx: Tx, adjustment: StockAdjustment): Promise<boolean> {
    const { skuId, delta } = adjustment;
    const matched = await tx.execute(
      'UPDATE stock_levels SET available = available + ?, received = received + ? WHERE skuId = ? AND available + ? >= 0',
      [delta, delta, skuId, delta],
    );
    if (matched === 0) return false;
    await this.record(tx, adjustment);
    return true;
  }

  /**
   * Adds pieces, or takes as many as are on the shelf: a delivery list that counts fewer than were sold meanwhile
   * empties the shelf and no more. Returns the pieces really added (negative: taken).
   */
  async adjustAsFarAsPossible(tx: Tx, adjustment: StockAdjustment): Promise<number> {
    for (;;) {
      const delta = Math.max(adjustment.delta, -(await this.availableOf(tx, adjustment.skuId)));
      if (delta === 0) return 0;
      if ((await this.levels(tx, [adjustment.skuId])).length === 0) throw new Error(`no stock of ${adjustment.skuId}`);
      // Another buyer may have taken pieces between the two statements: look again.
      if (await this.adjust(tx, { ...adjustment, delta })) return delta;
    }
  }

  /**
   * Holds pieces for an order that is being placed: all lines or none. Returns null when it did, else the first SKU
   * (in SKU order) that lacks, unknown ones with 0 available; nothing is then held.
   */
  async reserve(tx: Tx, lines: readonly StockLine[]): Promise<StockShortage | null> {
    const held: StockLine[] = [];
    for (const line of inLockOrder(lines)) {
      const matched = await tx.execute(
        'UPDATE stock_levels SET available = available - ?, reserved = reserved + ? WHERE skuId = ? AND available >= ?',
        [line.quantity, line.quantity, line.skuId, line.quantity],
      );
      if (matched === 0) {
        await this.release(tx, held);
        return { skuId: line.skuId, available: await this.availableOf(tx, line.skuId) };
      }
      held.push(line);
    }
    return null;
  }

  /** reserved → available: the order was cancelled. */
  async release(tx: Tx, lines: readonly StockLine[]): Promise<void> {
    await this.move(tx, 'reserved', 'available', lines);
  }

  /** reserved → sold: the order was paid. */
  async sell(tx: Tx, lines: readonly StockLine[]): Promise<void> {
    await this.move(tx, 'reserved', 'sold', lines);
  }

  /** sold → available: pieces came back with a return. */
  async restock(tx: Tx, lines: readonly StockLine[]): Promise<void> {
    await this.move(tx, 'sold', 'available', lines);
  }

  /** Levels of the SKUs that are known, in no particular order. */
  async levels(reader: Reader, skuIds: readonly string[]): Promise<StockLevel[]> {
    const found: StockLevel[] = [];
    for (let start = 0; start < skuIds.length; start += CHUNK) {
      const chunk = skuIds.slice(start, start + CHUNK);
      const rows = await reader.query<StockLevel>(
        `SELECT skuId, received, reserved, sold, available FROM stock_levels
         WHERE skuId IN (${chunk.map(() => '?').join(', ')})`,
        chunk,
      );
      found.push(...rows);
    }
    return found;
  }

  private async move(
    tx: Tx,
    from: 'reserved' | 'sold',
    to: 'available' | 'sold',
    lines: readonly StockLine[],
  ): Promise<void> {
    for (const { skuId, quantity } of inLockOrder(lines)) {
      const matched = await tx.execute(
        `UPDATE stock_levels SET ${from} = ${from} - ?, ${to} = ${to} + ? WHERE skuId = ? AND ${from} >= ?`,
        [quantity, quantity, skuId, quantity],
      );
      // The order's own state machine lets each step happen once, so this is a bug, not a refusal.
      if (matched === 0) throw new Error(`${quantity} pieces of ${skuId} were to leave ${from}, which holds fewer`);
    }
  }

  private async availableOf(reader: Reader, skuId: string): Promise<number> {
    const row = await reader.first<{ available: number }>('SELECT available FROM stock_levels WHERE skuId = ?', [
      skuId,
    ]);
    return row?.available ?? 0;
  }

  private async record(tx: Tx, adjustment: StockAdjustment): Promise<void> {
    await tx.insert(StockAdjustmentEntity, { id: newId('sta'), ...adjustment, occurredAt: this.clock.now() });
  }
}
