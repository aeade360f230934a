import { ConsentPurpose } from '@mall/shared/membership';
import { Injectable } from '@nestjs/common';
import { AcceptInvitation } from '../../distribution/guides/guides.public.js';
import { JoinWithName } from '../../distribution/profile/profile.public.js';
import { POLICY_VERSION } from '../../membership/consent/consent.public.js';
import { SignInWithWechat } from '../../membership/sessions/sessions.public.js';
import { Database } from '../../platform/database/database.js';
import type { EmulatorPhone } from './emulator-phone.js';

/** Signs a demo person in and lets her join. */
@Injectable()
export class DemoEntrance {
  constructor(
    private readonly database: Database,
    private readonly signIn: SignInWithWechat,
    private readonly join: JoinWithName,
    private readonly acceptInvitation: AcceptInvitation,
  ) {}

  /** Returns the member's id. */
  async member(phone: EmulatorPhone, nickname: string): Promise<string> {
    const { memberId } = await this.signIn.execute(await phone.loginCode());
    const row = await this.database.first<{ joinedAt: number | null }>('SELECT joinedAt FROM members WHERE id = ?', [
      memberId,
    ]);
    if (row?.joinedAt == null) {
      return this.join.execute(memberId, {
        phoneCode: await phone.phoneCode(),
        policyVersion: POLICY_VERSION,
        purposes: [ConsentPurpose.Membership],
        offerTouchId: null,
        nickname,
      });
    }
    return memberId;
  }

  async accept(memberId: string, code: string): Promise<void> {
    await this.acceptInvitation.execute(memberId, code);
  }
}
