import { pictureAddress } from '../logic/picture-address.js';
import type { Seen } from '../logic/watch.js';
import { make } from '../shell/dom.js';
import type { Bench, PhonePlace } from './bench.js';
import { ChatPanel } from './chat-panel.js';
import { ConsolePanel } from './console-panel.js';
import { Journal, type Line as Words } from './journal.js';
import { Line } from './line.js';
import type { BenchStart, Person } from './messages.js';
import { PeoplePanel } from './people-panel.js';
import { type Opening, PhoneBox } from './phone-box.js';
import { Screen } from './screen.js';
import { SurroundingsPanel } from './surroundings-panel.js';
import { touchAt } from './touch.js';

const NOTICE_MS = 4000;
const HOME: Opening = { url: null, scene: 1001 };

function logLine(type: string, args: unknown[]): Words {
  const text = args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' ');
  const tone = type === 'error' ? 'bad' : type === 'warn' ? 'warn' : 'plain';
  return { kind: 'log', tone, text, detail: '', figures: type };
}

/** The page on which people use the mini-program by hand: phones, chat, surroundings, console. */
export class BenchPage implements Bench {
  readonly elements: HTMLElement[];
  private readonly boxes: PhoneBox[];
  private readonly journal = new Journal(() => performance.now());
  private readonly line: Line;
  private readonly people: PeoplePanel;
  private readonly chat: ChatPanel;
  private readonly surroundings: SurroundingsPanel;
  private readonly console: ConsolePanel;
  private readonly screen: Screen;
  private readonly notice = make('div', { class: 'notice', role: 'status', hidden: '' });
  private readonly where = make('p', { class: 'where' });
  private shown: PhoneBox;
  private noticeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly start: BenchStart) {
    this.line = new Line({
      command: (method, params) => this.command(method, params),
      ended: (isReplaced) => this.end(isReplaced),
    });
    this.boxes = start.people.map((person) => this.makeBox(person));
    [this.shown] = this.boxes;
    this.people = new PeoplePanel((box) => this.show(box));
    this.chat = new ChatPanel({
      rewrites: start.rewrites,
      open: (url, scene) => this.attempt(() => this.open({ url, scene })),
      scan: (address) => this.attempt(async () => this.surroundings.scanPicture(await (await fetch(address)).blob())),
    });
    this.surroundings = new SurroundingsPanel({
      pages: start.pages,
      shown: () => this.shown,
      open: (entry) => this.open(entry),
      attempt: (work) => this.attempt(work),
      say: (words) => this.say(words),
    });
    const names = new Map(start.people.map(({ id, name }) => [id, name.split(' ').at(-1) ?? name]));
    this.console = new ConsolePanel(this.journal, (persona) => names.get(persona) ?? persona);
    this.screen = new Screen(
      this.boxes,
      (box) => this.attempt(() => box.resume()),
      (box) => this.attempt(() => box.start(HOME)),
    );
    const side = [this.heading(), this.people.element, this.chat.element, this.surroundings.element];
    const right = make('aside', { class: 'right' }, this.where, this.console.element);
    this.elements = [make('aside', { class: 'left' }, ...side), this.screen.element, right, this.notice];
  }

  placeOf(window: Window): PhonePlace | undefined {
    return this.boxes.find(({ frame }) => frame.contentWindow === window)?.place();
  }

  /** The first person opens the mini-program; the others may do so from a card. */
  begin(): void {
    this.console.show(this.shown.person.id);
    this.attempt(() => this.shown.start(this.start.entry));
  }

  private makeBox(person: Person): PhoneBox {
    const { id } = person;
    return new PhoneBox(person, {
      call: (name, args) => this.line.call(id, name, args),
      seen: (seen) => this.see(person, seen),
      said: (type, args) => this.write(id, logLine(type, args)),
      failed: (message, place) =>
        this.write(id, { kind: 'fault', tone: 'bad', text: message, detail: place ?? '', figures: place ?? '' }),
      kept: (path) => {
        this.chat.add({ kind: 'picture', from: person, address: pictureAddress(path, []) });
        this.draw();
      },
      changed: () => this.draw(),
    });
  }

  private heading(): HTMLElement {
    const { title, appId, platformUrl, automatorPort } = this.start;
    const words = [make('h1', {}, title), make('small', {}, `${appId} · 自动化端口 ${automatorPort}`)];
    if (platformUrl === null) return make('header', {}, ...words);
    const link = make('a', { href: platformUrl, target: '_blank', rel: 'noreferrer' }, '微信替身的后台');
    return make('header', {}, ...words, link);
  }

  private show(box: PhoneBox): void {
    this.shown = box;
    this.console.show(box.person.id);
    this.draw();
  }

  private async open(entry: Opening): Promise<void> {
    const how = await this.shown.open(entry);
    if (this.shown.state === 'shown') this.say(`${how === 'cold' ? '冷启动' : '热启动'}，场景值 ${entry.scene}`);
  }

  private see(from: Person, seen: Seen): void {
    if (seen.kind === 'card') {
      this.chat.add({ kind: 'card', card: seen.card, from });
      this.say(`「${from.name}」转发了卡片，换一个用户，在聊天里打开`);
      this.draw();
    }
    const entry = this.journal.see(from.id, seen);
    if (entry !== null) this.console.add(entry);
  }

  private write(persona: string, words: Words): void {
    this.console.add(this.journal.add(persona, words));
  }

  /** What the SDK wants of the phone that is shown. */
  private async command(method: string, params: object): Promise<{ answer?: unknown; fault?: string }> {
    try {
      if (method !== 'Bench.tap') return { answer: await this.shown.command(method, params) };
      const { x, y } = params as { x: number; y: number };
      touchAt(this.shown.frame.contentWindow as Window, x, y);
      return { answer: {} };
    } catch (error) {
      return { fault: (error as Error).message };
    }
  }

  private attempt(work: () => Promise<unknown>): void {
    work().catch((error: unknown) => this.say((error as Error).message ?? String(error)));
  }

  private say(words: string): void {
    clearTimeout(this.noticeTimer);
    this.notice.textContent = words;
    this.notice.hidden = false;
    this.noticeTimer = setTimeout(() => {
      this.notice.hidden = true;
    }, NOTICE_MS);
  }

  private end(isReplaced: boolean): void {
    clearTimeout(this.noticeTimer);
    this.notice.hidden = false;
    this.notice.textContent = isReplaced
      ? '模拟台已在另一个窗口打开，这里不再工作。'
      : 'weapp-host 已停止，重新运行它再刷新本页。';
    document.body.classList.add('ended');
  }

  private draw(): void {
    const { shown, boxes } = this;
    this.people.draw(boxes, shown);
    this.chat.draw(shown.person);
    this.surroundings.draw();
    this.screen.draw(boxes, shown);
    this.where.textContent = shown.page;
    this.where.title = shown.page;
  }
}
