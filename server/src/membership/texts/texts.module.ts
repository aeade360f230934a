import { Module } from '@nestjs/common';
import { MembersModule } from '../members/members.public.js';
import { AskWechat } from './ask-wechat.js';
import { CheckText } from './check-text.service.js';
import { CheckWaitingTexts } from './check-waiting-texts.job.js';
import { DecideText } from './decide-text.service.js';
import { HqTextsController } from './hq-texts.controller.js';
import { MergeTexts } from './merge-texts.part.js';
import { MyNicknameController } from './my-nickname.controller.js';
import { TextPersonalData } from './personal-texts.part.js';
import { SettleText } from './settle-text.js';
import { SubmitText } from './submit-text.service.js';
import { TextQueries } from './text.queries.js';
import { WrittenTexts } from './written-texts.js';

/** Content security (§9): what people write is seen by others once WeChat or HQ has passed it. Needs WechatModule. */
@Module({
  imports: [MembersModule],
  controllers: [MyNicknameController, HqTextsController],
  providers: [
    AskWechat,
    CheckText,
    CheckWaitingTexts,
    DecideText,
    MergeTexts,
    SettleText,
    SubmitText,
    TextPersonalData,
    TextQueries,
    WrittenTexts,
  ],
  exports: [SubmitText],
})
export class TextsModule {}
