import type { PrivacyAnswer } from '../session.js';
import { type Act, type Api, answeringAll, Refusal } from './answer.js';
import type { WxContext } from './context.js';

export const CONTRACT_NAME = '《小程序隐私保护指引》';
const REFUSED = { errno: 104 };

/** She has tapped this button: only then may the mini-program say that she agrees. */
const tapped = new Set<string>();

export function buttonTapped(id: string, types: readonly string[], { session }: Pick<WxContext, 'session'>): void {
  if (!types.includes('agreePrivacyAuthorization')) return;
  tapped.add(id);
  // A button that asks for something else as well agrees by the same tap.
  if (types.length > 1) session.agreed = true;
}

function asked({ session }: WxContext, api: string): Promise<boolean> {
  const { privacyListener } = session;
  if (privacyListener === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const answer = ({ event, buttonId }: PrivacyAnswer) => {
      if (event === 'agree') {
        if (!tapped.has(buttonId ?? '')) throw new Error(`privacy: the button "${buttonId}" was not tapped`);
        resolve(true);
      }
      if (event === 'disagree') resolve(false);
    };
    privacyListener(answer, { referrer: api });
  });
}

/** Passes when she agreed to the guideline before or agrees now. Throws the refusal that WeChat gives otherwise. */
export async function needAgreement(context: WxContext, api: string): Promise<void> {
  const { session, shell } = context;
  if (session.agreed) return;
  const isAgreed =
    session.privacyListener === null
      ? await shell.dialogs.authorization(CONTRACT_NAME, '请先阅读并同意小程序的隐私保护指引')
      : await asked(context, api);
  if (!isAgreed) throw new Refusal('privacy permission is not authorized', REFUSED);
  session.agreed = true;
}

export function privacy(context: WxContext): Api {
  const { session, faults, shell } = context;
  const require: Act = () => needAgreement(context, 'requirePrivacyAuthorize');
  return {
    ...answeringAll(faults, {
      getPrivacySetting: () => ({ needAuthorization: !session.agreed, privacyContractName: CONTRACT_NAME }),
      openPrivacyContract: async () => {
        await shell.dialogs.sheet([CONTRACT_NAME]);
      },
      requirePrivacyAuthorize: require,
    }),
    onNeedPrivacyAuthorization: (listener: typeof session.privacyListener) => {
      session.privacyListener = listener;
    },
  };
}

/** Puts the question before calls that touch her privacy. */
export function guarded(context: WxContext, acts: Record<string, Act>): Record<string, Act> {
  const pairs = Object.entries(acts).map(([name, act]): [string, Act] => [
    name,
    async (options) => {
      await needAgreement(context, name);
      return act(options);
    },
  ]);
  return Object.fromEntries(pairs);
}
