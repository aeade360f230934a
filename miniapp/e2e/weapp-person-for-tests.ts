import {
  type Met,
  type Opening,
  openPhone,
  type SharedCard,
  type StagedPhone,
  type Surroundings,
} from './weapp-stage-for-tests.js';

type Page = NonNullable<Awaited<ReturnType<StagedPhone['mini']['currentPage']>>>;
type Element = NonNullable<Awaited<ReturnType<Page['$']>>>;

const PATIENCE_MS = 20_000;
const PAUSE_MS = 60;
const PASSING = /no longer on the page|is covered by|it was closed|is on a page that is not shown|: there is no /;
const RESTING = /\bis-(disabled|busy)\b/;
const withoutSpaces = (text: string) => text.replace(/\s/g, '');

/** A person with the mini-program in her hand: she reads, taps and types by the public calls of the SDK. */
export class WeappPerson {
  /** Errors of the mini-program, uncaught or on its console: must be empty at the end. */
  readonly faults: string[] = [];

  private constructor(private readonly phone: StagedPhone) {
    phone.mini.on('exception', ({ exception }: { exception: Met['faults'][number] }) => {
      this.meets({ faults: [exception], consoleErrors: [] });
    });
    phone.mini.on('console', ({ type, args }: { type: string; args: unknown[] }) => {
      if (type === 'error') this.meets({ faults: [], consoleErrors: [args] });
    });
  }

  static async arrives(opening: Opening): Promise<WeappPerson> {
    return WeappPerson.takes(await openPhone(opening));
  }

  /** A phone that is open already. */
  static async takes(phone: StagedPhone): Promise<WeappPerson> {
    const person = new WeappPerson(phone);
    // The first screen was there before anybody listened.
    person.meets(await phone.met());
    return person;
  }

  /** The same words are kept once: what came while she began to listen was told twice. */
  private meets({ faults, consoleErrors }: Met): void {
    const said = faults.map(({ place, message }) => `${place ?? ''} ${message}`);
    for (const words of [...said, ...consoleErrors.map((args) => args.map(String).join(' '))]) {
      if (!this.faults.includes(words)) this.faults.push(words);
    }
  }

  get surroundings(): Surroundings {
    return this.phone.surroundings;
  }

  /** WeChat's own dialogs. */
  get native() {
    return this.phone.mini.native();
  }

  async page(): Promise<Page> {
    const page = await this.phone.mini.currentPage();
    if (page === undefined) throw new Error('there is no page');
    return page;
  }

  async goes(method: 'navigateTo' | 'switchTab' | 'reLaunch', url: string): Promise<void> {
    await this.phone.mini.callWxMethod(method, { url });
  }

  /** A thumb pulls the page down, which only goes at its top. */
  async pullsDown(): Promise<void> {
    await this.phone.mini.callWxMethod('pageScrollTo', { scrollTop: 0, duration: 0 });
    await this.phone.mini.callWxMethod('startPullDownRefresh', {});
  }

  /** A thumb pushes the page up to its end. */
  async scrollsToTheEnd(): Promise<void> {
    await this.phone.mini.callWxMethod('pageScrollTo', { scrollTop: 1_000_000, duration: 0 });
  }

  async goesBack(): Promise<void> {
    await this.native.navigateLeft();
  }

  /** Waits until what is asked for is there. */
  async until<T>(what: string, ask: () => Promise<T | null | undefined | false>): Promise<T> {
    const turns = Math.ceil(PATIENCE_MS / PAUSE_MS);
    let hindrance = '';
    for (let turn = 0; turn < turns; turn += 1) {
      const found = await ask().catch((error: Error) => {
        // Looked at while it was drawn anew, or under a sheet that goes away: nothing was touched then.
        if (!PASSING.test(error.message)) throw error;
        hindrance = error.message;
        return null;
      });
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    throw new Error(`${what} did not come ${hindrance}; she sees:\n${await this.seen()}`);
  }

  /** All words of the page that is shown. */
  async seen(): Promise<string> {
    const body = await (await this.page()).$('page');
    return (await body?.text()) ?? '';
  }

  /** Waits until each of these stands there; a price in three sizes is one word. */
  async reads(...words: string[]): Promise<void> {
    for (const text of words) {
      await this.until(`“${text}”`, async () => withoutSpaces(await this.seen()).includes(withoutSpaces(text)));
    }
  }

  /** Waits until none of these stands there any more. */
  async readsNoMore(...words: string[]): Promise<void> {
    for (const text of words) {
      await this.until(
        `an end of “${text}”`,
        async () => !withoutSpaces(await this.seen()).includes(withoutSpaces(text)),
      );
    }
  }

  /** Waits until the page of this path is on top. */
  async arrivesAt(path: string): Promise<Page> {
    return this.until(path, async () => {
      const page = await this.page();
      return page.path === path ? page : null;
    });
  }

  /** Waits until there are exactly so many. */
  async countsTo(number: number, selector: string): Promise<void> {
    await this.until(`${number} × ${selector}`, async () => (await this.counts(selector)) === number);
  }

  /** Waits for a toast that says this. */
  async hears(words: string): Promise<void> {
    await this.until(`the toast “${words}”`, async () => (await this.surroundings.state()).toast?.includes(words));
  }

  /** The first element of the selector that says these words. */
  async finds(selector: string, words = ''): Promise<Element> {
    return this.until(`${selector} ${words}`, async () => {
      for (const element of await (await this.page()).$$(selector)) {
        if (words === '' || withoutSpaces(await element.text()).includes(withoutSpaces(words))) return element;
      }
      return null;
    });
  }

  async counts(selector: string): Promise<number> {
    return (await (await this.page()).$$(selector)).length;
  }

  /** Taps it once it looks as if it could be tapped: nobody presses what is pale or still at work. */
  async taps(selector: string, words = ''): Promise<void> {
    await this.until(`a tap on ${selector} ${words}`, async () => {
      const element = await this.finds(selector, words);
      if (RESTING.test((await element.attribute('class')) ?? '')) return false;
      return element.tap().then(() => true);
    });
  }

  /** Taps a part of the one thing among many that says these words, such as the cross of a row. */
  async tapsIn(selector: string, words: string, part: string): Promise<void> {
    await this.until(`a tap on ${part} of ${selector} ${words}`, async () => {
      const element = await (await this.finds(selector, words)).$(part);
      if (element === null || RESTING.test((await element.attribute('class')) ?? '')) return false;
      return element.tap().then(() => true);
    });
  }

  /** In the sheet of options: the first that is in stock, of each that has a choice. */
  async choosesFirst(): Promise<void> {
    await this.finds('.sku-sheet');
    for (const option of (await (await this.page()).$$('.sku-option')) as Element[]) {
      if ((await option.$('.sku-option__value.is-chosen')) !== null) continue;
      await (await option.$('.sku-option__value--open'))?.tap();
    }
    await this.reads('已选');
  }

  /** Sends the card of this page from the capsule's menu. */
  async sendsCard(): Promise<SharedCard | undefined> {
    await this.surroundings.asksForCard();
    await this.answers('share', () => this.native.shareConfirm());
    return (await this.surroundings.state()).sharedCards.at(-1);
  }

  /** How often her phone asked for addresses that match and was answered. */
  async askedFor(address: RegExp): Promise<number> {
    const { requests } = await this.surroundings.report();
    return requests.filter(({ url, status }) => status !== null && address.test(url)).length;
  }

  /** Waits for the title of WeChat's bar above the page. */
  async readsTitle(title: string): Promise<void> {
    await this.until(`the title ${title}`, async () => (await this.surroundings.state()).title === title);
  }

  /** Two taps as fast as an impatient thumb; the second may find that something lies over it already. */
  async tapsTwice(selector: string): Promise<void> {
    const element = await this.finds(selector);
    const [first, second] = await Promise.allSettled([element.tap(), element.tap()]);
    if (first.status === 'rejected') throw first.reason;
    if (second.status === 'rejected' && !/covered|not shown|no longer/.test(String(second.reason))) throw second.reason;
  }

  async types(selector: string, text: string): Promise<void> {
    await ((await this.finds(selector)) as unknown as { input(text: string): Promise<void> }).input(text);
  }

  /** What the server has answered so far: `POST /api/guide/payouts 201`. */
  async asked(wanted: RegExp): Promise<string[]> {
    const { requests } = await this.surroundings.report();
    return requests
      .filter(({ status }) => status !== null)
      .map(({ method, url, status }) => `${method} ${new URL(url).pathname} ${status}`)
      .filter((line) => wanted.test(line));
  }

  /** Swipes to the picture of this number, from 0. */
  async swipes(selector: string, index: number): Promise<void> {
    await ((await this.finds(selector)) as unknown as { swipeTo(index: number): Promise<void> }).swipeTo(index);
  }

  /** Waits for a dialog of WeChat's and answers it. */
  async answers(dialog: string, answer: () => Promise<unknown>): Promise<void> {
    await this.until(`the ${dialog}`, async () => {
      if (!(await this.surroundings.showsDialog(dialog))) return false;
      return answer().then(() => true);
    });
  }

  async shoots(path: string): Promise<void> {
    await this.phone.mini.screenshot({ path });
  }

  /** Puts the phone away. Throws when the mini-program met an error on it that no test of the file was told of. */
  async leaves(): Promise<void> {
    await this.phone.close();
    if (this.faults.length > 0) throw new Error(`the mini-program met errors:\n${this.faults.join('\n')}`);
  }
}
