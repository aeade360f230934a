import { Test } from '@nestjs/testing';
import type { EmulatorClock } from '../../wechat-emulator/clock.js';
import type { EmulatorCredentials } from '../../wechat-emulator/credentials.js';
import { WallClock } from '../platform/clock/wall-clock.js';
import { WechatPayExchange } from './pay-exchange.js';
import { WechatPayKeys } from './pay-keys.js';
import { WechatModule } from './wechat.module.js';
import {
  WechatAccessToken,
  WechatBillClient,
  WechatCodeClient,
  type WechatConfig,
  WechatContentClient,
  WechatLinkClient,
  WechatLoginClient,
  WechatPayClient,
  WechatPhoneClient,
  WechatShippingClient,
  WechatTransferClient,
} from './wechat.public.js';

/** The merchant's half of a pair of credentials, as the server is configured with it. */
export function configFor(credentials: EmulatorCredentials, baseUrl: string, change: Partial<WechatConfig> = {}) {
  const config: WechatConfig = {
    appId: credentials.appId,
    appSecret: credentials.appSecret,
    apiBaseUrl: baseUrl,
    mchId: credentials.mchId,
    merchantPrivateKeyPem: credentials.merchantPrivateKeyPem,
    merchantSerial: credentials.merchantSerial,
    apiV3Key: credentials.apiV3Key,
    platformKeys: { [credentials.platformKeyId]: credentials.platformPublicKeyPem },
    payBaseUrl: baseUrl,
    notifyUrl: 'http://127.0.0.1:9/notify',
    push: null,
    transfers: { sceneId: '1005', jobTitle: '导购', rewardReason: '销售佣金', remark: '佣金提现' },
    timeoutMs: 5000,
    ...change,
  };
  return config;
}

/** The clients as Nest wires them, on a clock of the test's. */
export async function wechatClients(config: WechatConfig, clock: EmulatorClock) {
  const testing = await Test.createTestingModule({
    imports: [
      {
        module: class ClockModule {},
        global: true,
        providers: [{ provide: WallClock, useValue: clock }],
        exports: [WallClock],
      },
      WechatModule.forConfig(config),
    ],
  }).compile();
  return {
    token: testing.get(WechatAccessToken),
    login: testing.get(WechatLoginClient),
    phone: testing.get(WechatPhoneClient),
    code: testing.get(WechatCodeClient),
    content: testing.get(WechatContentClient),
    link: testing.get(WechatLinkClient),
    pay: testing.get(WechatPayClient),
    bills: testing.get(WechatBillClient),
    keys: testing.get(WechatPayKeys),
    exchange: testing.get(WechatPayExchange),
    shipping: testing.get(WechatShippingClient),
    transfer: testing.get(WechatTransferClient),
  };
}

export type WechatClients = Awaited<ReturnType<typeof wechatClients>>;
