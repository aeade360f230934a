import { addressText } from '../../project/paths.js';
import type { Fire, TapTarget } from '../../view/view-host.js';
import { callOf } from '../page-instance.js';
import type { WxContext } from './context.js';
import { NEEDS_TAP } from './gesture.js';
import { buttonTapped, needAgreement } from './privacy.js';
import { openSettings } from './settings.js';

interface Card {
  title?: string;
  path?: string;
  imageUrl?: string;
}

async function phoneNumber(context: WxContext, fire: Fire): Promise<void> {
  try {
    await needAgreement(context, 'getPhoneNumber');
  } catch (error) {
    const { message, numbers } = error as Error & { numbers?: object };
    fire('getphonenumber', { errMsg: `getPhoneNumber:fail ${message}`, ...numbers });
    return;
  }
  const isAllowed = await context.shell.dialogs.authorization('申请获取并验证你的手机号', '');
  if (!isAllowed) {
    fire('getphonenumber', { errMsg: 'getPhoneNumber:fail user deny' });
    return;
  }
  const { code, errMsg, errno } = await context.bridge.platform('/device/phone-code', {});
  fire('getphonenumber', code === undefined ? { errMsg, errno } : { errMsg: 'getPhoneNumber:ok', code });
}

interface MadeCard extends Card {
  promise?: Promise<Card>;
}

/** WeChat's documents: what `promise` gives within three seconds is sent, the card beside it otherwise. */
export async function settledCard({ promise, ...plain }: MadeCard, patienceMs = 3000): Promise<Card> {
  if (promise === undefined) return plain;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Card>((resolve) => {
    timer = setTimeout(() => resolve(plain), patienceMs);
  });
  return Promise.race([promise.catch(() => plain), late]).finally(() => clearTimeout(timer));
}

/** Sends the card that the page makes. What is missing is the page itself and the name of the mini-program. */
export async function sendCard(context: WxContext, from: 'button' | 'menu', target?: TapTarget): Promise<void> {
  const { router, session, shell, project } = context;
  const page = router.top;
  if (page === undefined) return;
  const made = await settledCard((callOf(page.instance, 'onShareAppMessage', { from, target }) ?? {}) as MadeCard);
  const title = made.title ?? String(project.app.window.navigationBarTitleText ?? '');
  if (!(await shell.dialogs.share(title))) return;
  const card = { title, path: made.path ?? addressText(page), imageUrl: made.imageUrl ?? '' };
  session.sharedCards.push(card);
  context.watch?.({ kind: 'card', card });
}

/** Types with an event of their own hear the refusal by it; of the others nobody would hear. */
const WITH_EVENT = ['getPhoneNumber', 'openSetting', 'agreePrivacyAuthorization'];

/** Nobody has tapped the button: a script or a test has said so in its name. */
function refuse({ faults }: WxContext, types: string[], fire: Fire): void {
  for (const type of types) {
    const errMsg = `${type}:fail ${NEEDS_TAP}`;
    if (WITH_EVENT.includes(type)) fire(type.toLowerCase(), { errMsg });
    else faults.report(new Error(errMsg));
  }
}

/** What a tap of `<button open-type>` does. Types can be joined, as in `getPhoneNumber|agreePrivacyAuthorization`. */
export async function openType(context: WxContext, types: string[], target: TapTarget, fire: Fire): Promise<void> {
  if (!context.gesture.isNow) return refuse(context, types, fire);
  buttonTapped(target.id, types, context);
  for (const type of types) {
    if (type === 'agreePrivacyAuthorization')
      fire('agreeprivacyauthorization', { errMsg: 'agreePrivacyAuthorization:ok' });
    else if (type === 'getPhoneNumber') await phoneNumber(context, fire);
    else if (type === 'share') await sendCard(context, 'button', target);
    else if (type === 'contact' || type === 'feedback') await context.shell.dialogs.sheet(['客服会话']);
    else if (type === 'openSetting')
      fire('opensetting', { errMsg: 'openSetting:ok', ...(await openSettings(context)) });
    else throw new Error(`open-type "${type}" is not implemented by this host`);
  }
}
