import { button, make } from './dom.js';
import { pictureStrip } from './picture-strip.js';

/** What lies over the pages and waits for her. */
export interface OpenDialog {
  kind: 'modal' | 'sheet' | 'authorization' | 'share' | 'payment' | 'picker' | 'page' | 'settings' | 'scan' | 'preview';
  /** Says yes, or chooses the item of that number. */
  accept(choice?: unknown): void;
  cancel(): void;
}

export interface ModalQuestion {
  title: string;
  content: string;
  confirmText: string;
  cancelText: string;
  showCancel: boolean;
  editable: boolean;
  placeholder: string;
}

/** Columns of words, and the number of what each shows. */
export interface Columns {
  words: string[][];
  chosen: number[];
}

type Answer = { accepted: boolean; choice?: unknown };

/** One at a time: the next waits until the one before is answered. */
export class Dialogs {
  open: OpenDialog | null = null;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly phone: HTMLElement) {}

  modal(question: ModalQuestion): Promise<Answer> {
    return this.ask('modal', (answer) => {
      const field = make('input', { type: 'text', placeholder: question.placeholder });
      const yes = button(question.confirmText, { class: 'yes' }, () => answer({ accepted: true, choice: field.value }));
      const no = button(question.cancelText, { class: 'no' }, () => answer({ accepted: false }));
      const row = make('div', { class: 'row' }, ...(question.showCancel ? [no, yes] : [yes]));
      const words = [make('h3', {}, question.title), make('p', {}, question.content)];
      return make('div', { class: 'box' }, ...words, ...(question.editable ? [field] : []), row);
    });
  }

  /** A list to choose from; the choice is the number of the item. */
  sheet(items: string[]): Promise<Answer> {
    return this.ask('sheet', (answer) => {
      const rows = items.map((item, choice) => button(item, {}, () => answer({ accepted: true, choice })));
      const no = button('取消', { class: 'no' }, () => answer({ accepted: false }));
      return make('div', { class: 'sheet' }, ...rows, no);
    });
  }

  /** WeChat asks whether the mini-program may. */
  authorization(title: string, content: string): Promise<boolean> {
    return this.twoWays('authorization', { title, content, yes: '允许', no: '拒绝' });
  }

  share(title: string): Promise<boolean> {
    return this.twoWays('share', { title: '发送给朋友', content: title, yes: '发送', no: '取消' });
  }

  /** The choice is the list of numbers. `turned`: what there is to choose from once a column shows something else. */
  columns(columns: Columns, turned?: (shown: string[]) => Columns): Promise<Answer> {
    return this.ask('picker', (answer) => {
      const lists = columns.words.map(() => make('select', { size: '7' }));
      const fill = ({ words, chosen }: Columns) => {
        for (const [at, list] of lists.entries()) {
          list.replaceChildren(...words[at].map((word, value) => make('option', { value: String(value) }, word)));
          list.selectedIndex = chosen[at] ?? 0;
        }
      };
      fill(columns);
      for (const list of lists) {
        list.addEventListener('change', () => {
          if (turned) fill(turned(lists.map(({ selectedOptions }) => selectedOptions[0].text)));
        });
      }
      const yes = button('确定', { class: 'yes' }, () => {
        answer({ accepted: true, choice: lists.map(({ selectedIndex }) => selectedIndex) });
      });
      const no = button('取消', { class: 'no' }, () => answer({ accepted: false }));
      const row = make('div', { class: 'row' }, no, yes);
      return make('div', { class: 'sheet' }, row, make('div', { class: 'columns' }, ...lists));
    });
  }

  /** A page of the platform's. It ends by itself with the query of the address that it comes back to, or by closing. */
  page(kind: 'payment' | 'page', address: string): Promise<Answer> {
    return this.ask(kind, (answer) => {
      const frame = make('iframe', { src: address, name: 'platform' });
      const returned = ({ source, data }: MessageEvent) => {
        if (source !== frame.contentWindow || typeof data?.weappReturned !== 'string') return;
        window.removeEventListener('message', returned);
        answer({ accepted: true, choice: Object.fromEntries(new URLSearchParams(data.weappReturned)) });
      };
      window.addEventListener('message', returned);
      const close = button('关闭', { class: 'close no' }, () => answer({ accepted: false }));
      return make('div', {}, close, frame);
    });
  }

  /** Pictures over the whole screen, to be swiped; a tap closes them. */
  preview(addresses: string[], first: number): Promise<Answer> {
    return this.ask('preview', (answer) => pictureStrip(addresses, first, () => answer({ accepted: true })));
  }

  private async twoWays(
    kind: 'authorization' | 'share',
    words: { title: string; content: string; yes: string; no: string },
  ) {
    const { accepted } = await this.ask(kind, (answer) => {
      const yes = button(words.yes, { class: 'yes' }, () => answer({ accepted: true }));
      const no = button(words.no, { class: 'no' }, () => answer({ accepted: false }));
      const text = [make('h3', {}, words.title), make('p', {}, words.content)];
      return make('div', { class: 'box' }, ...text, make('div', { class: 'row' }, no, yes));
    });
    return accepted;
  }

  /** Lays something over the pages and waits for what she answers. */
  ask(kind: OpenDialog['kind'], draw: (answer: (given: Answer) => void) => HTMLElement): Promise<Answer> {
    const next = this.last.then(
      () =>
        new Promise<Answer>((resolve) => {
          const veil = make('div', { class: 'veil' });
          const answer = (given: Answer) => {
            veil.remove();
            this.open = null;
            resolve(given);
          };
          veil.append(draw(answer));
          this.phone.append(veil);
          veil.querySelector('[data-first]')?.scrollIntoView({ behavior: 'instant', inline: 'center' });
          this.open = {
            kind,
            accept: (choice) => answer({ accepted: true, choice }),
            cancel: () => answer({ accepted: false }),
          };
        }),
    );
    this.last = next;
    return next;
  }
}
