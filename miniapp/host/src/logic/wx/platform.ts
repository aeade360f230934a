import { messageQuestion } from '../../shell/device-dialogs.js';
import { type Api, answeringAll, type CallOptions, Refusal, textIn } from './answer.js';
import type { WxContext } from './context.js';
import { needAgreement } from './privacy.js';
import { needScope } from './settings.js';

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

/** Opens a page of the platform's and gives the query with which it came back; null when she closed it. */
async function visit(context: WxContext, kind: 'payment' | 'page', path: string, query: Record<string, string>) {
  const address = await context.bridge.platformPage(path, query);
  const { accepted, choice } = await context.shell.dialogs.page(kind, address);
  return accepted ? (choice as Record<string, string>) : null;
}

async function pay(context: WxContext, options: CallOptions) {
  const names = ['timeStamp', 'nonceStr', 'package', 'signType', 'paySign'];
  for (const name of names)
    if (!options[name]) throw new Refusal(`parameter error: parameter.${name} should be String`);
  const given = Object.fromEntries(names.map((name) => [name, textIn(options, name)]));
  const prepayId = given.package.replace(/^prepay_id=/, '');
  const { project } = context;
  const back = await visit(context, 'payment', '/cashier', { ...given, appId: project.appId, prepay_id: prepayId });
  if (back?.payResult !== 'ok') throw new Refusal('cancel');
  // WeChat's documents: messages may be asked for in a tap or when she has paid.
  context.gesture.begin();
  return undefined;
}

/** WeChat's own mini-program for receipts, as `referrerInfo` names it. */
const RECEIPT_APP = 'wx1183b055aeec94d1';
const BACK_FROM_ANOTHER = 1038;

/** WeChat says that it opens, no more: what she decided comes with `onShow`, when she is back. */
function confirmReceipt(context: WxContext, options: CallOptions): void {
  if (options.businessType !== 'weappOrderConfirm')
    throw new Error(`openBusinessView: ${options.businessType} is not implemented`);
  const { app, router, faults } = context;
  const asked = (options.extraData ?? {}) as Record<string, unknown>;
  const query = Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, text(value)]));
  router.hideTop();
  app.hide();
  void visit(context, 'page', '/device/confirm-receive', query)
    .then((back) => {
      const extraData = { status: back?.confirmResult ?? 'cancel', req_extradata: asked };
      const entry = app.entered ?? { path: router.top?.path ?? '', query: {}, scene: BACK_FROM_ANOTHER };
      app.show({ ...entry, scene: BACK_FROM_ANOTHER, referrerInfo: { appId: RECEIPT_APP, extraData } });
      router.showTop();
    })
    .catch((error: unknown) => faults.report(error));
}

async function subscribe(context: WxContext, options: CallOptions) {
  context.gesture.need();
  const tmplIds = (options.tmplIds ?? []) as string[];
  const choices = await messageQuestion(context.shell.dialogs, tmplIds);
  const said = await context.bridge.platform('/device/subscribe', { tmplIds, choices });
  const { errMsg, errCode, ...rest } = said;
  if (errCode !== undefined) throw new Refusal(text(errMsg).replace(/^.*:fail ?/, ''), { errCode: Number(errCode) });
  return rest;
}

/** What WeChat itself answers; here whatever stands in for it. */
export function platformCalls(context: WxContext): Api {
  const { bridge, faults, session } = context;
  return answeringAll(faults, {
    login: async () => {
      if (!session.online) throw new Refusal('net::ERR_INTERNET_DISCONNECTED');
      const { code } = await bridge.platform('/device/login-code', {});
      if (typeof code !== 'string') throw new Refusal('system error');
      return { code };
    },
    checkSession: async () => {
      if (!session.online) throw new Refusal('net::ERR_INTERNET_DISCONNECTED');
      const said = text((await bridge.platform('/device/check-session', {})).errMsg);
      if (said !== 'checkSession:ok') throw new Refusal(said.replace(/^.*:fail ?/, ''));
    },
    requestPayment: (options) => pay(context, options),
    requestMerchantTransfer: async (options) => {
      const names = ['mchId', 'appId', 'package', 'openId'];
      const query = Object.fromEntries(names.map((name) => [name, textIn(options, name)]));
      const back = await visit(context, 'page', '/device/transfer-confirm', query);
      if (back === null) throw new Refusal('cancel');
      return { result: 'success' };
    },
    openBusinessView: (options) => confirmReceipt(context, options),
    requestSubscribeMessage: (options) => subscribe(context, options),
    saveImageToPhotosAlbum: async (options) => {
      await needAgreement(context, 'saveImageToPhotosAlbum');
      await needScope(context, 'scope.writePhotosAlbum');
      if (!(await bridge.keepPicture(textIn(options, 'filePath')))) throw new Refusal("file doesn't exist");
      return undefined;
    },
  });
}
