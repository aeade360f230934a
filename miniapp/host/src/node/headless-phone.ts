import { HostFault } from '../host-fault.js';
import { type Browser, openChromium } from './chromium.js';
import { bridgeCalls, type Driven, type Heard, type Place, type Said } from './driven.js';
import type { Line } from './line.js';

/** A drag is so many moves of the finger. */
const STEPS = 8;
const READY_MS = 30_000;

/** A phone's screen and nothing else, in a Chromium without a window. */
export class HeadlessPhone implements Driven {
  private constructor(private readonly browser: Browser) {}

  /** Ends when the first page can be seen; throws a HostFault when it does not come. */
  static async open(address: string, line: Line, heard: Heard): Promise<HeadlessPhone> {
    const browser = await openChromium('phone');
    const phone = new HeadlessPhone(browser);
    const calls = bridgeCalls(line, heard);
    try {
      await browser.page.exposeFunction('__weappBridge', (name: string, args: never[]) => calls[name](...args));
      await browser.page.goto(address);
      await phone.untilReady();
      return phone;
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  command(method: string, params: object): Promise<Said> {
    return this.browser.page.evaluate(([name, given]) => window.__weappHost?.command(name as string, given as object), [
      method,
      params,
    ] as const);
  }

  tap(x: number, y: number): Promise<void> {
    return this.browser.page.touchscreen.tap(x, y);
  }

  /** By the browser's own input, so that lists scroll as they do under a finger. */
  drag = async (from: Place, to: Place): Promise<void> => {
    const { page, context } = this.browser;
    const line = await context.newCDPSession(page);
    const touch = (type: string, touchPoints: Place[]) =>
      line.send('Input.dispatchTouchEvent', { type: type as 'touchMove', touchPoints });
    try {
      await touch('touchStart', [from]);
      for (let step = 1; step <= STEPS; step += 1) {
        const along = (a: number, b: number) => a + ((b - a) * step) / STEPS;
        await touch('touchMove', [{ x: along(from.x, to.x), y: along(from.y, to.y) }]);
      }
      await touch('touchEnd', []);
    } finally {
      await line.detach();
    }
  };

  picture(): Promise<Buffer> {
    return this.browser.page.screenshot();
  }

  platformTap(selector: string): Promise<void> {
    const { page } = this.browser;
    return page.frameLocator('iframe[name=platform]').locator(selector).tap({ timeout: 10_000 });
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  /** A page that throws while it loads must not leave a white screen and a host that waits. */
  private async untilReady(): Promise<void> {
    const ready = this.browser.page.evaluate(() => window.__weappHost?.ready.then(() => null, String));
    const late = new Promise<string>((resolve) => {
      setTimeout(() => resolve(`the first page is not there after ${READY_MS / 1000} s`), READY_MS).unref();
    });
    const fault = await Promise.race([ready, late]);
    if (fault !== null && fault !== undefined) throw new HostFault(fault);
  }
}
