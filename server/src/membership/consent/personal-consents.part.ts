import { ConsentPurpose } from '@mall/shared/membership';
import type { DataSection } from '@mall/shared/privacy';
import { Injectable } from '@nestjs/common';
import { businessTimeText } from '../../platform/clock/business-day.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { type DataSubject, type Erasure, HoldsPersonalData, type PersonalDataPart } from '../privacy/privacy.public.js';
import { Consents } from './consents.js';
import { PolicyBook } from './policy-book.js';

/** Her consents. The record of them stays, as proof that what was done was allowed; all of them end with the account. */
@Injectable()
@HoldsPersonalData('consents')
export class ConsentPersonalData implements PersonalDataPart {
  constructor(
    private readonly consents: Consents,
    private readonly policies: PolicyBook,
  ) {}

  async export(reader: Reader, { memberId }: DataSubject): Promise<DataSection[]> {
    const acts = await this.consents.acts(reader, memberId);
    const items = acts.map(({ purpose, act, policyVersion, occurredAt }) => ({
      用途: this.policies.purpose(purpose as ConsentPurpose)?.title ?? purpose,
      操作: act === 'granted' ? '同意' : '撤回',
      隐私说明版本: policyVersion,
      时间: businessTimeText(occurredAt),
    }));
    return [{ title: '同意记录', items }];
  }

  async erase(tx: Tx, { memberId, at }: Erasure): Promise<'done'> {
    const newest = new Map((await this.consents.acts(tx, memberId)).map((act) => [act.purpose, act.act]));
    const held = [...newest].filter(([, act]) => act === 'granted').map(([purpose]) => purpose as ConsentPurpose);
    if (held.length > 0) {
      await this.consents.withdraw(tx, { memberId, policyVersion: this.policies.current.version, purposes: held, at });
    }
    return 'done';
  }
}
