import { timeOfDay } from './clock.js';
import { make } from './dom.js';

/** Signal, line and battery. */
const SIGNS = `<svg viewBox="0 0 66 13"><rect y="8" width="3" height="5" rx="1"/><rect x="5" y="5.5" width="3" height="7.5" rx="1"/><rect x="10" y="3" width="3" height="10" rx="1"/><rect x="15" width="3" height="13" rx="1"/><path d="M31 2.2c2.6 0 5 1 6.7 2.7l1.3-1.4A11.6 11.6 0 0 0 31 .2c-3.1 0-5.9 1.2-8 3.3l1.3 1.4A9.6 9.6 0 0 1 31 2.2zm0 4.3c1.4 0 2.7.6 3.7 1.5L36 6.6a7.2 7.2 0 0 0-10 0l1.3 1.4c1-.9 2.3-1.5 3.7-1.5zM28.6 9.5 31 12l2.4-2.5a3.4 3.4 0 0 0-4.8 0z"/><rect x="43.5" y=".5" width="19" height="12" rx="3.5" fill="none" stroke="currentColor" opacity=".4"/><rect x="45" y="2" width="16" height="9" rx="2"/><rect x="63.5" y="4.5" width="1.5" height="4" rx=".7" opacity=".5"/></svg>`;
const TICK_MS = 5000;

/** What the phone shows above everything else. */
export function statusBar(): HTMLElement {
  const time = make('span');
  const bar = make('div', { id: 'status' }, time);
  bar.insertAdjacentHTML('beforeend', SIGNS);
  const tick = () => {
    time.textContent = timeOfDay();
  };
  tick();
  setInterval(tick, TICK_MS);
  return bar;
}
