import { make } from '../shell/dom.js';
import type { PhoneBox, State } from './phone-box.js';

const WORDS: Record<State, string> = {
  off: '未打开',
  starting: '正在打开',
  shown: '已打开',
  away: '在后台',
  failed: '没能打开',
};

/** The last word of her name is what she is called: 顾客 A 小雨. */
const initialOf = (name: string): string => name.split(' ').at(-1)?.slice(0, 1) ?? '';

/** Whose phones there are; a press shows one. */
export class PeoplePanel {
  readonly element = make('div', { class: 'people', role: 'tablist' });

  constructor(private readonly show: (box: PhoneBox) => void) {}

  draw(boxes: PhoneBox[], shown: PhoneBox): void {
    const focused = (document.activeElement as HTMLElement | null)?.dataset.persona;
    const entries = boxes.map((box, at) => {
      const { person, state } = box;
      const avatar = make('span', { class: 'avatar', 'data-tint': String(at % 5) }, initialOf(person.name));
      const words = make('span', { class: 'words' }, make('b', {}, person.name), make('small', {}, WORDS[state]));
      const attributes = { type: 'button', role: 'tab', 'data-persona': person.id, 'data-state': state };
      const entry = make('button', { ...attributes, 'aria-selected': String(box === shown) }, avatar, words);
      entry.addEventListener('click', () => this.show(box));
      return entry;
    });
    this.element.replaceChildren(...entries);
    if (focused !== undefined) entries.find(({ dataset }) => dataset.persona === focused)?.focus();
  }
}
