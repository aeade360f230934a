import type { DataSection } from '@mall/shared/privacy';
import { Injectable } from '@nestjs/common';
import type { Reader, Tx } from '../../platform/database/tx.js';
import {
  type DataSubject,
  type Erasure,
  HoldsPersonalData,
  marksOf,
  type PersonalDataPart,
} from '../privacy/privacy.public.js';
import { Addresses } from './addresses.js';

/** Her address book: hers to read in full, and gone with the account. */
@Injectable()
@HoldsPersonalData('addresses')
export class AddressPersonalData implements PersonalDataPart {
  constructor(private readonly addresses: Addresses) {}

  async export(reader: Reader, { memberId }: DataSubject): Promise<DataSection[]> {
    const items = (await this.addresses.list(reader, memberId)).map((address) => ({
      收货人: address.recipient,
      手机号: address.phone,
      地址: `${address.province}${address.city}${address.district}${address.detail}`,
      默认: address.isDefault ? '是' : '否',
    }));
    return [{ title: '收货地址', items }];
  }

  async erase(tx: Tx, erasure: Erasure): Promise<'done'> {
    await tx.execute(`DELETE FROM addresses WHERE memberId IN (${marksOf(erasure)})`, erasure.entryIds);
    return 'done';
  }
}
