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

/** Where a finger has to go to touch the element. Throws when something else lies there. */
async function placeOf(runtime: Runtime, params: Record<string, unknown>): Promise<Point> {
  const { page, element } = elementOf(runtime, params);
  if (page !== runtime.router.top) throw new Error(`${nameOf(element)} is on a page that is not shown`);
  element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  const { left, top, width, height } = element.getBoundingClientRect();
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
