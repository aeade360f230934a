import { make } from './dom.js';

/** A press that moves further is a swipe. */
const SLACK_PIXELS = 10;

/** Pictures side by side with a counter, as `wx.previewImage` shows them. */
export function pictureStrip(addresses: string[], first: number, close: () => void): HTMLElement {
  const pictures = addresses.map((src, at) =>
    make('div', at === first ? { 'data-first': '' } : {}, make('img', { src, alt: '', draggable: 'false' })),
  );
  const strip = make('div', { class: 'strip' }, ...pictures);
  const counter = make('b', { class: 'counter' });
  const count = (at: number) => {
    counter.textContent = `${at + 1} / ${addresses.length}`;
  };
  count(first);
  strip.addEventListener('scroll', () => count(Math.round(strip.scrollLeft / strip.clientWidth)));
  let pressed: { x: number; left: number } | null = null;
  strip.addEventListener('pointerdown', ({ clientX }) => {
    pressed = { x: clientX, left: strip.scrollLeft };
  });
  strip.addEventListener('pointerup', ({ clientX, pointerType }) => {
    if (pressed === null) return;
    const moved = clientX - pressed.x;
    // A finger scrolls by itself, a mouse does not.
    if (Math.abs(moved) > SLACK_PIXELS && pointerType === 'mouse') {
      strip.scrollTo({ left: pressed.left - Math.sign(moved) * strip.clientWidth, behavior: 'smooth' });
    }
    if (Math.abs(moved) <= SLACK_PIXELS && Math.abs(strip.scrollLeft - pressed.left) <= SLACK_PIXELS) close();
    pressed = null;
  });
  return make('div', { class: 'preview' }, strip, counter);
}
