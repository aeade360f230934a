import { vouched } from '../view/by-person.js';

interface Found {
  element: Element;
  view: Window & typeof globalThis;
  x: number;
  y: number;
}

/** The element that lies at the point, also inside frames. */
function lowest(view: Window & typeof globalThis, x: number, y: number): Found | null {
  const element = view.document.elementFromPoint(x, y);
  if (element === null) return null;
  const inner = element.tagName === 'IFRAME' ? (element as HTMLIFrameElement).contentWindow : null;
  if (inner === null) return { element, view, x, y };
  const { left, top } = element.getBoundingClientRect();
  return lowest(inner as Window & typeof globalThis, x - left, y - top) ?? { element, view, x, y };
}

/** A short touch on a phone's screen, as the SDK wants it. In a browser that is somebody's own it can't be a real one. */
export function touchAt(phone: Window, x: number, y: number): void {
  const found = lowest(phone as Window & typeof globalThis, x, y);
  if (found === null) return;
  const { element, view } = found;
  const place = { clientX: found.x, clientY: found.y };
  const touch = new view.Touch({
    identifier: 0,
    target: element,
    ...place,
    pageX: found.x + view.scrollX,
    pageY: found.y + view.scrollY,
  });
  const init = { bubbles: true, cancelable: true, composed: true, changedTouches: [touch] };
  element.dispatchEvent(new view.PointerEvent('pointerdown', { bubbles: true, ...place }));
  element.dispatchEvent(new view.TouchEvent('touchstart', { ...init, touches: [touch], targetTouches: [touch] }));
  element.dispatchEvent(vouched(new view.TouchEvent('touchend', { ...init, touches: [], targetTouches: [] })));
  if (element instanceof view.HTMLElement) {
    element.focus();
    element.click();
  }
}
