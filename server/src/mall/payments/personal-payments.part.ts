import { Injectable } from '@nestjs/common';
import {
  type Erasure,
  HoldsPersonalData,
  marksOf,
  type PersonalDataPart,
} from '../../membership/privacy/privacy.public.js';
import type { Tx } from '../../platform/database/tx.js';

/**
 * The payer's account on payments that are over. One that may still be paid keeps it: a late payment is believed only
 * from the same payer, and it has to go back.
 */
@Injectable()
@HoldsPersonalData('payments')
export class PaymentPersonalData implements PersonalDataPart {
  async erase(tx: Tx, erasure: Erasure): Promise<'done' | 'later'> {
    const hers = `orderId IN (SELECT id FROM orders WHERE memberId IN (${marksOf(erasure)}))`;
    await tx.execute(
      `UPDATE payments SET payerOpenid = '' WHERE state IN ('succeeded', 'closed') AND payerOpenid <> '' AND ${hers}`,
      erasure.entryIds,
    );
    const left = await tx.first(
      `SELECT id FROM payments WHERE payerOpenid <> '' AND ${hers} LIMIT 1`,
      erasure.entryIds,
    );
    return left === null ? 'done' : 'later';
  }
}
