/** In a browser WeChat is the demo's emulator; a shop without one can't sign anybody in here. */
import type { ClientConfig } from '@mall/shared/hq';
import { persona } from './persona.h5';
import { send } from './request';

let config: Promise<ClientConfig> | null = null;

async function loadConfig(): Promise<ClientConfig> {
  const answer = await send({ method: 'GET', url: `${API_BASE}/api/client-config`, headers: {} });
  if (answer.status !== 200) throw new Error(`client-config answered ${answer.status}`);
  return answer.body as ClientConfig;
}

/** The emulator's address without a slash at the end. Throws when the shop runs on the real WeChat. */
export async function emulatorUrl(): Promise<string> {
  config ??= loadConfig().catch((failure: unknown) => {
    config = null;
    throw failure;
  });
  const { emulatorUrl: url } = await config;
  if (url === null) throw new Error('no emulator: open the shop in WeChat');
  return url.replace(/\/$/, '');
}

/** Opens one of the emulator's pages in the place of this one; it returns to `backTo`, a path of the mall. */
export async function leaveFor(page: string, asked: Record<string, string>, backTo: string): Promise<'left'> {
  const who = persona();
  const back = `${window.location.origin}${window.location.pathname}?as=${who}#${backTo}`;
  const query = Object.entries({ ...asked, persona: who, return: back }).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  window.location.href = `${await emulatorUrl()}${page}?${query.join('&')}`;
  return 'left';
}

/** Tells or asks what a phone would ask of WeChat. */
export async function askDevice(path: string, body: Record<string, unknown>): Promise<unknown> {
  const url = `${await emulatorUrl()}/device/${path}`;
  return (await send({ method: 'POST', url, headers: {}, body: { persona: persona(), ...body } })).body;
}

async function deviceCode(kind: 'login-code' | 'phone-code'): Promise<string> {
  const { code } = ((await askDevice(kind, {})) ?? {}) as { code?: unknown };
  if (typeof code !== 'string') throw new Error(`the emulator gave no ${kind}`);
  return code;
}

export function loginCode(): Promise<string> {
  return deviceCode('login-code');
}

/** What `<button open-type="getPhoneNumber">` gives on a phone. */
export function phoneCode(): Promise<string> {
  return deviceCode('phone-code');
}
