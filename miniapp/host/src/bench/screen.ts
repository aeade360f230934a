import { make } from '../shell/dom.js';
import { PHONE } from '../shell/phone.js';
import type { PhoneBox } from './phone-box.js';
import { toolButton } from './tool-button.js';

const BEZEL = 11;
const MARGIN = 16;

/** The phone in its frame: one screen a person, of which one is seen. */
export class Screen {
  readonly element = make('main');
  private readonly glass = make('div', { class: 'glass' });
  private readonly case = make('div', { class: 'case' }, this.glass);
  private readonly veil = make('div', { class: 'cover', hidden: '' });

  constructor(
    boxes: PhoneBox[],
    private readonly comeBack: (box: PhoneBox) => void,
    private readonly start: (box: PhoneBox) => void,
  ) {
    this.glass.append(...boxes.map(({ frame }) => frame), this.veil);
    this.element.append(this.case);
    addEventListener('resize', () => this.fit());
    this.fit();
  }

  draw(boxes: PhoneBox[], shown: PhoneBox): void {
    for (const { frame } of boxes) frame.classList.toggle('seen', frame === shown.frame);
    const { state, fault } = shown;
    this.veil.hidden = state === 'shown';
    this.veil.dataset.state = state;
    if (state === 'away') {
      const back = toolButton('回到小程序', { class: 'main' }, () => this.comeBack(shown));
      this.veil.replaceChildren(make('p', {}, '小程序在后台'), back);
    } else if (state === 'off') {
      const start = toolButton('打开小程序', { class: 'main' }, () => this.start(shown));
      const hint = make('small', {}, '也可以从左边的卡片或码打开，那是冷启动');
      this.veil.replaceChildren(make('p', {}, `${shown.person.name} 还没有打开小程序`), start, hint);
    } else if (state === 'failed') this.veil.replaceChildren(make('p', {}, '小程序没有打开'), make('pre', {}, fault));
    else this.veil.replaceChildren(make('p', {}, '正在打开…'));
  }

  /** Low windows get a smaller phone instead of a cut one. */
  private fit(): void {
    const height = PHONE.height + 2 * BEZEL;
    const scale = Math.min(1, (innerHeight - 2 * MARGIN) / height);
    this.case.style.transform = `scale(${scale})`;
  }
}
