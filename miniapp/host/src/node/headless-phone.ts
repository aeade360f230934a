import { HostFault } from '../host-fault.js';
import type { Browser } from './chromium.js';
import type { BridgeCalls, Driven, Place, Said } from './driven.js';

/** A command that takes longer than this is looked after. */
const LOOK_MS = 2000;
/** A drag is so many moves of the finger. */
const STEPS = 8;

/** A phone's screen and nothing else, in a Chromium without a window. */
export class HeadlessPhone implements Driven {
  constructor(
    private readonly browser: Browser,
    private readonly patienceMs: number,
  ) {}

  /** Ends when the first page can be seen; throws a HostFault when it does not come. */
  async open(address: string, calls: BridgeCalls): Promise<void> {
    const { page } = this.browser;
    await page.exposeFunction('__weappBridge', (name: string, args: never[]) => calls[name](...args));
    await this.untilReady(address);
  }

  /** Throws when the mini-program no longer answers to anything: a script of its own never comes to an end. */
  async command(method: string, params: object): Promise<Said> {
    const said = this.browser.page.evaluate(
      ([name, given]) => window.__weappHost?.command(name as string, given as object),
      [method, params] as const,
    );
    const watch = this.watchForHang();
    try {
      return await Promise.race([said, watch.hang]);
    } finally {
      watch.end();
      said.catch(() => undefined);
    }
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

  /** A page that throws while it loads, or never ends, must not leave a white screen and a host that waits. */
  private async untilReady(address: string): Promise<void> {
    const { page } = this.browser;
    const ready = (async () => {
      await page.goto(address, { timeout: 0 });
      return page.evaluate(() => window.__weappHost?.ready.then(() => null, String));
    })();
    const clock = after(this.patienceMs, `the first page is not there after ${this.patienceMs / 1000} s`);
    const fault = await Promise.race([ready, clock.words]);
    clock.end();
    ready.catch(() => undefined);
    if (fault !== null && fault !== undefined) throw new HostFault(fault.replace(/^Error: /, ''));
  }

  /** Asks now and then whether anything is answered at all; a long answer is no hang. */
  private watchForHang(): { hang: Promise<never>; end(): void } {
    let end: () => void = () => undefined;
    const hang = new Promise<never>((_resolve, reject) => {
      const look = async () => {
        const clock = after(this.patienceMs, 'late');
        end = clock.end;
        const said = await Promise.race([this.browser.page.evaluate(() => 'alive').catch(() => 'gone'), clock.words]);
        clock.end();
        if (said === 'late') reject(new Error(`the mini-program has not answered for ${this.patienceMs / 1000} s`));
        else if (said === 'alive') wait();
      };
      const wait = () => {
        const timer = setTimeout(() => void look(), LOOK_MS);
        end = () => clearTimeout(timer);
      };
      wait();
    });
    return { hang, end: () => end() };
  }
}

/** Says its words when the time is over, unless it is ended before. */
function after(milliseconds: number, words: string): { words: Promise<string>; end(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const said = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(words), milliseconds);
  });
  return { words: said, end: () => clearTimeout(timer) };
}
