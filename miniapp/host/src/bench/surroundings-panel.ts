import { make } from '../shell/dom.js';
import type { Opening, PhoneBox } from './phone-box.js';
import { readCode } from './read-code.js';
import { SCENES, targetOf } from './scan.js';
import { toolButton } from './tool-button.js';

export interface SurroundingsOptions {
  pages: readonly string[];
  shown(): PhoneBox;
  open(entry: Opening): Promise<void>;
  /** Runs what a button wants and says so when it goes wrong. */
  attempt(work: () => Promise<unknown>): void;
  say(words: string): void;
}

const FROM_PICTURE = 1047;

/** What happens around the phone that is shown: hands, line, codes. */
export class SurroundingsPanel {
  readonly element: HTMLElement;
  private readonly away: HTMLButtonElement;
  private readonly offline: HTMLButtonElement;
  private readonly slow: HTMLButtonElement;
  private readonly running: HTMLButtonElement[];
  private readonly field = make('input', {
    type: 'text',
    placeholder: '粘贴页面路径或码的内容',
    'aria-label': '码的内容',
  });
  private readonly scene: HTMLSelectElement;

  constructor(private readonly options: SurroundingsOptions) {
    const doing = (words: string, id: string, work: (box: PhoneBox) => Promise<unknown>) =>
      toolButton(words, { id }, () => options.attempt(() => work(options.shown())));
    const back = doing('返回', 'do-back', (box) => box.command('Tool.native', { method: 'navigateLeft' }));
    const pull = doing('下拉刷新', 'do-pull', (box) => box.command('Host.pullDown', {}));
    this.away = doing('切到后台', 'do-away', (box) => (box.state === 'away' ? box.resume() : box.leave()));
    this.offline = doing('断网', 'do-offline', (box) => box.setOnline(!box.isOnline));
    this.slow = doing('慢网', 'do-slow', async (box) => {
      box.isSlow = !box.isSlow;
      this.draw();
    });
    const restart = doing('重新启动', 'do-restart', (box) => box.start({ url: null, scene: 1001 }));
    const stop = doing('关闭小程序', 'do-stop', async (box) => box.stop());
    const wipe = doing('清空手机', 'do-wipe', (box) => box.wipe());
    this.running = [back, pull, this.away, this.offline, stop, wipe];
    const buttons = make('div', { class: 'grid' }, back, pull, this.away, this.offline, this.slow, restart, stop, wipe);
    const choices = SCENES.map(([value, words]) => make('option', { value: String(value) }, words));
    this.scene = make('select', { 'aria-label': '场景值' }, ...choices);
    const heading = make('h2', {}, '环境');
    this.element = make('section', { class: 'surroundings' }, heading, buttons, make('h2', {}, '扫码'), this.scanner());
  }

  draw(): void {
    const box = this.options.shown();
    const isRunning = box.state === 'shown' || box.state === 'away';
    for (const button of this.running) button.disabled = !isRunning;
    this.away.textContent = box.state === 'away' ? '回到前台' : '切到后台';
    this.offline.setAttribute('aria-pressed', String(!box.isOnline));
    this.slow.setAttribute('aria-pressed', String(box.isSlow));
  }

  private scanner(): HTMLElement {
    const file = make('input', { type: 'file', accept: 'image/*', id: 'code-picture', hidden: '' });
    file.addEventListener('change', () => {
      const [picture] = file.files ?? [];
      file.value = '';
      if (picture !== undefined) this.scanPicture(picture);
    });
    document.addEventListener('paste', ({ clipboardData }) => {
      const picture = [...(clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
      if (picture !== undefined) this.scanPicture(picture);
    });
    const form = make('form', { class: 'scan' });
    const choose = toolButton('选图片…', {}, () => file.click());
    const open = make('button', { type: 'submit', class: 'main' }, '打开');
    form.append(this.field, this.scene, make('div', { class: 'pair' }, choose, open), file);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.scan(this.field.value, Number(this.scene.value));
    });
    return form;
  }

  /** Opens what the code in the picture leads to. */
  scanPicture(picture: Blob): void {
    this.options.attempt(async () => {
      const text = await readCode(picture);
      if (text === null) {
        this.options.say('这张图片里没有找到码');
        return;
      }
      this.field.value = text;
      this.scan(text, FROM_PICTURE);
    });
  }

  private scan(text: string, scene: number): void {
    const url = targetOf(text, this.options.pages);
    if (url === null) this.options.say('这个码不打开本小程序的任何页面');
    else this.options.attempt(() => this.options.open({ url, scene }));
  }
}
