import { WechatNoticeEntity } from './wechat-notice.entity.js';

export { NoticesModule } from './notices.module.js';

export const NOTICE_ENTITIES = [WechatNoticeEntity];
