import { settingsPage } from '../../shell/device-dialogs.js';
import { type Api, answeringAll, Refusal, textIn } from './answer.js';
import type { WxContext } from './context.js';

const scopesOf = ({ session }: WxContext) => Object.fromEntries(session.scopes);

const QUESTIONS: Record<string, [string, string]> = {
  'scope.writePhotosAlbum': ['保存图片', '允许保存到你的相册'],
  'scope.userLocation': ['位置信息', '允许使用你的位置信息'],
  'scope.userFuzzyLocation': ['位置信息', '允许使用你的模糊位置信息'],
  'scope.camera': ['摄像头', '允许使用你的摄像头'],
  'scope.record': ['麦克风', '允许使用你的麦克风'],
};

/** Passes when she allows it now or did before. WeChat asks once: after a refusal only its settings change it. */
export async function needScope(context: WxContext, scope: string): Promise<void> {
  const { session, shell } = context;
  if (!session.scopes.has(scope)) {
    const question = QUESTIONS[scope];
    if (question === undefined) throw new Error(`authorize: ${scope} is not implemented by this host`);
    session.scopes.set(scope, await shell.dialogs.authorization(...question));
  }
  if (session.scopes.get(scope) !== true) throw new Refusal('auth deny');
}

/** Shows what she allows, and gives it as it is when she comes back. */
export async function openSettings(context: WxContext): Promise<{ authSetting: Record<string, boolean> }> {
  const chosen = await settingsPage(context.shell.dialogs, scopesOf(context));
  for (const [scope, isAllowed] of Object.entries(chosen)) context.session.scopes.set(scope, isAllowed);
  return { authSetting: scopesOf(context) };
}

export function settings(context: WxContext): Api {
  return answeringAll(context.faults, {
    authorize: (options) => needScope(context, textIn(options, 'scope')),
    getSetting: () => ({ authSetting: scopesOf(context) }),
    openSetting: () => {
      context.gesture.need();
      return openSettings(context);
    },
  });
}
