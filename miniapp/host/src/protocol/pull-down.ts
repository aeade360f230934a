import type { LivePage } from '../logic/pages.js';
import type { Runtime } from '../logic/runtime.js';

interface Place {
  x: number;
  y: number;
}

const BELOW_TOP = 12;
const WAY = 240;

/** The page, scrolled to its top as she would first. Throws when its configuration does not let it be drawn down. */
function pullable({ router, configOf }: Runtime): LivePage & { view: NonNullable<LivePage['view']> } {
  const { top } = router;
  if (!top?.view) throw new Error('there is no page');
  if (configOf(top.path).enablePullDownRefresh !== true) {
    throw new Error(`${top.path} can't be drawn down: its configuration does not say enablePullDownRefresh`);
  }
  const { window: view } = top.view;
  view.scrollTo(0, 0);
  view.document.body.scrollTop = 0;
  return top as LivePage & { view: NonNullable<LivePage['view']> };
}

/** From where to where a finger draws the page down, on the screen. */
export function pullPlace(runtime: Runtime): { from: Place; to: Place } {
  const page = pullable(runtime);
  const { left, top, width } = page.frame.getBoundingClientRect();
  const from = { x: left + width / 2, y: top + BELOW_TOP };
  if (document.elementFromPoint(from.x, from.y) !== page.frame) throw new Error(`${page.path} is covered`);
  return { from, to: { x: from.x, y: from.y + WAY } };
}

/** The same by touches that are made up. */
export function pullDown(runtime: Runtime): void {
  const page = pullable(runtime);
  const { window: view } = page.view;
  const x = view.innerWidth / 2;
  const target = view.document.elementFromPoint(x, BELOW_TOP) ?? view.document.body;
  const touch = (kind: string, y: number) => {
    const finger = new view.Touch({ identifier: 1, target, clientX: x, clientY: y });
    const touches = kind === 'touchend' ? [] : [finger];
    const init = { bubbles: true, cancelable: true, composed: true, touches, changedTouches: [finger] };
    target.dispatchEvent(new view.TouchEvent(kind, init));
  };
  touch('touchstart', BELOW_TOP);
  touch('touchmove', BELOW_TOP + WAY);
  touch('touchend', BELOW_TOP + WAY);
}
