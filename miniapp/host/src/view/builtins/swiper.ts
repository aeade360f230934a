import { scaleRpx } from '../../rpx.js';
import { type Builtin, type Caller, callerOf, elementOf, type Part, textOf } from '../parts.js';

const SWIPE_PIXELS = 40;
const USUAL_INTERVAL = 5000;

type Source = '' | 'touch' | 'autoplay';

/** The dots at the bottom, one for each item. */
function makeDots(self: Caller) {
  const dots = document.createElement('i');
  dots.className = 'wx-inner wx-dots';
  const colour = (isOn: boolean) =>
    isOn ? textOf(self.data.indicatorActiveColor) || '#000000' : textOf(self.data.indicatorColor) || 'rgba(0,0,0,.3)';
  return {
    draw: (count: number, current: number, shown: number) => {
      if (!self.data.indicatorDots) return dots.remove();
      const made = Array.from({ length: count }, (_none, at) => {
        const dot = document.createElement('i');
        const isOn = at >= current && at < current + shown;
        dot.className = isOn ? 'on' : '';
        dot.style.background = colour(isOn);
        return dot;
      });
      dots.replaceChildren(...made);
      if (!dots.isConnected) elementOf(self).append(dots);
    },
  };
}

/** Moves on by itself as long as it is wanted and on the page. */
function makeClock(self: Caller, next: () => void) {
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    if (elementOf(self).isConnected) next();
    else clearInterval(timer);
  };
  return {
    set: () => {
      clearInterval(timer);
      if (self.data.autoplay) timer = setInterval(tick, Number(self.data.interval ?? USUAL_INTERVAL));
    },
  };
}

/** How far a finger went along the way in which the swiper moves. */
function watchSwipe(self: Caller, swiped: (step: 1 | -1) => void): void {
  const box = elementOf(self);
  let from = 0;
  const place = ({ clientX, clientY }: Touch) => (self.data.vertical ? clientY : clientX);
  box.addEventListener('touchstart', (event) => {
    from = place(event.touches[0]);
  });
  box.addEventListener('touchend', (event) => {
    const way = place(event.changedTouches[0]) - from;
    if (Math.abs(way) >= SWIPE_PIXELS) swiped(way < 0 ? 1 : -1);
  });
}

/** A length as templates give it: with px or rpx, a number means px. */
function lengthOf(value: unknown): string {
  const [, number = '0', unit = 'px'] = /^(-?[\d.]+)(px|rpx)?$/.exec(textOf(value).trim()) ?? [];
  return scaleRpx(`${number}${unit}`);
}

export const swiper: Builtin = {
  properties: [
    ...['current', 'indicatorDots', 'indicatorColor', 'indicatorActiveColor'],
    ...['vertical', 'circular', 'autoplay', 'interval', 'previousMargin', 'nextMargin', 'displayMultipleItems'],
  ],
  create(self): Part {
    const box = elementOf(self);
    let current = 0;
    const items = () =>
      [...box.querySelectorAll('wx-swiper-item')].filter((item) => item.parentElement?.closest('wx-swiper') === box);
    const dots = makeDots(self);
    const shownAtOnce = () => Math.max(1, Number(self.data.displayMultipleItems ?? 1) || 1);
    const draw = () => dots.draw(items().length, current, shownAtOnce());
    /** No place is left empty after the last, unless the first comes there again. */
    const lastOf = (count: number) => (self.data.circular ? count - 1 : Math.max(0, count - shownAtOnce()));
    const go = (wanted: number, source: Source) => {
      const all = items();
      const index = wanted < all.length ? Math.min(wanted, lastOf(all.length)) : wanted;
      if (index === current || index < 0 || (all.length > 0 && index >= all.length)) return;
      current = index;
      box.style.setProperty('--current', String(index));
      draw();
      const shown = all[index];
      const currentItemId = textOf(shown && callerOf(shown)?.data.itemId);
      self.triggerEvent('change', { current, currentItemId, source });
      self.triggerEvent('animationfinish', { current, currentItemId, source });
    };
    const goBy = (step: 1 | -1, source: Source, isRound: boolean) => {
      const count = items().length;
      const turns = lastOf(count) + 1;
      if (count > 0) go(isRound ? (current + step + turns) % turns : current + step, source);
    };
    watchSwipe(self, (step) => goBy(step, 'touch', Boolean(self.data.circular)));
    // By itself it begins again after the last, also where a finger can't.
    const clock = makeClock(self, () => goBy(1, 'autoplay', true));
    new MutationObserver((changes) => {
      if (changes.some(({ target }) => !(target as Element).closest('.wx-dots, wx-swiper-item'))) draw();
    }).observe(box, { childList: true, subtree: true });
    return {
      changed: {
        current: (value) => go(Number(value ?? 0), ''),
        vertical: (on) => void box.toggleAttribute('vertical', Boolean(on)),
        previousMargin: (value) => box.style.setProperty('--before', lengthOf(value)),
        nextMargin: (value) => box.style.setProperty('--after', lengthOf(value)),
        displayMultipleItems: () => {
          box.style.setProperty('--shown', String(shownAtOnce()));
          draw();
        },
        indicatorDots: draw,
        indicatorColor: draw,
        indicatorActiveColor: draw,
        autoplay: clock.set,
        interval: clock.set,
      },
      move: (index) => go(index, 'touch'),
    };
  },
};

export const swiperItem: Builtin = { properties: ['itemId'] };
