/** The bag of this phone: every change shows at once, is stored, and is taken back with a reason when it can't be. */
import { create } from 'zustand';
import { fetchSkus } from '../api/endpoints';
import { readStored, type StoredKind, writeStored } from '../platform/storage';
import { type CartLine, type CartStep, cartAfter, parseCart } from './cart-reducer';

const kind: StoredKind<CartLine[]> = { name: 'cart', version: 1, parse: parseCart };

interface CartState {
  lines: CartLine[];
  loaded: boolean;
}

export const useCart = create<CartState>(() => ({ lines: [], loaded: false }));

/** Reads the stored bag the first time it is needed. */
export function loadCart(): CartLine[] {
  const { loaded, lines } = useCart.getState();
  if (loaded) return lines;
  const stored = readStored(kind) ?? [];
  useCart.setState({ lines: stored, loaded: true });
  return stored;
}

export function stepCart(step: CartStep): void {
  const lines = cartAfter(loadCart(), step);
  useCart.setState({ lines });
  writeStored(kind, lines);
}

/** Why a line is not what she asked for; null when everything is fine. */
export type CartRefusal = 'sold-out' | 'fewer' | null;

/**
 * Adds at once, then asks the server. What it does not have is taken out again: `sold-out` (the line is gone) or
 * `fewer` (reduced to what there is). A network fault keeps the line: checkout asks again anyway.
 */
export async function addToCart(line: Omit<CartLine, 'quantity' | 'selected'>, quantity: number): Promise<CartRefusal> {
  stepCart({ kind: 'add', line: { ...line, available: Math.max(line.available, 1) }, quantity });
  const wanted = useCart.getState().lines.find((other) => other.skuId === line.skuId)?.quantity ?? 0;
  const known = await fetchSkus([line.skuId]).catch(() => null);
  if (known === null) return null;
  const sku = known.find((other) => other.skuId === line.skuId);
  if (sku === undefined || sku.available <= 0) {
    stepCart({ kind: 'remove', skuIds: [line.skuId] });
    return 'sold-out';
  }
  stepCart({ kind: 'reconcile', asked: [line.skuId], known });
  return sku.available < wanted ? 'fewer' : null;
}

/** Asks the server about every line of the bag. Throws ApiProblem. */
export async function reconcileCart(): Promise<void> {
  const asked = loadCart().map((line) => line.skuId);
  for (let from = 0; from < asked.length; from += 50) {
    const part = asked.slice(from, from + 50);
    stepCart({ kind: 'reconcile', asked: part, known: await fetchSkus(part) });
  }
}
