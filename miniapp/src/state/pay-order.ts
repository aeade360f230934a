/** Paying an order: the phone opens the window, the server says what came of it (R7.5). */
import { fetchPayment, startPayment } from '../api/shop-endpoints';
import { pause } from '../platform/clock';
import { replaceWith } from '../platform/navigation';
import { pay } from '../platform/pay';

/** Opens the payment of an order and goes to where the customer then belongs. Throws ApiProblem. */
export async function payOrder(orderId: string): Promise<void> {
  const outcome = await pay(await startPayment(orderId), orderId);
  if (outcome === 'closed') replaceWith('payResult', { orderId });
  if (outcome === 'cancelled') replaceWith('order', { id: orderId });
}

/**
 * Asks until the server knows of the payment, at most `tries` times. False: nothing was paid so far, it may still
 * arrive. Throws ApiProblem when the last question failed.
 */
export async function waitForPayment(
  orderId: string,
  isOver: () => boolean,
  { tries = 8, every = 1200 }: { tries?: number; every?: number } = {},
): Promise<boolean> {
  for (let round = 1; round <= tries && !isOver(); round += 1) {
    try {
      if ((await fetchPayment(orderId)).paid) return true;
    } catch (thrown) {
      if (round === tries) throw thrown;
    }
    await pause(every);
  }
  return false;
}
