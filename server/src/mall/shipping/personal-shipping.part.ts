import { Injectable } from '@nestjs/common';
import {
  type Erasure,
  HoldsPersonalData,
  marksOf,
  type PersonalDataPart,
} from '../../membership/privacy/privacy.public.js';
import type { Tx } from '../../platform/database/tx.js';

/**
 * What WeChat is told of her parcels: her account there and her masked number. Both are needed until WeChat has taken
 * the upload; the number of the parcel stays with the order.
 */
@Injectable()
@HoldsPersonalData('shipping')
export class ShippingPersonalData implements PersonalDataPart {
  async erase(tx: Tx, erasure: Erasure): Promise<'done' | 'later'> {
    const hers = `orderId IN (SELECT id FROM orders WHERE memberId IN (${marksOf(erasure)}))`;
    await tx.execute(
      `UPDATE shipping_uploads SET payerOpenid = '', receiverContact = NULL
       WHERE state <> 'waiting' AND (payerOpenid <> '' OR receiverContact IS NOT NULL) AND ${hers}`,
      erasure.entryIds,
    );
    const left = await tx.first(
      `SELECT id FROM shipping_uploads WHERE payerOpenid <> '' AND ${hers} LIMIT 1`,
      erasure.entryIds,
    );
    return left === null ? 'done' : 'later';
  }
}
