/** The shopping bag as pure steps. Prices here are only for showing: the server's quote decides (R7.4). */
import type { SkuSummary } from '@mall/shared/catalogue';
import { addFen, type Fen, timesFen, ZERO_FEN } from '@mall/shared/money';

/** As many pieces of one SKU as an order line takes. */
export const MOST = 99;

export interface CartLine {
  skuId: string;
  productId: string;
  title: string;
  optionText: string;
  imageUrl: string | null;
  priceFen: Fen;
  /** 1 to 99. */
  quantity: number;
  selected: boolean;
  /** Pieces that could be bought when the server was last asked; 0 means sold out or withdrawn. */
  available: number;
}

export type CartStep =
  | { kind: 'add'; line: Omit<CartLine, 'quantity' | 'selected'>; quantity: number }
  | { kind: 'quantity'; skuId: string; quantity: number }
  | { kind: 'select'; skuId: string; selected: boolean }
  | { kind: 'select-all'; selected: boolean }
  | { kind: 'remove'; skuIds: string[] }
  | { kind: 'reconcile'; asked: string[]; known: SkuSummary[] };

const within = (quantity: number, most: number) => Math.max(1, Math.min(quantity, most, MOST));

/** What the server says now: prices and stock follow, a withdrawn SKU stays visible but can't be bought. */
function reconciled(line: CartLine, known: SkuSummary | undefined): CartLine {
  if (known === undefined) return { ...line, available: 0, selected: false };
  return {
    ...line,
    title: known.title,
    optionText: known.optionText,
    imageUrl: known.imageUrl,
    priceFen: known.priceFen,
    available: known.available,
    quantity: known.available > 0 ? within(line.quantity, known.available) : line.quantity,
    selected: line.selected && known.available > 0,
  };
}

function added(lines: CartLine[], step: Extract<CartStep, { kind: 'add' }>): CartLine[] {
  const present = lines.find((line) => line.skuId === step.line.skuId);
  const quantity = within((present?.quantity ?? 0) + step.quantity, step.line.available);
  const line: CartLine = { ...step.line, quantity, selected: true };
  // The newest stands first, where she looks for it.
  return [line, ...lines.filter((other) => other !== present)];
}

/** The bag after a step; unchanged lines keep their identity. */
export function cartAfter(lines: CartLine[], step: CartStep): CartLine[] {
  switch (step.kind) {
    case 'add':
      return added(lines, step);
    case 'quantity':
      return lines.map((line) =>
        line.skuId === step.skuId ? { ...line, quantity: within(step.quantity, line.available) } : line,
      );
    case 'select':
      return lines.map((line) =>
        line.skuId === step.skuId ? { ...line, selected: step.selected && line.available > 0 } : line,
      );
    case 'select-all':
      return lines.map((line) => ({ ...line, selected: step.selected && line.available > 0 }));
    case 'remove':
      return lines.filter((line) => !step.skuIds.includes(line.skuId));
    case 'reconcile':
      return lines.map((line) =>
        step.asked.includes(line.skuId)
          ? reconciled(
              line,
              step.known.find((sku) => sku.skuId === line.skuId),
            )
          : line,
      );
  }
}

export const selectedLines = (lines: CartLine[]) => lines.filter((line) => line.selected && line.available > 0);

export function selectedTotal(lines: CartLine[]): Fen {
  return selectedLines(lines).reduce<Fen>((sum, line) => addFen(sum, timesFen(line.priceFen, line.quantity)), ZERO_FEN);
}

export const pieces = (lines: CartLine[]) => lines.reduce((sum, line) => sum + line.quantity, 0);

/** Reads a stored bag line by line: a line of another shape is dropped, the rest stays. */
export function parseCart(value: unknown): CartLine[] | null {
  if (!Array.isArray(value)) return null;
  return (value as Partial<CartLine>[]).filter(
    (line): line is CartLine =>
      typeof line?.skuId === 'string' &&
      typeof line.productId === 'string' &&
      typeof line.title === 'string' &&
      typeof line.optionText === 'string' &&
      Number.isSafeInteger(line.priceFen) &&
      Number.isSafeInteger(line.quantity) &&
      Number.isSafeInteger(line.available) &&
      typeof line.selected === 'boolean',
  );
}
