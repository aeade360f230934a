import { parseAddress } from '../../project/paths.js';
import { camera } from '../../shell/device-dialogs.js';
import { type Api, answeringAll, Refusal } from './answer.js';
import type { WxContext } from './context.js';

const inBase64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** A mini-program code says a path, other codes say words. */
export function scan({ faults, shell, project }: WxContext): Api {
  return answeringAll(faults, {
    scanCode: async () => {
      const said = await camera(shell.dialogs);
      if (said === null) throw new Refusal('cancel');
      const rest = { charSet: 'UTF-8', rawData: inBase64(said) };
      const isOwn = project.pages.includes(parseAddress('', said).path);
      return isOwn
        ? { scanType: 'WX_CODE', result: '', path: said.replace(/^\//, ''), ...rest }
        : { scanType: 'QR_CODE', result: said, ...rest };
    },
  });
}
