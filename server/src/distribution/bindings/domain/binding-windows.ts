/**
 * R2.3: when a binding is valid and when it is protected. Pure; instants are business-clock epoch ms and every window
 * is half-open (R1.4): at its end it is over.
 */

export interface BindingWindow {
  startsAt: number;
  protectedUntil: number;
  validUntil: number;
}

/** A paid order of this binding. It keeps the protection until it is completed or fully refunded. */
export interface HoldingOrder {
  /** When the order was created: its attribution was decided then. */
  orderedAt: number;
  paidAt: number;
  /** Null while neither completed nor fully refunded. */
  endedAt: number | null;
}

/** The year 9999, a date that can be written down: a protection that an order holds has no end yet. */
export const OPEN_END = 253_370_764_800_000;

const DAY_MS = 86_400_000;

/** The windows of a binding, or of its renewal, that starts at `at`. */
export function windowsFrom(
  at: number,
  settings: { bindingValidDays: number; bindingProtectionDays: number },
): BindingWindow {
  return {
    startsAt: at,
    protectedUntil: at + settings.bindingProtectionDays * DAY_MS,
    validUntil: at + settings.bindingValidDays * DAY_MS,
  };
}

function covers(order: HoldingOrder, at: number): boolean {
  return order.paidAt <= at && (order.endedAt === null || at < order.endedAt);
}

/**
 * Until when the binding is protected, seen at `at`: the clock's end, or the end of the paid order that holds it
 * longer, {@link OPEN_END} while that order is open. A value ≤ `at` means unprotected. An order holds only what was
 * protected when it was created: it prolongs a protection and never revives one.
 *
 * @param current the window in force
 * @param earlier the windows of the same relation before its renewals
 */
export function protectedUntilAt(
  current: BindingWindow,
  earlier: readonly BindingWindow[],
  orders: readonly HoldingOrder[],
  at: number,
): number {
  const ends = holdingAt([...earlier, current], orders, at).map(({ endedAt }) => endedAt ?? OPEN_END);
  return Math.max(current.protectedUntil, ...ends);
}

/** The window in force at `at`: a renewal replaces the one before, also where that one would have lasted longer. */
function inForceAt(windows: readonly BindingWindow[], at: number): BindingWindow | undefined {
  const begun = windows.filter(({ startsAt }) => startsAt <= at);
  return begun.reduce<BindingWindow | undefined>(
    (last, window) => (last === undefined || window.startsAt >= last.startsAt ? window : last),
    undefined,
  );
}

/** The orders that hold a protection at `at`, by the windows of their relation, oldest first. */
export function holdingAt<O extends HoldingOrder>(
  windows: readonly BindingWindow[],
  orders: readonly O[],
  at: number,
): O[] {
  const holding: O[] = [];
  const isProtected = (time: number): boolean =>
    time < (inForceAt(windows, time)?.protectedUntil ?? 0) || holding.some((order) => covers(order, time));
  for (const order of [...orders].sort((a, b) => a.orderedAt - b.orderedAt || a.paidAt - b.paidAt)) {
    if (isProtected(order.orderedAt)) holding.push(order);
  }
  return holding.filter((order) => covers(order, at));
}

/** Valid by its clock, or kept by a held protection that outlasts it. */
export function isValidAt(binding: BindingWindow, protectedUntil: number, at: number): boolean {
  return at >= binding.startsAt && at < Math.max(binding.validUntil, protectedUntil);
}
