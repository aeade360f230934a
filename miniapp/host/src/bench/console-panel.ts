import { make } from '../shell/dom.js';
import { bytesText, type Entry, type Journal, KINDS, type Kind, MOST_ENTRIES } from './journal.js';
import { toolButton } from './tool-button.js';

const TABS: readonly (readonly [Kind | 'all', string])[] = [
  ['all', '全部'],
  ['call', '调用'],
  ['data', 'setData'],
  ['request', '请求'],
  ['log', '日志'],
  ['fault', '错误'],
];
const NEAR_THE_END = 40;

/** Everything that the phones do, line by line. */
export class ConsolePanel {
  readonly element = make('section', { class: 'console' });
  private readonly list = make('ol', { id: 'console', 'data-show': 'all' });
  private readonly tabs = make('div', { class: 'tabs' });
  private readonly sums = make('footer');
  private readonly search = make('input', { type: 'search', placeholder: '筛选', 'aria-label': '筛选' });
  private readonly own = make('input', { type: 'checkbox' });
  private persona = '';
  private isDue = false;

  constructor(
    private readonly journal: Journal,
    /** Her name as it stands beside a line. */
    private readonly nameOf: (persona: string) => string,
  ) {
    const clear = toolButton('清空', { id: 'console-clear' }, () => {
      journal.clear();
      this.list.replaceChildren();
      this.draw();
    });
    this.search.addEventListener('input', () => this.filter());
    this.own.addEventListener('change', () => this.filter());
    const only = make('label', {}, this.own, '只看当前用户');
    this.element.append(make('header', {}, this.tabs, this.search, only, clear), this.list, this.sums);
    this.draw();
  }

  show(persona: string): void {
    this.persona = persona;
    this.filter();
    this.draw();
  }

  /** Many lines may come at once: sums and counters are drawn once for all of them. */
  add(entry: Entry): void {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
    const row = this.row(entry);
    row.hidden = !this.matches(row);
    this.list.append(row);
    if (this.list.childElementCount > MOST_ENTRIES) this.list.firstElementChild?.remove();
    if (isAtEnd) this.list.scrollTop = this.list.scrollHeight;
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      this.draw();
    });
  }

  private row({ at, persona, kind, tone, text, detail, figures }: Entry): HTMLElement {
    const seconds = (at / 1000).toFixed(2);
    const head = [make('time', {}, seconds), make('i', {}, this.nameOf(persona)), make('code', {}, text)];
    const row = make('li', { 'data-kind': kind, 'data-tone': tone, 'data-persona': persona }, ...head);
    if (figures !== '') row.append(make('em', {}, figures));
    if (detail !== '') row.append(make('pre', {}, detail));
    row.addEventListener('click', () => {
      // A press that marks text is no wish to fold.
      if (getSelection()?.isCollapsed !== false) row.classList.toggle('unfolded');
    });
    return row;
  }

  private matches({ dataset, textContent }: HTMLElement): boolean {
    if (this.own.checked && dataset.persona !== this.persona) return false;
    const wanted = this.search.value.trim().toLowerCase();
    return wanted === '' || (textContent ?? '').toLowerCase().includes(wanted);
  }

  private filter(): void {
    for (const row of this.list.children as HTMLCollectionOf<HTMLElement>) row.hidden = !this.matches(row);
  }

  private draw(): void {
    const { counts } = this.journal;
    const all = KINDS.reduce((sum, kind) => sum + counts[kind], 0);
    const chosen = this.list.dataset.show;
    const tabs = TABS.map(([kind, words]) => {
      const count = String(kind === 'all' ? all : counts[kind]);
      const attributes = { 'data-kind': kind, 'aria-pressed': String(kind === chosen) };
      const tab = toolButton(words, attributes, () => {
        this.list.dataset.show = kind;
        this.list.scrollTop = this.list.scrollHeight;
        this.draw();
      });
      tab.append(make('small', {}, count));
      return tab;
    });
    this.tabs.replaceChildren(...tabs);
    const { dataCalls, dataBytes, largestBytes, requests, failedRequests } = this.journal.totalsOf(this.persona);
    const data = `setData ${dataCalls} 次，共 ${bytesText(dataBytes)}，最大 ${bytesText(largestBytes)}`;
    const failed = failedRequests === 0 ? '' : `，失败 ${failedRequests}`;
    this.sums.textContent = `${this.nameOf(this.persona)}　${data}　·　请求 ${requests} 次${failed}`;
  }
}
