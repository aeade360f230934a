import { RouteRefusal } from '../router.js';
import { type Act, type Api, answeringAll, type CallOptions, Refusal, textIn } from './answer.js';
import type { WxContext } from './context.js';

export function routing({ router, faults }: WxContext): Api {
  const go =
    (change: (options: CallOptions) => Promise<void>): Act =>
    (options) =>
      change(options).catch((error: unknown) => {
        if (!(error instanceof RouteRefusal)) throw error;
        // A page that does not exist is a mistake of the mini-program, whoever catches the refusal.
        if (/is not found/.test(error.message)) faults.report(error);
        throw new Refusal(error.message);
      });
  return answeringAll(faults, {
    navigateTo: go((options) => router.navigateTo(textIn(options, 'url'))),
    redirectTo: go((options) => router.redirectTo(textIn(options, 'url'))),
    switchTab: go((options) => router.switchTab(textIn(options, 'url'))),
    reLaunch: go((options) => router.reLaunch(textIn(options, 'url'))),
    navigateBack: go((options) => router.navigateBack(Number(options.delta ?? 1))),
  });
}
