import type { Tx } from '../../platform/database/tx.js';

/**
 * Makes refunds of one order go one after another. A real write, not a lock hint: on a cluster it makes the later one
 * fail to certify and run again, where a row lock on one node would hold nobody back.
 */
export async function lockOrder(tx: Tx, orderId: string): Promise<void> {
  await tx.execute('UPDATE orders SET settlements = settlements + 1 WHERE id = ?', [orderId]);
}

/**
 * Holds an order before it is asked whether a move has happened, and changes nothing: of two that say the same, the later
 * one sees what the first has done. The move itself is the write that decides on a cluster.
 */
export async function holdOrder(tx: Tx, orderId: string): Promise<void> {
  await tx.execute('UPDATE orders SET settlements = settlements + 0 WHERE id = ?', [orderId]);
}
