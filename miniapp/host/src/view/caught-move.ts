/** Parts of WeChat's that scroll by themselves, whatever happens to the events of a finger on them. */
const SCROLLS_ITSELF = 'wx-scroll-view, wx-swiper, wx-picker-view';

let isCaught = false;

/** Told by the engine of each movement of a finger: whether an element on its way kept it, as `catchtouchmove` does. */
export function noteMove(wasStopped: boolean): void {
  isCaught = wasStopped;
}

/** The page does not scroll under a finger whose movement was caught: how a sheet keeps the page behind it still. */
export function holdCaughtMoves(): void {
  document.addEventListener(
    'touchmove',
    (event) => {
      const isFree = event.target instanceof Element && event.target.closest(SCROLLS_ITSELF) !== null;
      if (isCaught && !isFree && event.cancelable) event.preventDefault();
      isCaught = false;
    },
    { passive: false },
  );
}
