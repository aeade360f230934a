import type { Faults } from './faults.js';
import { callOf, type Instance } from './page-instance.js';

/** So far a finger has to draw the page down. */
const ENOUGH = 70;
/** So much is open while the page refreshes, and at most while she draws. */
const OPEN = 50;
const MOST_OPEN = 90;

export interface PulledPage {
  instance: Instance;
  frame: HTMLIFrameElement;
  /** The dots are shown until the page says that it is done. */
  isRefreshing: boolean;
}

const open = ({ frame }: PulledPage, height: number) => {
  frame.style.transform = height === 0 ? '' : `translateY(${height}px)`;
};

/** How far the page has moved down. */
export const openHeight = ({ frame }: PulledPage): number =>
  Number(/translateY\((\d+(?:\.\d+)?)px\)/.exec(frame.style.transform)?.[1] ?? 0);

/** The dots appear and the page is told to load again; a page that still does is not told a second time. */
export function refresh(page: PulledPage, faults: Faults): void {
  open(page, OPEN);
  if (page.isRefreshing) return;
  page.isRefreshing = true;
  faults.guard(() => callOf(page.instance, 'onPullDownRefresh'));
}

export function refreshed(page: PulledPage): void {
  page.isRefreshing = false;
  open(page, 0);
}

/** A finger draws the page down. */
export function pulled(page: PulledPage, distance: number, isOver: boolean, faults: Faults): void {
  if (!isOver) open(page, Math.max(page.isRefreshing ? OPEN : 0, Math.min(distance / 2, MOST_OPEN)));
  else if (distance >= ENOUGH) refresh(page, faults);
  else open(page, page.isRefreshing ? OPEN : 0);
}
