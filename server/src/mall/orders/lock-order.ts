import type { Tx } from '../../platform/database/tx.js';

/**
 * Makes what changes one order go one after another: first of all, before anything is read of it. A real write, not a lock hint: on a cluster it makes the later one
 * fail to certify and run again, where a row lock on one node would hold nobody back.
 */
export async function lockOrder(tx: Tx, orderId: string): Promise<void> {
  await tx.execute('UPDATE orders SET settlements = settlements + 1 WHERE id = ?', [orderId]);
}
