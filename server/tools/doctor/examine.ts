import { loadEnvironment } from '../../src/load-environment.js';
import type { WallClock } from '../../src/platform/clock/wall-clock.js';
import { EnvironmentError } from '../../src/platform/config/environment.js';
import { WecomClient, type WecomConfig } from '../../src/wechat/wechat.public.js';
import { checkDatabase } from './check-database.js';
import { checkAddresses, checkKeys } from './check-keys.js';
import { checkLinks, checkMessages, checkPush } from './check-messages.js';
import { checkPay } from './check-pay.js';
import { checkMiniProgram } from './check-wechat.js';
import { type Finding, fail, ok, unseen } from './finding.js';

type Source = Readonly<Record<string, string | undefined>>;

async function checkWecom(config: WecomConfig | null, clock: WallClock): Promise<Finding[]> {
  if (config === null) return [ok('WeCom', 'it is off: no WECOM_ variable is set')];
  const token = await new WecomClient(config, clock).checkToken();
  if (token.outcome === 'ok') {
    return [
      ok('WeCom', 'corp id and secret are good'),
      unseen('WeCom', 'whether the application may use customer contact, the first contact code of a guide shows'),
    ];
  }
  if (token.outcome === 'unknown') return [fail('WeCom', `WeCom did not answer (${token.reason})`)];
  return [
    token.code === '60020'
      ? fail(
          'WeCom',
          "this machine's address is not on the application's list of trusted IPs: add it in WeCom's console",
        )
      : fail('WeCom', `WECOM_CORP_ID and WECOM_SECRET do not fit together (${token.code})`),
  ];
}

/** Looks at everything that a shop needs before it opens. `offline` asks neither WeChat nor WeCom. */
export async function examine(source: Source, offline: boolean, clock: WallClock): Promise<Finding[]> {
  let loaded: ReturnType<typeof loadEnvironment>;
  try {
    loaded = loadEnvironment(source);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.faults.map((fault) => fail('environment', fault));
  }
  const { environment, wechat, wecom } = loaded;
  const found = [
    ok('environment', 'every variable can be read'),
    ...checkAddresses(environment, wechat),
    ...checkKeys(wechat, source.WECHAT_MERCHANT_CERTIFICATE_FILE, clock.now()),
    ...checkMessages(wechat),
    ...checkPush(wechat),
    ...(await checkDatabase(environment, clock.now())),
  ];
  if (offline) return found;
  const now = () => clock.now();
  return [
    ...found,
    ...(await checkMiniProgram(wechat, now)),
    checkLinks(),
    ...(await checkPay(wechat, now)),
    ...(await checkWecom(wecom, clock)),
  ];
}
