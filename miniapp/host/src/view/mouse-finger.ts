import { vouched } from './by-person.js';

/** Somebody who looks on has a mouse: pressed, it is a finger. It drags lists too, which a mouse does not by itself. */
const SLACK_PIXELS = 6;

type Point = { clientX: number; clientY: number };

/** What a finger would scroll: the nearest box with more than it shows, or the page, whose box is not body's. */
function scrollable(from: Element | null, axis: 'x' | 'y'): Element | null {
  for (let element = from; element !== null && element !== document.body; element = element.parentElement) {
    const style = getComputedStyle(element);
    const isScroller = /auto|scroll/.test(axis === 'x' ? style.overflowX : style.overflowY);
    const hidden =
      axis === 'x' ? element.scrollWidth - element.clientWidth : element.scrollHeight - element.clientHeight;
    if (isScroller && hidden > 0) return element;
  }
  return axis === 'y' ? document.scrollingElement : null;
}

/** Events that come of touches are left alone, or there would be two fingers. */
const isMouse = (event: MouseEvent): boolean => {
  const { sourceCapabilities } = event as MouseEvent & { sourceCapabilities?: { firesTouchEvents: boolean } | null };
  return event.isTrusted && event.button === 0 && sourceCapabilities?.firesTouchEvents !== true;
};

/** Turns presses of the mouse into touches. A browser that knows no touches keeps its mouse. */
export function playFinger(): void {
  if (typeof Touch !== 'function' || typeof TouchEvent !== 'function') return;
  let target: Element | null = null;
  let start: Point = { clientX: 0, clientY: 0 };
  let last = start;
  let dragged: 'x' | 'y' | null = null;
  const send = (kind: 'touchstart' | 'touchmove' | 'touchend', event: MouseEvent): boolean => {
    if (target === null) return true;
    const { clientX, clientY } = event;
    const place = { clientX, clientY, pageX: clientX + window.scrollX, pageY: clientY + window.scrollY };
    const touch = new Touch({ identifier: 0, target, ...place });
    const touches = kind === 'touchend' ? [] : [touch];
    const init = { bubbles: true, cancelable: true, composed: true, touches, targetTouches: touches };
    return target.dispatchEvent(vouched(new TouchEvent(kind, { ...init, changedTouches: [touch] })));
  };
  const drag = (event: MouseEvent) => {
    const moved = { x: event.clientX - start.clientX, y: event.clientY - start.clientY };
    if (dragged === null && Math.max(Math.abs(moved.x), Math.abs(moved.y)) > SLACK_PIXELS) {
      dragged = Math.abs(moved.x) > Math.abs(moved.y) ? 'x' : 'y';
    }
    if (dragged === 'x') scrollable(target, 'x')?.scrollBy(last.clientX - event.clientX, 0);
    if (dragged === 'y') scrollable(target, 'y')?.scrollBy(0, last.clientY - event.clientY);
    last = event;
  };
  document.addEventListener(
    'mousedown',
    (event) => {
      if (!isMouse(event) || !(event.target instanceof Element)) return;
      target = event.target;
      start = event;
      last = event;
      dragged = null;
      send('touchstart', event);
    },
    true,
  );
  window.addEventListener('mousemove', (event) => {
    if (target !== null && send('touchmove', event)) drag(event);
  });
  window.addEventListener('mouseup', (event) => {
    if (event.isTrusted) send('touchend', event);
    target = null;
  });
  // A press that has dragged is no click on what lies below.
  document.addEventListener(
    'click',
    (event) => {
      if (dragged === null || !isMouse(event)) return;
      event.stopPropagation();
      event.preventDefault();
      dragged = null;
    },
    true,
  );
  // Pictures would be dragged out of the page instead.
  document.addEventListener('dragstart', (event) => event.preventDefault());
  const style = document.createElement('style');
  style.textContent = 'body{user-select:none}input,textarea{user-select:text}';
  document.head.append(style);
}
