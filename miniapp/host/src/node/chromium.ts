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

/** A phone's screen. With `isVisible` in a window with room for the console beside it. */
export async function openChromium({ isVisible }: { isVisible: boolean }): Promise<Browser> {
  const home = mkdtempSync(join(tmpdir(), 'weapp-host-home-'));
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home };
  const browser = await chromium.launch({ executablePath: executable(), args: FLAGS, headless: !isVisible, env });
  const context = await browser.newContext({
    viewport: isVisible
      ? { width: PHONE.width + 500, height: PHONE.height }
      : { width: PHONE.width, height: PHONE.height },
    hasTouch: true,
    isMobile: !isVisible,
    deviceScaleFactor: isVisible ? 1 : 2,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  return {
    context,
    page: await context.newPage(),
    close: async () => {
      await browser.close().catch(() => undefined);
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
