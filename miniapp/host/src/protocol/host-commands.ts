import type { Runtime } from '../logic/runtime.js';
import { elementOf } from './held-elements.js';
import { type CommandTable, text } from './params.js';

interface Point {
  x: number;
  y: number;
}

function nameOf(element: Element | null): string {
  if (element === null) return 'nothing';
  const classes = [...element.classList].map((name) => `.${name}`).join('');
  return `<${element.tagName.toLowerCase().replace(/^wx-/, '')}${classes}>`;
}

const FRAME_MS = 32;
const MOST_FRAMES = 60;

/** Sheets slide in: a finger waits until what it wants has come to rest. */
async function atRest(element: Element): Promise<DOMRect> {
  let before = element.getBoundingClientRect();
  for (let frame = 0; frame < MOST_FRAMES; frame += 1) {
    await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
    const now = element.getBoundingClientRect();
    if (now.left === before.left && now.top === before.top && now.width === before.width) return now;
    before = now;
  }
  throw new Error(`${nameOf(element)} does not come to rest`);
}

/** Where a finger has to go to touch the element. Throws when something else lies there. */
async function placeOf(runtime: Runtime, params: Record<string, unknown>): Promise<Point> {
  const { page, element } = elementOf(runtime, params);
  if (page !== runtime.router.top) throw new Error(`${nameOf(element)} is on a page that is not shown`);
  element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  const { left, top, width, height } = await atRest(element);
  if (width === 0 || height === 0) throw new Error(`${nameOf(element)} has no size: it can't be tapped`);
  const inside = { x: left + width / 2, y: top + height / 2 };
  const hit = element.ownerDocument.elementFromPoint(inside.x, inside.y);
  if (hit === null || !(element.contains(hit) || hit.contains(element))) {
    throw new Error(`${nameOf(element)} is covered by ${nameOf(hit)}`);
  }
  const frame = page.frame.getBoundingClientRect();
  const place = { x: frame.left + inside.x, y: frame.top + inside.y };
  const outer = document.elementFromPoint(place.x, place.y);
  if (outer !== page.frame) throw new Error(`${nameOf(element)} is covered by ${nameOf(outer)} of WeChat's`);
  return place;
}

/** What only this host can do: the hands and the surroundings of a person. Method names begin with `Host.`. */
export function hostCommands(runtime: Runtime): CommandTable {
  const { session, shell, faults } = runtime;
  return {
    'Host.placeOf': (params) => placeOf(runtime, params),
    'Host.settled': () => runtime.router.settled(),
    'Host.enter': (params) =>
      runtime.enter({ url: text(params, 'url'), scene: Number(params.scene ?? 1001), referrerInfo: {} }),
    'Host.leave': () => runtime.leave(),
    'Host.setOnline': (params) => {
      session.online = params.online !== false;
      runtime.app.tell('NetworkStatusChange', {
        isConnected: session.online,
        networkType: session.online ? 'wifi' : 'none',
      });
    },
    'Host.pullDown': () => (runtime.originalWx.startPullDownRefresh as (options: object) => unknown)({}),
    'Host.state': () => ({
      title: shell.title,
      toast: shell.toastText,
      dialog: shell.dialogs.open?.kind ?? null,
      badges: Object.fromEntries(shell.badges),
      clipboard: session.clipboard,
      sharedCards: session.sharedCards,
    }),
    'Host.report': () => ({ faults: faults.seen, dataCalls: session.dataCalls, requests: session.requests }),
  };
}
