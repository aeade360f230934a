import type { Api, CallOptions } from './answer.js';
import { answeringAll } from './answer.js';
import { API_NAMES } from './api-names.data.js';
import type { WxContext } from './context.js';
import { device, listening } from './device.js';
import { feedback } from './feedback.js';
import { fileSystem, PhoneFiles } from './files.js';
import { looks } from './looks.js';
import { network } from './network.js';
import { pictures } from './pictures.js';
import { platformCalls } from './platform.js';
import { needAgreement, privacy } from './privacy.js';
import { routing } from './routing.js';
import { scan } from './scan.js';
import { settings } from './settings.js';
import { storageCalls } from './storage.js';

/** Calls that WeChat has and this host does not: reading them is harmless, calling them ends the run. */
function missing(known: Api, { faults }: WxContext): Api {
  const names = API_NAMES.split(/\s+/).filter((name) => name !== '' && !(name in known));
  return Object.fromEntries(
    names.map((name) => [
      name,
      () => {
        const error = new Error(`wx.${name} is not implemented by this host`);
        faults.report(error);
        throw error;
      },
    ]),
  );
}

/** Everything that the mini-program finds in `wx`. */
export function makeWx(context: WxContext): { wx: Api; implemented: ReadonlySet<string> } {
  const { faults } = context;
  const files = new PhoneFiles();
  const told = feedback(context);
  const copy = told.setClipboardData as (options: CallOptions) => Promise<object> | undefined;
  const known: Api = {
    ...routing(context),
    ...told,
    ...storageCalls(context),
    ...device(context),
    ...listening(context),
    ...network(context),
    ...privacy(context),
    ...platformCalls(context),
    ...looks(context),
    ...settings(context),
    ...scan(context),
    ...fileSystem(context, files),
    ...pictures(context, files),
    ...answeringAll(faults, {
      setClipboardData: async ({ data }) => {
        await needAgreement(context, 'setClipboardData');
        await copy({ data });
      },
    }),
  };
  const implemented = new Set(Object.keys(known));
  const wx: Api = { ...missing(known, context), ...known };
  wx.canIUse = (schema: string) => implemented.has(schema.split('.')[0]);
  return { wx, implemented };
}
