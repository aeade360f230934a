import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { HostFault } from '../host-fault.js';
import { PHONE } from '../shell/phone.js';

/** No traffic of the browser's own. */
const FLAGS =
  '--disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
    ' ',
  );
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function executable(): string {
  const { CHROMIUM_PATH: named } = process.env;
  if (named !== undefined && !existsSync(named))
    throw new HostFault(`CHROMIUM_PATH names ${named}, which is not there`);
  const found = named ?? PLACES.find((place) => existsSync(place));
  if (found === undefined) throw new HostFault('Chromium is not installed: set CHROMIUM_PATH to where it is');
  return found;
}

/** Playwright says in many lines, with each option, that it did not start; what Chromium itself said is the reason. */
function whyNot(error: unknown): string {
  const words = stripVTControlCharacters((error as Error).message);
  const own = [...words.matchAll(/\[err\] (.*)/g)].map(([, line]) => line);
  const ended = /process did exit: ([^>]*)/.exec(words)?.[1];
  return own.find((line) => /ERROR|FATAL/.test(line)) ?? own[0] ?? ended ?? words.split('\n')[0];
}

export interface Browser {
  context: BrowserContext;
  page: Page;
  close(): Promise<void>;
}

/** `phone`: a phone's screen and nothing else, without a window. `bench`: a window of a desktop browser. */
const LOOKS = {
  phone: {
    viewport: { width: PHONE.width, height: PHONE.height },
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
  },
  bench: { viewport: null },
};

/** Throws a HostFault when it does not start. What it writes lies in a folder that goes with it. */
export async function openChromium(look: keyof typeof LOOKS, hasSandbox: boolean): Promise<Browser> {
  const executablePath = executable();
  const home = mkdtempSync(join(tmpdir(), 'weapp-host-home-'));
  const removeHome = () => rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  const headless = look === 'phone';
  try {
    const browser = await chromium.launch({
      executablePath,
      headless,
      args: headless ? FLAGS : [...FLAGS, '--window-size=1440,940'],
      env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home, TMPDIR: home },
      chromiumSandbox: hasSandbox,
      // A signal ends the host, and the host its browser.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    const close = async () => {
      await browser.close().catch(() => undefined);
      removeHome();
    };
    const context = await browser.newContext({ ...LOOKS[look], locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
    return { context, page: await context.newPage(), close };
  } catch (error) {
    removeHome();
    throw new HostFault(`${executablePath} does not start: ${whyNot(error)}`);
  }
}
