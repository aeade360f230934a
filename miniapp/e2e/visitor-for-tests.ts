import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { PHONE, SMALL_PHONE, type TestBrowser } from './browser-for-tests.js';

const SCREENSHOTS = join(process.cwd(), 'var', 'screenshots');
const SIZES = [
  ['390x844', PHONE],
  ['360x640', SMALL_PHONE],
] as const;

/** What the browser says itself about a refused request; the answer's status is judged where answers are. */
const REFUSED_REQUEST = /^Failed to load resource: the server responded with a status of 4\d\d/;

type Words = string | RegExp;

/** A person with a phone in her hand. She reads, taps and types; what goes wrong meanwhile is written down. */
export class Visitor {
  /** Console errors, uncaught errors, answers of 500 and above: must be empty at the end. */
  readonly faults: string[] = [];
  /** Refusals, as `404 GET /api/orders/…`: only those that the story asks for may be here. */
  readonly refusals: string[] = [];

  private constructor(
    private readonly mallUrl: string,
    readonly persona: string,
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    // A step that hangs is ended; a slow machine is no failure.
    page.setDefaultTimeout(40_000);
    page.on('pageerror', (error) => this.faults.push(`uncaught: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() !== 'error' || REFUSED_REQUEST.test(message.text())) return;
      this.faults.push(`console: ${message.text()}`);
    });
    page.on('response', (answer) => {
      const said = `${answer.status()} ${answer.request().method()} ${new URL(answer.url()).pathname}`;
      if (answer.status() >= 500) this.faults.push(said);
      else if (answer.status() >= 400) this.refusals.push(said);
    });
  }

  /** A phone of her own. She is signed in by whom the address plays: `?as=persona`. */
  static async arrive(browser: TestBrowser, mallUrl: string, persona: string): Promise<Visitor> {
    const context = await browser.phone();
    return new Visitor(mallUrl, persona, context, await context.newPage());
  }

  /** Opens a path of the mall as from a chat: `/packages/shop/product/index?id=…&s=CODE`. */
  async opens(path: string): Promise<void> {
    // With another hash alone the browser would load nothing anew.
    await this.page.goto('about:blank');
    await this.page.goto(`${this.mallUrl}/?as=${this.persona}#${path}`);
  }

  /** What can be seen: pages below on the stack stay in the document. */
  sees(selector: string, words?: Words): Locator {
    return this.page.locator(selector, words === undefined ? {} : { hasText: words }).filter({ visible: true });
  }

  /** Waits until each of these can be read. */
  async reads(...words: Words[]): Promise<void> {
    for (const text of words) await this.page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  /** Waits until a picture inside is there, whole. */
  async seesPicture(within: string): Promise<void> {
    await this.page.waitForFunction(
      (selector) =>
        [...document.querySelectorAll<HTMLImageElement>(selector)].some(
          (image) => image.offsetParent !== null && image.complete && image.naturalWidth > 100,
        ),
      `${within} img`,
    );
  }

  /** Taps these words, or what the selector names. */
  async taps(words: Words, within = ''): Promise<void> {
    const target = within === '' ? this.page.getByText(words) : this.page.locator(within, { hasText: words });
    await target.filter({ visible: true }).first().tap();
  }

  /** Two taps as fast as an impatient thumb. */
  async tapsTwice(words: string): Promise<void> {
    const target = this.page.getByText(words, { exact: true }).filter({ visible: true }).first();
    const box = await target.boundingBox();
    if (box === null) throw new Error(`${words} is not on the screen`);
    const at = [box.x + box.width / 2, box.y + box.height / 2] as const;
    await Promise.all([this.page.touchscreen.tap(...at), this.page.touchscreen.tap(...at)]);
  }

  /** Writes into the field with this placeholder. */
  async types(placeholder: string, text: string): Promise<void> {
    const field = this.page.locator(`input[placeholder="${placeholder}"]`).filter({ visible: true }).first();
    // The field's component may still be coming to life: at a person's pace nobody types before it listens.
    await this.page.waitForTimeout(500);
    await field.fill('');
    await field.pressSequentially(text, { delay: 30 });
    await this.page.waitForTimeout(200);
  }

  /** Turns the browser's wheel of choices up by some entries and takes the one in the middle. */
  async turnsWheel(entries: number): Promise<void> {
    const middle = this.page.locator('.weui-picker__indicator');
    // It slides in from below.
    await (await middle.elementHandle())?.waitForElementState('stable');
    const box = await middle.boundingBox();
    if (box === null) throw new Error('there is no wheel to turn');
    const phone = await this.context.newCDPSession(this.page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y: number) =>
      phone.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: 195, y }] });
    const from = box.y + box.height / 2;
    const way = entries * box.height;
    await touch('touchStart', from);
    for (let step = 1; step <= 5; step += 1) await touch('touchMove', from - (way * step) / 5);
    await touch('touchEnd', from - way);
    await this.taps('确定');
    await this.page.locator('.weui-picker').waitFor({ state: 'hidden' });
  }

  async goesBack(): Promise<void> {
    await this.page.goBack();
  }

  /** Keeps what she sees, on an ordinary phone and on a small one. */
  async shoots(name: string): Promise<void> {
    await this.page.waitForLoadState('networkidle');
    // Sheets and pages slide in.
    await this.page.waitForTimeout(400);
    for (const [folder, size] of SIZES) {
      mkdirSync(join(SCREENSHOTS, folder), { recursive: true });
      await this.page.setViewportSize(size);
      await this.page.waitForTimeout(100);
      await this.page.screenshot({ path: join(SCREENSHOTS, folder, `${name}.png`) });
    }
    await this.page.setViewportSize(PHONE);
  }

  async leaves(): Promise<void> {
    await this.context.close();
  }
}
