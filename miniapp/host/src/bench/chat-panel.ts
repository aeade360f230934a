import { pictureAddress } from '../logic/picture-address.js';
import type { Card } from '../logic/watch.js';
import { make } from '../shell/dom.js';
import type { Person } from './messages.js';
import { toolButton } from './tool-button.js';

export type Sent =
  | { kind: 'card'; from: Person; card: Card }
  /** She saved a picture, such as a poster with a code. */
  | { kind: 'picture'; from: Person; address: string };

export interface ChatOptions {
  rewrites: [string, string][];
  open(path: string, scene: number): void;
  /** Looks for a code in the picture and opens what it leads to. */
  scan(address: string): void;
}

const SINGLE_CHAT = 1007;
const GROUP_CHAT = 1008;
const MOST_MESSAGES = 50;

/** What people have sent and saved: whoever is shown opens it. */
export class ChatPanel {
  readonly element = make('section', { class: 'chat' });
  private readonly messages: Sent[] = [];

  constructor(private readonly options: ChatOptions) {}

  add(sent: Sent): void {
    this.messages.unshift(sent);
    this.messages.splice(MOST_MESSAGES);
  }

  draw(shown: Person): void {
    const heading = make('h2', {}, '聊天', make('small', {}, `以「${shown.name}」打开`));
    const hint = make('p', { class: 'hint' }, '转发的卡片、保存的图片会出现在这里，换一个用户再打开。');
    const list = make('ul', {}, ...this.messages.map((sent) => this.item(sent)));
    this.element.replaceChildren(heading, this.messages.length === 0 ? hint : list);
  }

  private item(sent: Sent): HTMLElement {
    const { name } = sent.from;
    if (sent.kind === 'picture') {
      const scan = toolButton('扫码打开', {}, () => this.options.scan(sent.address));
      return this.message('一张图片', `${name} 保存`, sent.address, [scan]);
    }
    const { title, path, imageUrl } = sent.card;
    const opener = (words: string, scene: number) =>
      toolButton(words, { 'data-scene': String(scene), title: path }, () =>
        this.options.open(path.replace(/^\//, ''), scene),
      );
    const openers = [opener('单聊打开', SINGLE_CHAT), opener('群聊打开', GROUP_CHAT)];
    const picture = imageUrl === '' ? null : pictureAddress(imageUrl, this.options.rewrites);
    return this.message(title, `${name} 发来`, picture, openers);
  }

  private message(title: string, from: string, picture: string | null, buttons: HTMLElement[]): HTMLElement {
    const kind = { class: 'picture' };
    const image = picture === null ? make('span', kind) : make('img', { ...kind, src: picture, alt: '' });
    const words = make('div', { class: 'words' }, make('b', {}, title), make('small', {}, from));
    return make('li', {}, image, words, make('div', { class: 'buttons' }, ...buttons));
  }
}
