import { pictureAddress } from '../logic/picture-address.js';
import type { TabBar } from '../project/app-config.js';
import { Dialogs } from './dialogs.js';
import { button, make } from './dom.js';
import { pageWindow } from './phone.js';
import { SHELL_STYLE } from './shell-style.data.js';
import { statusBar } from './status-bar.js';

export interface BarLook {
  title: string;
  background: string;
  /** `white` or `black`. */
  text: string;
  canGoBack: boolean;
  isCustom: boolean;
}

export interface ShellActions {
  back(): void;
  tab(path: string): void;
  menu(): void;
}

/** What WeChat draws around the pages. */
export class Shell {
  readonly dialogs: Dialogs;
  readonly phone = make('div', { id: 'phone' });
  readonly pages = make('div', { id: 'pages' });
  title = '';
  toastText: string | null = null;
  readonly badges = new Map<number, string>();
  private readonly bar = make('div', { id: 'bar' });
  private readonly titleBox = make('div', { id: 'title' });
  private readonly tabs = make('div', { id: 'tabs', hidden: '' });
  private readonly status = statusBar();
  private readonly toastBox = make('div', { id: 'toast', hidden: '' });
  private readonly backButton: HTMLButtonElement;
  private toastTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly tabBar: TabBar | null,
    private readonly actions: ShellActions,
  ) {
    document.head.append(make('style', {}, SHELL_STYLE));
    this.backButton = button('‹', { id: 'back', hidden: '' }, actions.back);
    this.bar.append(this.titleBox, this.backButton, button('•••', { id: 'capsule' }, actions.menu));
    this.phone.append(this.pages, this.bar, this.tabs, this.toastBox, this.status, make('div', { id: 'home' }));
    document.body.append(this.phone);
    this.dialogs = new Dialogs(this.phone);
  }

  /** Puts one frame before the others and dresses the bars for it. */
  showPage(frame: HTMLIFrameElement, path: string, look: BarLook): void {
    for (const other of this.pages.children)
      (other as HTMLElement).style.visibility = other === frame ? 'visible' : 'hidden';
    const isTab = this.tabBar?.list.some(({ pagePath }) => pagePath === path) ?? false;
    const { top, width, height } = pageWindow({ isTab, isCustom: look.isCustom });
    Object.assign(frame.style, { top: `${top}px`, width: `${width}px`, height: `${height}px` });
    this.backButton.hidden = !look.canGoBack;
    this.bar.style.background = look.isCustom ? 'none' : look.background;
    this.bar.style.color = look.text;
    this.status.style.color = look.text;
    this.bar.style.pointerEvents = look.isCustom ? 'none' : '';
    this.setTitle(look.isCustom ? '' : look.title);
    this.tabs.hidden = !isTab;
    if (isTab) this.drawTabs(path);
  }

  setTitle(title: string): void {
    this.title = title;
    this.titleBox.textContent = title;
  }

  toast(words: string, milliseconds: number | null): void {
    clearTimeout(this.toastTimer);
    this.toastText = words;
    this.toastBox.textContent = words;
    this.toastBox.hidden = false;
    if (milliseconds !== null) this.toastTimer = setTimeout(() => this.hideToast(), milliseconds);
  }

  hideToast(): void {
    clearTimeout(this.toastTimer);
    this.toastText = null;
    this.toastBox.hidden = true;
  }

  setBadge(index: number, words: string | null): void {
    if (words === null) this.badges.delete(index);
    else this.badges.set(index, words);
    const shown = this.tabs.dataset.path;
    if (shown !== undefined) this.drawTabs(shown);
  }

  private drawTabs(path: string): void {
    const { list, color = '#999', selectedColor = '#000', backgroundColor = '#fff' } = this.tabBar as TabBar;
    this.tabs.dataset.path = path;
    this.tabs.style.background = backgroundColor;
    const entries = list.map(({ pagePath, text, iconPath, selectedIconPath }, index) => {
      const isHere = pagePath === path;
      const entry = button(text, { 'data-path': pagePath }, () => this.actions.tab(pagePath));
      entry.style.color = isHere ? selectedColor : color;
      const icon = isHere ? selectedIconPath : iconPath;
      if (icon !== undefined) entry.prepend(make('img', { src: pictureAddress(icon, []), alt: '' }));
      const badge = this.badges.get(index);
      if (badge !== undefined) entry.append(make('i', {}, badge));
      return entry;
    });
    this.tabs.replaceChildren(...entries);
  }
}
