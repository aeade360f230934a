import { pictureAddress } from '../logic/picture-address.js';
import type { Card } from '../logic/watch.js';
import { make } from '../shell/dom.js';
import type { Person } from './messages.js';
import { toolButton } from './tool-button.js';

export interface SentCard {
  card: Card;
  from: Person;
}

const SINGLE_CHAT = 1007;
const GROUP_CHAT = 1008;
const MOST_CARDS = 50;

/** Cards that people have sent: whoever is shown opens them from a chat. */
export class ChatPanel {
  readonly element = make('section', { class: 'chat' });
  private readonly cards: SentCard[] = [];

  constructor(
    private readonly rewrites: [string, string][],
    private readonly open: (path: string, scene: number) => void,
  ) {}

  add(sent: SentCard): void {
    this.cards.unshift(sent);
    this.cards.splice(MOST_CARDS);
  }

  draw(shown: Person): void {
    const heading = make('h2', {}, '聊天', make('small', {}, `以「${shown.name}」打开`));
    if (this.cards.length === 0) {
      this.element.replaceChildren(
        heading,
        make('p', { class: 'hint' }, '转发的卡片会出现在这里，换一个用户再打开它。'),
      );
      return;
    }
    this.element.replaceChildren(heading, make('ul', {}, ...this.cards.map((sent) => this.item(sent))));
  }

  private item({ card, from }: SentCard): HTMLElement {
    const { title, path, imageUrl } = card;
    const picture =
      imageUrl === ''
        ? make('span', { class: 'picture' })
        : make('img', { class: 'picture', src: pictureAddress(imageUrl, this.rewrites), alt: '' });
    const words = make('div', { class: 'words' }, make('b', {}, title), make('small', {}, `${from.name} 发来`));
    const target = path.replace(/^\//, '');
    const buttons = make(
      'div',
      { class: 'buttons' },
      toolButton('单聊打开', { 'data-scene': String(SINGLE_CHAT) }, () => this.open(target, SINGLE_CHAT)),
      toolButton('群聊打开', { 'data-scene': String(GROUP_CHAT) }, () => this.open(target, GROUP_CHAT)),
    );
    return make('li', { title: path }, picture, words, buttons);
  }
}
