import type { EventChannel, Listener } from '../event-channel.js';
import { RouteRefusal } from '../router.js';
import { type Act, type Api, answeringAll, type CallOptions, Refusal, textIn } from './answer.js';
import type { WxContext } from './context.js';

export function routing({ router, faults }: WxContext): Api {
  const go =
    (change: (options: CallOptions) => Promise<unknown>): Act =>
    (options) =>
      change(options).catch((error: unknown) => {
        if (!(error instanceof RouteRefusal)) throw error;
        // A page that does not exist is a mistake of the mini-program, whoever catches the refusal.
        if (/is not found/.test(error.message)) faults.report(error);
        throw new Refusal(error.message);
      });
  return answeringAll(faults, {
    navigateTo: go(async (options) => {
      let channel: EventChannel | undefined;
      await router.navigateTo(textIn(options, 'url'), ({ opener }) => {
        channel = opener;
        for (const [name, listener] of Object.entries((options.events ?? {}) as Record<string, Listener>))
          opener.on(name, listener);
      });
      return { eventChannel: channel };
    }),
    redirectTo: go((options) => router.redirectTo(textIn(options, 'url'))),
    switchTab: go((options) => router.switchTab(textIn(options, 'url'))),
    reLaunch: go((options) => router.reLaunch(textIn(options, 'url'))),
    navigateBack: go((options) => router.navigateBack(Number(options.delta ?? 1))),
  });
}
