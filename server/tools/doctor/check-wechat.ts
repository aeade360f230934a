import { callApi } from '../../src/wechat/api-answer.js';
import { callOutside } from '../../src/wechat/call-outside.js';
import type { WechatConfig } from '../../src/wechat/wechat.public.js';
import { type Finding, fail, ok, warn } from './finding.js';

/** WeChat refuses signatures from five minutes on; a clock that is off by one is on its way there. */
const SKEW_FAIL_MS = 300_000;
const SKEW_WARN_MS = 30_000;

const TOKEN_FAULTS: Readonly<Record<number, string>> = {
  40013: 'WECHAT_APP_ID is not known to WeChat',
  40125: "WECHAT_APP_SECRET is not this mini-program's: reset it in its console if it is lost",
  40001: "WECHAT_APP_SECRET is not this mini-program's: reset it in its console if it is lost",
  40164: "this machine's address is not on the mini-program's IP allow-list: add it in the console",
  89503: 'an administrator has to confirm this call in WeChat first',
};

export function checkSkew(date: string | null, now: number): Finding {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return warn('clock', 'WeChat told no time, so the clock was not compared');
  const seconds = Math.round(Math.abs(now - theirs) / 1000);
  if (seconds * 1000 >= SKEW_FAIL_MS) {
    return fail('clock', `the clock is ${seconds} s off WeChat's: signatures are refused from 300 s on, turn NTP on`);
  }
  if (seconds * 1000 >= SKEW_WARN_MS) return warn('clock', `the clock is ${seconds} s off WeChat's: turn NTP on`);
  return ok('clock', "the clock agrees with WeChat's");
}

async function checkShipping(config: WechatConfig, token: string): Promise<Finding> {
  const check = 'shipping management';
  const answer = await callApi({
    method: 'POST',
    url: `${config.apiBaseUrl}/wxa/sec/order/is_trade_managed?access_token=${encodeURIComponent(token)}`,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ appid: config.appId }),
    timeoutMs: config.timeoutMs,
  });
  if (answer.outcome === 'errcode') return warn(check, `WeChat refused the question (${answer.errcode})`);
  if (answer.outcome !== 'json') return warn(check, 'WeChat did not answer the question');
  return answer.json.is_trade_managed === true
    ? ok(check, 'the mini-program is in shipping management: dispatches are uploaded')
    : warn(check, 'the mini-program is not in shipping management: open it before selling goods that are sent');
}

/** The clock, the mini-program's secret, the allow-list and shipping management. */
export async function checkMiniProgram(config: WechatConfig, now: () => number): Promise<Finding[]> {
  const { apiBaseUrl, timeoutMs, appId, appSecret } = config;
  const reached = await callOutside({ method: 'GET', url: apiBaseUrl, headers: {}, body: null, timeoutMs });
  if (reached.outcome === 'unknown' && ['network', 'timeout'].includes(reached.reason)) {
    return [
      fail('mini-program', `${apiBaseUrl} cannot be reached (${reached.reason}): check name service and firewall`),
    ];
  }
  const found = [checkSkew(reached.outcome === 'answer' ? reached.headers.get('date') : null, now())];
  const answer = await callApi({
    method: 'POST',
    url: `${apiBaseUrl}/cgi-bin/stable_token`,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ grant_type: 'client_credential', appid: appId, secret: appSecret }),
    timeoutMs,
  });
  if (answer.outcome === 'errcode') {
    const sentence = TOKEN_FAULTS[answer.errcode] ?? `WeChat gave no token (${answer.errcode})`;
    return [...found, fail('mini-program', sentence)];
  }
  const token = answer.outcome === 'json' ? answer.json.access_token : null;
  if (typeof token !== 'string') return [...found, fail('mini-program', 'WeChat gave no token: ask again in a minute')];
  return [...found, ok('mini-program', 'appid and secret are good'), await checkShipping(config, token)];
}
