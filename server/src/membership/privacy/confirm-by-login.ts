import { ProblemType } from '@mall/shared/problems';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { ProblemError } from '../../platform/http/problem.js';
import { WECHAT_CONFIG, type WechatConfig, WechatLoginClient } from '../../wechat/wechat.public.js';
import { Members } from '../members/members.public.js';

/** Makes sure that the person who asks holds the phone now: a session may have been left open. */
@Injectable()
export class ConfirmByLogin {
  constructor(
    private readonly login: WechatLoginClient,
    @Inject(WECHAT_CONFIG) private readonly wechat: Pick<WechatConfig, 'appId'>,
    private readonly members: Members,
    private readonly database: Database,
  ) {}

  /** Throws 401 `wechat-code-invalid`, 403 when the code is somebody else's, 503 when WeChat's answer is unknown. */
  async execute(memberId: string, code: string): Promise<void> {
    const answer = await this.login.codeToSession(code);
    if (answer.outcome === 'unknown') {
      throw new ProblemError(ProblemType.DependencyUnavailable, { detail: '微信暂时没有响应，请稍后再试' });
    }
    if (answer.outcome === 'refused') {
      throw new ProblemError(ProblemType.WechatCodeInvalid, { detail: '没能确认是您本人，请再试一次' });
    }
    const holder = await this.members.byOpenid(this.database, this.wechat.appId, answer.value.openid);
    if (holder !== memberId) {
      throw new ProblemError(ProblemType.Forbidden, { detail: '当前微信不是这个账户的微信' });
    }
  }
}
