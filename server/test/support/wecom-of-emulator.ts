import type { RunningEmulator } from '../../wechat-emulator/start-emulator.js';

/** What a mall is told so that the emulator is its WeCom. */
export function wecomVariables({ credentials, baseUrl }: RunningEmulator): Record<string, string> {
  return {
    WECOM_CORP_ID: credentials.corpId,
    WECOM_SECRET: credentials.corpSecret,
    WECOM_CALLBACK_TOKEN: credentials.wecomToken,
    WECOM_CALLBACK_AES_KEY: credentials.wecomAesKey,
    WECOM_API_URL: baseUrl,
  };
}

/** For startTestMall: a mall with WeCom, and a WeCom that knows where to call back. */
export function withWecom(running: RunningEmulator, apiUrl: string): Record<string, string> {
  running.emulator.wecomPush.url = `${apiUrl}/api/wecom/callback`;
  return wecomVariables(running);
}
