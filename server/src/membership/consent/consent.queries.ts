import { ConsentState, type ConsentView, type MyConsents } from '@mall/shared/privacy';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Consents } from './consents.js';
import { BOUND_TO_ACCOUNT } from './policies.js';
import { PolicyBook } from './policy-book.js';

/** What a member agreed to, in the words of the text in force. */
@Injectable()
export class ConsentQueries {
  constructor(
    private readonly database: Database,
    private readonly consents: Consents,
    private readonly policies: PolicyBook,
  ) {}

  async mine(memberId: string): Promise<MyConsents> {
    const standings = await this.consents.standings(this.database, memberId);
    const consents = this.policies.current.purposes.map((purpose): ConsentView => {
      const standing = standings.get(purpose.purpose) ?? { state: ConsentState.Never, policyVersion: null, at: null };
      return { ...purpose, ...standing, mayWithdraw: purpose.purpose !== BOUND_TO_ACCOUNT };
    });
    return {
      policyVersion: this.policies.current.version,
      consents,
      mustAskAgain: consents.some(({ state }) => state === ConsentState.Outdated),
    };
  }
}
