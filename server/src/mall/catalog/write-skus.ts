import { RetryTransaction } from '../../platform/database/database-errors.js';
import type { Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import type { Stock } from '../stock/stock.public.js';
import { optionKey, optionText } from './domain/name-key.js';
import type { Change, ProductInput, SkuInput, UpsertOutcome } from './product-input.js';
import { SkuEntity } from './sku.entity.js';

type SkuOutcome = Pick<UpsertOutcome, 'skus' | 'withdrawn' | 'oversold'>;

/** No count: those of files are not below zero. */
const NEVER_IMPORTED = -1;

export interface SkuWriting {
  stock: Stock;
  productId: string;
  actorId: string;
  /** Why stock changes, for its record. */
  reason: string;
}

function rowOf(input: SkuInput, position: number, old: SkuEntity | undefined): Omit<SkuEntity, 'id' | 'productId'> {
  return {
    optionKey: optionKey(input.optionValues),
    optionValuesJson: JSON.stringify(input.optionValues),
    code: input.code,
    priceFen: input.priceFen,
    compareAtFen: input.compareAtFen,
    costFen: input.costFen === undefined ? (old?.costFen ?? null) : input.costFen,
    imageUrl: input.imageUrl,
    sellable: input.priceFen > 0 ? 1 : 0,
    position,
    importedQuantity: input.quantity === undefined ? (old?.importedQuantity ?? null) : input.quantity,
  };
}

/** Columns of `row` that differ from `old`. */
function differencesOf<Row extends object>(old: Row, row: Partial<Row>): (keyof Row & string)[] {
  return (Object.keys(row) as (keyof Row & string)[]).filter((column) => row[column] !== old[column]);
}

/**
 * Brings the stock of a SKU that exists already to what the file says. Only the difference between this file's count
 * and the last file's is applied: pieces sold in between are in neither file, and writing the count itself would put
 * them back on the shelf. Returns the pieces that could not be taken because they had been sold.
 */
async function moveStock(tx: Tx, writing: SkuWriting, old: SkuEntity, quantity: number | undefined): Promise<number> {
  if (quantity === undefined || quantity === old.importedQuantity) return 0;
  const delta = quantity - (old.importedQuantity ?? 0);
  const { stock, reason, actorId } = writing;
  return (await stock.adjustAsFarAsPossible(tx, { skuId: old.id, delta, reason, actorId })) - delta;
}

async function writeOne(tx: Tx, writing: SkuWriting, input: SkuInput, position: number, old: SkuEntity | undefined) {
  const row = rowOf(input, position, old);
  if (old === undefined) {
    const id = newId('sku');
    const made = await tx.insertOnce(SkuEntity, { id, productId: writing.productId, ...row });
    if (!made) throw new RetryTransaction(`another import made ${row.optionKey} of ${writing.productId} meanwhile`);
    await writing.stock.open(tx, id, input.quantity ?? 0, writing.reason, writing.actorId);
    return { change: 'created' satisfies Change as Change, missing: 0 };
  }
  const columns = differencesOf<SkuEntity>(old, row);
  if (columns.length === 0) return { change: 'unchanged' satisfies Change as Change, missing: 0 };
  // Before the stock is moved, and only from the count that its difference was taken from: of two imports at once, the
  // later one begins again and finds nothing to do.
  const changed = await tx.execute(
    `UPDATE skus SET ${columns.map((column) => `${column} = ?`).join(', ')}
     WHERE id = ? AND COALESCE(importedQuantity, ?) = ?`,
    [
      ...columns.map((column) => row[column as keyof typeof row]),
      old.id,
      NEVER_IMPORTED,
      old.importedQuantity ?? NEVER_IMPORTED,
    ],
  );
  if (changed === 0) throw new RetryTransaction(`another import changed ${old.id} meanwhile`);
  const missing = await moveStock(tx, writing, old, input.quantity);
  return { change: 'updated' satisfies Change as Change, missing };
}

/** Writes the SKUs of a product; those that a complete list leaves out go off sale and stay in the database. */
export async function writeSkus(tx: Tx, writing: SkuWriting, product: ProductInput): Promise<SkuOutcome> {
  const rows = await tx.query<SkuEntity>('SELECT * FROM skus WHERE productId = ?', [writing.productId]);
  const old = new Map(rows.map((row) => [row.optionKey, row]));
  const outcome: SkuOutcome = { skus: { created: 0, updated: 0, unchanged: 0 }, withdrawn: [], oversold: [] };
  const listed = new Set<string>();
  for (const [position, input] of product.skus.entries()) {
    const key = optionKey(input.optionValues);
    if (listed.has(key)) throw new Error(`two SKUs of ${product.handle} have the options ${input.optionValues}`);
    listed.add(key);
    const { change, missing } = await writeOne(tx, writing, input, position, old.get(key));
    outcome.skus[change] += 1;
    if (missing > 0) outcome.oversold.push({ optionText: optionText(input.optionValues), missing });
  }
  if (!product.complete) return outcome;
  for (const row of rows) {
    if (listed.has(row.optionKey) || row.sellable === 0) continue;
    await tx.execute('UPDATE skus SET sellable = 0 WHERE id = ?', [row.id]);
    outcome.withdrawn.push(optionText(JSON.parse(row.optionValuesJson) as string[]));
  }
  return outcome;
}
