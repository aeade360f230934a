const NEEDS_ITS_CLICK = 'input, textarea, select, option, a, video';

/**
 * After a touch the browser plays a mouse at the same place, and glass-easel makes taps of mice as well: a page that a
 * tap has just uncovered would be tapped by it. Fields get it all the same, because it gives them the focus.
 */
export function oneTapPerTouch(): void {
  document.addEventListener(
    'touchend',
    (event) => {
      const isField = event.target instanceof Element && event.target.closest(NEEDS_ITS_CLICK) !== null;
      if (event.cancelable && !isField) event.preventDefault();
    },
    { capture: true, passive: false },
  );
}
