export { WechatAccessToken } from './access-token.js';
export { type BillRefusal, WechatBillClient } from './bill-client.js';
export { type CodeRefusal, type UnlimitedCodeRequest, WechatCodeClient } from './code-client.js';
export {
  type ContentRefusal,
  ContentScene,
  type ContentVerdict,
  type TextToCheck,
  WechatContentClient,
} from './content-client.js';
export { type LinkRefusal, MOST_LINK_DAYS, type UrlLinkRequest, WechatLinkClient } from './link-client.js';
export { type LoginRefusal, type WechatIdentity, WechatLoginClient } from './login-client.js';
export { type MessageTemplate, typeOfKey } from './message-templates.js';
export type { Done, Outcome, Refused, Unknown } from './outcome.js';
export {
  type JsapiPrepayRequest,
  type PaySignParams,
  type RefundRequest,
  type RefundReroute,
  WechatPayClient,
} from './pay-client.js';
export type { NoticeFault, NoticeHeaders, ParsedNotice, WechatNotice } from './pay-notice.js';
export type { RefundStatus, TradeState, WechatRefund, WechatTransaction } from './pay-records.js';
export type { PayRefusal } from './pay-transport.js';
export { type PhoneRefusal, type WechatPhone, WechatPhoneClient } from './phone-client.js';
export { HandlesPush, type PushHandler } from './push-handler.js';
export { type PushMessage, pushInstant, pushText } from './push-message.js';
export { readWechatConfig } from './read-wechat-config.js';
export {
  LogisticsType,
  type ShippingInfo,
  type ShippingOrder,
  type ShippingRefusal,
  WechatShippingClient,
} from './shipping-client.js';
export { type SubscribeMessage, type SubscribeRefusal, WechatSubscribeClient } from './subscribe-client.js';
export {
  type TransferRefusal,
  type TransferRequest,
  WechatTransferClient,
} from './transfer-client.js';
export { type NameRule, nameRuleOf, type WechatTransfer, type WechatTransferState } from './transfer-records.js';
export { WechatModule } from './wechat.module.js';
export { type TransferAgreement, WECHAT_CONFIG, type WechatConfig } from './wechat-config.js';
export { WecomModule } from './wecom.module.js';
export { answerWecomCheck, type ContactChange, readWecomCallback } from './wecom-callback.js';
export { type ContactWay, WecomClient, type WelcomeRefusal } from './wecom-client.js';
export { readWecomConfig, WECOM_CONFIG, type WecomConfig } from './wecom-config.js';
