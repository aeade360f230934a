import { type DynamicModule, Module } from '@nestjs/common';
import { WechatAccessToken } from './access-token.js';
import { WechatBillClient } from './bill-client.js';
import { WechatCodeClient } from './code-client.js';
import { WechatContentClient } from './content-client.js';
import { WechatLinkClient } from './link-client.js';
import { WechatLoginClient } from './login-client.js';
import { WechatPayClient } from './pay-client.js';
import { WechatPayExchange } from './pay-exchange.js';
import { WechatPayKeys } from './pay-keys.js';
import { WechatPayTransport } from './pay-transport.js';
import { WechatPhoneClient } from './phone-client.js';
import { PlatformCertificates } from './platform-certificates.js';
import { WechatShippingClient } from './shipping-client.js';
import { WechatSubscribeClient } from './subscribe-client.js';
import { WechatTransferClient } from './transfer-client.js';
import { WECHAT_CONFIG, type WechatConfig } from './wechat-config.js';

const CLIENTS = [
  WechatAccessToken,
  WechatLoginClient,
  WechatPhoneClient,
  WechatCodeClient,
  WechatContentClient,
  WechatLinkClient,
  WechatPayClient,
  WechatBillClient,
  WechatShippingClient,
  WechatSubscribeClient,
  WechatTransferClient,
];

/** Clients of WeChat. Needs WallClock, which the (global) platform module provides. */
@Module({})
export class WechatModule {
  /** Global, since there is one WeChat: rooms ask for a client without importing the module again. */
  static forConfig(config: WechatConfig): DynamicModule {
    return {
      module: WechatModule,
      global: true,
      providers: [
        { provide: WECHAT_CONFIG, useValue: config },
        WechatPayKeys,
        WechatPayExchange,
        PlatformCertificates,
        WechatPayTransport,
        ...CLIENTS,
      ],
      exports: [WECHAT_CONFIG, ...CLIENTS],
    };
  }
}
