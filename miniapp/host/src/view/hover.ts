import { type Caller, callerOf, textOf } from './parts.js';

/** A segment of an element's classes that neither templates nor WXS write. */
const HOVER_SEGMENT = 2;
/** A finger that goes further than this scrolls. */
const SLACK_PIXELS = 10;

interface Usual {
  /** Milliseconds from the touch to the look. */
  start: number;
  /** Milliseconds from the end of the touch until it is over. */
  stay: number;
  looks: string;
}

/** What can be pressed, with what WeChat takes where the template says nothing. */
const USUAL: Record<string, Usual> = {
  view: { start: 50, stay: 400, looks: 'none' },
  button: { start: 20, stay: 70, looks: 'button-hover' },
  navigator: { start: 50, stay: 600, looks: 'navigator-hover' },
};

interface Pressed {
  stay: number;
  /** Takes back what has not shown yet, or what has. */
  end(): void;
}

/** What an element was pressed by last: an earlier press that ends later does not take its look away. */
const latest = new WeakMap<Caller, symbol>();

const time = (value: unknown, usual: number) => (value === null || value === undefined ? usual : Number(value));

function press(self: Caller, { start, stay, looks }: Usual): Pressed | null {
  const names = textOf(self.data.hoverClass) || looks;
  if (names === 'none' || self.data.disabled) return null;
  const mine = Symbol(names);
  latest.set(self, mine);
  const wear = (on: boolean) => {
    if (latest.get(self) === mine) self._$.setNodeClass(on ? names : '', HOVER_SEGMENT);
  };
  const timer = setTimeout(() => wear(true), time(self.data.hoverStartTime, start));
  const end = () => {
    clearTimeout(timer);
    wear(false);
  };
  return { stay: time(self.data.hoverStayTime, stay), end };
}

/** All that lies under the finger, from the innermost to the first with `hover-stop-propagation`. */
function pressedAt(target: EventTarget | null): Pressed[] {
  const pressed: Pressed[] = [];
  for (let element = target instanceof Element ? target : null; element !== null; element = element.parentElement) {
    const self = callerOf(element);
    const usual = USUAL[self?.tag ?? ''];
    if (self === null || usual === undefined) continue;
    const one = press(self, usual);
    if (one !== null) pressed.push(one);
    if (self.data.hoverStopPropagation) break;
  }
  return pressed;
}

/** `hover-class`: how something looks under a finger that stays, and a moment longer; a finger that scrolls ends it. */
export function watchHover(): void {
  let pressed: Pressed[] = [];
  let from = { x: 0, y: 0 };
  const endAll = () => {
    for (const { end } of pressed) end();
    pressed = [];
  };
  const listen = (name: 'touchstart' | 'touchmove' | 'touchend' | 'touchcancel', heard: (event: TouchEvent) => void) =>
    document.addEventListener(name, heard, { capture: true, passive: true });
  listen('touchstart', ({ target, changedTouches: [{ clientX: x, clientY: y }] }) => {
    endAll();
    from = { x, y };
    pressed = pressedAt(target);
  });
  listen('touchmove', ({ changedTouches: [{ clientX, clientY }] }) => {
    if (Math.max(Math.abs(clientX - from.x), Math.abs(clientY - from.y)) > SLACK_PIXELS) endAll();
  });
  listen('touchend', () => {
    for (const { stay, end } of pressed) setTimeout(end, stay);
    pressed = [];
  });
  listen('touchcancel', endAll);
}
