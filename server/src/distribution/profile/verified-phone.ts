import { ProblemType } from '@mall/shared/problems';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Members } from '../../membership/members/members.public.js';
import { Database } from '../../platform/database/database.js';
import { ProblemError } from '../../platform/http/problem.js';
import { WECHAT_CONFIG, type WechatConfig, type WechatPhone, WechatPhoneClient } from '../../wechat/wechat.public.js';

/** The phone number that WeChat vouches for. Each success costs money, so everything else is checked before. */
@Injectable()
export class VerifiedPhone {
  private readonly logger = new Logger(VerifiedPhone.name);

  constructor(
    private readonly client: WechatPhoneClient,
    @Inject(WECHAT_CONFIG) private readonly wechat: Pick<WechatConfig, 'appId'>,
    private readonly members: Members,
    private readonly database: Database,
  ) {}

  /** Throws 422 `phone-code-invalid`, 503 when WeChat's answer is unknown. */
  async byCode(memberId: string, code: string): Promise<WechatPhone> {
    const openid = await this.members.openidOf(this.database, memberId, this.wechat.appId);
    if (openid === null) throw this.invalid();
    const answer = await this.client.phoneByCode(code, openid);
    if (answer.outcome === 'ok') return answer.value;
    if (answer.outcome === 'refused' && answer.reason === 'code_invalid') throw this.invalid();
    this.logger.warn({ message: 'WeChat gave no phone number', outcome: answer.outcome, reason: answer.reason });
    throw new ProblemError(ProblemType.DependencyUnavailable, { detail: '微信暂时没有响应，请稍后再试' });
  }

  private invalid(): ProblemError {
    return new ProblemError(ProblemType.PhoneCodeInvalid, { detail: '手机号授权已失效，请重新授权' });
  }
}
