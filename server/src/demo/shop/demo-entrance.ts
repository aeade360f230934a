import { ConsentPurpose } from '@mall/shared/membership';
import { Injectable } from '@nestjs/common';
import { AcceptInvitation, InviteGuide } from '../../distribution/guides/guides.public.js';
import { JoinWithName } from '../../distribution/profile/profile.public.js';
import { POLICY_VERSION } from '../../membership/consent/consent.public.js';
import { SignInWithWechat } from '../../membership/sessions/sessions.public.js';
import { Database } from '../../platform/database/database.js';
import type { EmulatorPhone } from './emulator-phone.js';

export const DEMO_ACTOR = { id: 'demo', name: '演示数据' };

/** Signs a demo person in, lets her join, and makes her a guide the way HQ does. */
@Injectable()
export class DemoEntrance {
  constructor(
    private readonly database: Database,
    private readonly signIn: SignInWithWechat,
    private readonly join: JoinWithName,
    private readonly invite: InviteGuide,
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

  async guide(memberId: string, invitation: Parameters<InviteGuide['execute']>[1]): Promise<void> {
    const { code } = await this.invite.execute(DEMO_ACTOR, invitation);
    await this.acceptInvitation.execute(memberId, code);
  }
}
