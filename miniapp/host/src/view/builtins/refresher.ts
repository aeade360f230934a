import { type Caller, elementOf } from '../parts.js';

const USUAL_THRESHOLD = 45;

/** A list that she draws down at its top asks for what is new, once until `refresher-triggered` is taken back. */
export function watchRefresher(self: Caller): Record<string, (value: unknown) => void> {
  const box = elementOf(self);
  let from: number | null = null;
  let isRefreshing = false;
  const begin = () => {
    if (isRefreshing) return;
    isRefreshing = true;
    self.triggerEvent('refresherrefresh', {});
  };
  const threshold = () => Number(self.data.refresherThreshold ?? USUAL_THRESHOLD);
  const way = (event: TouchEvent) => event.changedTouches[0].clientY - (from ?? 0);
  box.addEventListener('touchstart', (event) => {
    from = self.data.refresherEnabled && box.scrollTop <= 0 ? event.touches[0].clientY : null;
  });
  box.addEventListener('touchmove', (event) => {
    if (from !== null && way(event) > 0) self.triggerEvent('refresherpulling', { dy: way(event) });
  });
  box.addEventListener('touchend', (event) => {
    if (from === null) return;
    const far = way(event);
    from = null;
    if (far >= threshold()) begin();
    else if (far > 0) self.triggerEvent('refresherabort', {});
  });
  return {
    refresherTriggered: (on) => {
      if (on) begin();
      else if (isRefreshing) {
        isRefreshing = false;
        self.triggerEvent('refresherrestore', {});
      }
    },
  };
}
