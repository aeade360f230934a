import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { HostFault } from '../host-fault.js';
import { PHONE } from '../shell/phone.js';

/** No traffic of the browser's own. */
const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
    ' ',
  );
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function executable(): string {
  const found = process.env.CHROMIUM_PATH ?? PLACES.find((place) => existsSync(place));
  if (found === undefined) throw new HostFault('Chromium is not installed: set CHROMIUM_PATH to where it is');
  return found;
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

export async function openChromium(look: keyof typeof LOOKS): Promise<Browser> {
  const home = mkdtempSync(join(tmpdir(), 'weapp-host-home-'));
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home };
  const headless = look === 'phone';
  const args = headless ? FLAGS : [...FLAGS, '--window-size=1440,940'];
  const browser = await chromium.launch({ executablePath: executable(), args, headless, env });
  const context = await browser.newContext({ ...LOOKS[look], locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  return {
    context,
    page: await context.newPage(),
    close: async () => {
      await browser.close().catch(() => undefined);
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
