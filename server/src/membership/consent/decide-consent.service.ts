import type { ConsentRequest } from '@mall/shared/privacy';
import { ConsentState } from '@mall/shared/privacy';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import { Consents } from './consents.js';
import { BOUND_TO_ACCOUNT } from './policies.js';
import { PolicyBook } from './policy-book.js';

/** She agrees to one purpose, or withdraws from it: the same one press, and it acts at once (PIPL). */
@Injectable()
export class DecideConsent {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly consents: Consents,
    private readonly policies: PolicyBook,
    private readonly clock: BusinessClock,
  ) {}

  /**
   * Throws 422 `consent-missing` when another version than that in force was shown, 422 `validation-failed` for what an
   * account cannot be without, 403 `not-member` for agreeing to membership without joining. Saying what holds already writes nothing.
   */
  async execute(memberId: string, { purpose, act, policyVersion }: ConsentRequest): Promise<void> {
    const current = this.policies.current.version;
    if (policyVersion !== current || this.policies.purpose(purpose) === null) {
      throw new ProblemError(ProblemType.ConsentMissing, {
        detail: '隐私说明更新了，请看过再选',
        policyVersion: current,
      });
    }
    if (purpose === BOUND_TO_ACCOUNT && act === 'withdraw') {
      throw new ProblemError(ProblemType.ValidationFailed, {
        detail: '会员账户以这项同意为基础，不想继续可以注销账户',
        faults: [{ path: 'purpose', message: '请用“注销账户”' }],
      });
    }
    await this.unitOfWork.run(async (tx) => {
      const standing = (await this.consents.standings(tx, memberId)).get(purpose)?.state;
      const held = standing === ConsentState.Granted;
      // Joining is more than agreeing: it takes a verified number. Here she can only agree to a changed wording.
      if (purpose === BOUND_TO_ACCOUNT && (standing === ConsentState.Never || standing === ConsentState.Withdrawn)) {
        throw new ProblemError(ProblemType.NotMember, { detail: '加入会员时再同意就可以' });
      }
      if (act === 'grant' ? held : !held && standing !== ConsentState.Outdated) return;
      const said = { memberId, policyVersion, purposes: [purpose], at: this.clock.now() };
      await (act === 'grant' ? this.consents.grant(tx, said) : this.consents.withdraw(tx, said));
    });
  }
}
