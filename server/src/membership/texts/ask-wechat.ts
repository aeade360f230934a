import { TextKind } from '@mall/shared/texts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { ContentScene, WECHAT_CONFIG, type WechatConfig, WechatContentClient } from '../../wechat/wechat.public.js';
import { Members } from '../members/members.public.js';
import type { CheckAnswer } from './domain/next-step.js';
import type { WrittenTextEntity } from './written-text.entity.js';

const SCENES: Readonly<Record<TextKind, ContentScene>> = { [TextKind.Nickname]: ContentScene.Profile };
const UNSEEN: CheckAnswer = { outcome: 'refused', reason: 'user_not_seen' };

/** The call itself: outside of any transaction. */
@Injectable()
export class AskWechat {
  constructor(
    private readonly content: WechatContentClient,
    private readonly members: Members,
    private readonly database: Database,
    @Inject(WECHAT_CONFIG) private readonly wechat: Pick<WechatConfig, 'appId'>,
  ) {}

  async about({ memberId, kind }: WrittenTextEntity, text: string, timeoutMs?: number): Promise<CheckAnswer> {
    const openid = await this.members.openidOf(this.database, memberId, this.wechat.appId);
    // Nobody of this mini-program: WeChat could not say anything about her.
    if (openid === null) return UNSEEN;
    return this.content.checkText({ openid, scene: SCENES[kind as TextKind], content: text }, timeoutMs);
  }
}
