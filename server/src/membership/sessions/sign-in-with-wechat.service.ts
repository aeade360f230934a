import { ProblemType } from '@mall/shared/problems';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { SessionStore } from '../../platform/auth/session-store.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import { type LoginRefusal, WECHAT_CONFIG, type WechatConfig, WechatLoginClient } from '../../wechat/wechat.public.js';
import { Members } from '../members/members.public.js';
import { UniteEntries } from '../merging/merging.public.js';

export interface SignedIn {
  memberId: string;
  token: string;
  /** Wall clock. */
  expiresAt: number;
}

/** Signs a person in by the code of `wx.login`; the first time makes her a visitor. */
@Injectable()
export class SignInWithWechat {
  private readonly logger = new Logger(SignInWithWechat.name);

  constructor(
    private readonly login: WechatLoginClient,
    @Inject(WECHAT_CONFIG) private readonly wechat: Pick<WechatConfig, 'appId'>,
    private readonly members: Members,
    private readonly sessions: SessionStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly unite: UniteEntries,
  ) {}

  /** Throws 401 `wechat-code-invalid`, 403 `wechat-user-blocked`, 503 when WeChat's answer is unknown. */
  async execute(code: string): Promise<SignedIn> {
    const answer = await this.login.codeToSession(code);
    if (answer.outcome === 'refused') throw this.refusal(answer.reason, answer.code);
    if (answer.outcome === 'unknown') {
      this.logger.warn({ message: 'WeChat did not answer a login', reason: answer.reason });
      throw new ProblemError(ProblemType.DependencyUnavailable, { detail: '微信暂时没有响应，请稍后再试' });
    }
    const person = { appId: this.wechat.appId, ...answer.value };
    return this.unitOfWork.run(async (tx) => {
      const member = await this.members.findOrCreateByWechat(tx, person);
      const twinId = await this.members.twinOf(tx, member.id, person);
      // WeChat names one person for two entries (R2.1). What a room refuses is for HQ, and no reason not to let her in.
      const pair = { memberId: member.id, otherMemberId: twinId ?? '', phoneHash: null };
      const united = twinId === null ? null : await this.unite.execute(tx, pair, 'unionid');
      const memberId = united ?? member.id;
      const session = await this.sessions.open(tx, { kind: 'member', memberId });
      return { memberId, ...session };
    });
  }

  private refusal(reason: LoginRefusal, code: string): ProblemError {
    if (reason === 'code_invalid') {
      return new ProblemError(ProblemType.WechatCodeInvalid, { detail: '登录凭证已失效，请重新进入' });
    }
    if (reason === 'user_blocked') {
      return new ProblemError(ProblemType.WechatUserBlocked, { detail: '微信限制了此账号登录' });
    }
    // Our own settings are wrong: nothing that the person could mend.
    this.logger.error({ message: 'WeChat refused our login call', code });
    return new ProblemError(ProblemType.DependencyUnavailable, { detail: '登录服务暂不可用' });
  }
}
