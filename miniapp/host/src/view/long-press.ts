import type { HostElement } from './parts.js';

const LONG_MS = 350;

/** glass-easel makes taps of touches, but no long presses. */
export function watchLongPress(press: (element: Element, detail: { x: number; y: number }) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => clearTimeout(timer);
  document.addEventListener(
    'touchstart',
    ({ target, changedTouches }) => {
      const { pageX: x, pageY: y } = changedTouches[0];
      timer = setTimeout(() => {
        let element = target as HostElement | null;
        while (element && element.__wxElement === undefined) element = element.parentElement;
        if (element) press(element, { x, y });
      }, LONG_MS);
    },
    true,
  );
  for (const name of ['touchend', 'touchmove', 'touchcancel']) document.addEventListener(name, end, true);
}
