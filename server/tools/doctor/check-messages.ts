import { MessageKind } from '@mall/shared/subscriptions';
import type { WechatConfig } from '../../src/wechat/wechat.public.js';
import { type Finding, ok, unseen, warn } from './finding.js';

/** Which subscribe messages are off, and whether two share a template. That ids are well-formed, the environment saw. */
export function checkMessages(config: WechatConfig): Finding[] {
  const check = 'subscribe messages';
  const templates = config.messages ?? {};
  const kinds = Object.values(MessageKind);
  const off = kinds.filter((kind) => templates[kind] === undefined);
  if (off.length === kinds.length) {
    return [warn(check, 'all are off: WECHAT_MESSAGE_TEMPLATES_FILE names no template')];
  }
  const found: Finding[] = [
    off.length === 0
      ? ok(check, `all ${kinds.length} have a template`)
      : warn(check, `off are ${off.join(', ')}: WECHAT_MESSAGE_TEMPLATES_FILE names no template for them`),
  ];
  const idOf = (kind: MessageKind): string | undefined => templates[kind]?.id;
  const on = kinds.filter((kind) => idOf(kind) !== undefined);
  const shared = on.filter((kind) => on.some((other) => other !== kind && idOf(other) === idOf(kind)));
  if (shared.length > 0) {
    found.push(warn(check, `${shared.join(' and ')} share a template id: WeChat counts a customer's yes by template`));
  }
  const unknown = 'whether the account has these templates, with these keys, was not asked: the first message shows it';
  return [...found, unseen(check, `the ids are well-formed; ${unknown}`)];
}

/** The message push (消息推送). Malformed tokens and keys are faults of the environment already. */
export function checkPush({ push }: WechatConfig): Finding[] {
  const check = 'message push';
  if (push === null) {
    return [warn(check, 'it is off: without WECHAT_PUSH_TOKEN the mall does not hear of settlements and reminders')];
  }
  if (push.aesKey === null) {
    return [warn(check, 'it runs in plain mode: set WECHAT_PUSH_AES_KEY, production takes safe mode only')];
  }
  return [
    ok(check, 'token and AES key have the right form (safe mode)'),
    unseen(check, "whether they are the console's shows when WeChat checks the address there"),
  ];
}

/** A link or a code that is made counts against WeChat's quota, so none is made for a look. */
export function checkLinks(): Finding {
  return unseen(
    'links and codes',
    'none was made just to look: whether the account may make them, and their pages are released, the first shows',
  );
}
