import type { MessageTemplates } from './message-templates.js';

/** Injection token of {@link WechatConfig}. */
export const WECHAT_CONFIG = Symbol('WECHAT_CONFIG');

/** What this shop has agreed with WeChat. Against the emulator only URLs and keys differ. */
export interface WechatConfig {
  readonly appId: string;
  readonly appSecret: string;
  /** `https://api.weixin.qq.com`, without trailing slash. */
  readonly apiBaseUrl: string;
  readonly mchId: string;
  /** PKCS#8 PEM. */
  readonly merchantPrivateKeyPem: string;
  /** Serial number of the merchant certificate. */
  readonly merchantSerial: string;
  /** 32 bytes. */
  readonly apiV3Key: string;
  /**
   * Keys with which WeChat signs: `PUB_KEY_ID_…` or a certificate's serial → PEM of public key or certificate. The
   * first one is named in requests. During a change of keys both are listed, since notices come under either.
   */
  readonly platformKeys: Readonly<Record<string, string>>;
  /** Certificate mode: WeChat's certificates are fetched and kept fresh; `platformKeys` may then be empty. */
  readonly fetchCertificates?: boolean;
  /** `https://api.mch.weixin.qq.com`, without trailing slash. */
  readonly payBaseUrl: string;
  /** Asked when the first host cannot be reached; null: there is none. */
  readonly payBackupUrl?: string | null;
  /** Where WeChat posts notices of payments and refunds; https without query (the emulator takes http on loopback). */
  readonly notifyUrl: string;
  /** The message push as set in the mini-program's console; null: none is set up, and its address is closed. */
  readonly push: { readonly token: string; readonly aesKey: Buffer | null } | null;
  /** Subscribe messages: a kind without a template is off; absent: all are. */
  readonly messages?: MessageTemplates;
  /** Merchant transfers to guides; absent: this merchant may not make any, and payouts wait. */
  readonly transfers?: TransferAgreement | null;
  /** After this many milliseconds without a whole answer the outcome of a call is unknown. */
  readonly timeoutMs: number;
}

/** What the merchant declares of its transfers (scene 1005, 佣金报酬). */
export interface TransferAgreement {
  readonly sceneId: string;
  /** 岗位类型: what the payees do. */
  readonly jobTitle: string;
  /** 报酬说明: what they are paid for. */
  readonly rewardReason: string;
  /** What the payee sees; at most 32 characters. */
  readonly remark: string;
}
