import { callerOf } from './parts.js';

/** How far one finger has drawn the page down from its top; the last time with `isOver`. */
export type Pull = (distance: number, isOver: boolean) => void;

/** A list that is not at its top, or that is drawn down itself for what is new, takes the finger for itself. */
function isTakenInside(target: EventTarget | null): boolean {
  let element = target instanceof Element ? target.closest('wx-scroll-view') : null;
  while (element !== null) {
    if (element.scrollTop > 0 || callerOf(element)?.data.refresherEnabled) return true;
    element = element.parentElement?.closest('wx-scroll-view') ?? null;
  }
  return false;
}

/** Watches for a finger that draws the page down. `shift` is how far the page itself has moved under it. */
export function watchPull(scrollTop: () => number, shift: () => number, pull: Pull): void {
  let from: number | null = null;
  let isPulling = false;
  const placeOf = ({ changedTouches }: TouchEvent) => changedTouches[0].clientY + shift();
  document.addEventListener('touchstart', (event) => {
    const isAlone = event.touches.length <= 1;
    from = isAlone && scrollTop() <= 0 && !isTakenInside(event.target) ? placeOf(event) : null;
    isPulling = false;
  });
  document.addEventListener('touchmove', (event) => {
    if (from === null) return;
    const distance = placeOf(event) - from;
    // Up first is scrolling, whatever comes after.
    if (!isPulling && distance < 0) from = null;
    if (distance <= 0) return;
    isPulling = true;
    pull(distance, false);
  });
  const end = (event: TouchEvent) => {
    if (from !== null && isPulling) pull(Math.max(0, placeOf(event) - from), true);
    from = null;
  };
  document.addEventListener('touchend', end);
  document.addEventListener('touchcancel', end);
}
