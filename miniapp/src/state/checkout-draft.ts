/** What is being bought, between the page that decided and the checkout. */
import type { Address } from '@mall/shared/membership';
import type { OrderLineRequest } from '@mall/shared/orders';
import { create } from 'zustand';
import { readStored, type StoredKind, writeStored } from '../platform/storage';

interface DraftState {
  lines: OrderLineRequest[];
  /** The bag is emptied of them after placing. */
  fromCart: boolean;
  /** Null: the default one. */
  address: Address | null;
}

const kind: StoredKind<Pick<DraftState, 'lines' | 'fromCart'>> = {
  name: 'checkout',
  version: 1,
  parse: (value) => {
    const { lines, fromCart } = (value ?? {}) as Partial<DraftState>;
    if (!Array.isArray(lines) || typeof fromCart !== 'boolean') return null;
    const sound = lines.every((line) => typeof line?.skuId === 'string' && Number.isSafeInteger(line.quantity));
    return sound ? { lines, fromCart } : null;
  },
};

export const useDraft = create<DraftState>(() => ({ lines: [], fromCart: false, address: null }));

/** Starts a checkout; stored, so that a reloaded checkout page still knows what it is about. */
export function startCheckout(lines: OrderLineRequest[], fromCart: boolean): void {
  writeStored(kind, { lines, fromCart });
  useDraft.setState({ lines, fromCart });
}

/** Brings back the lines after a reload. */
export function resumeCheckout(): void {
  if (useDraft.getState().lines.length > 0) return;
  const stored = readStored(kind);
  if (stored !== null) useDraft.setState(stored);
}

export function chooseAddress(address: Address | null): void {
  useDraft.setState({ address });
}
