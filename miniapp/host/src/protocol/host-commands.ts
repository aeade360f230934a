import type { Runtime } from '../logic/runtime.js';
import { sendCard } from '../logic/wx/open-type.js';
import { elementOf } from './held-elements.js';
import { type CommandTable, text } from './params.js';
import { pullDown, pullPlace } from './pull-down.js';

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

/** Whether it, or what it lies in, is on its way: one that has not begun to move yet has the same place twice. */
function isMoving(element: Element): boolean {
  return element.ownerDocument.getAnimations().some(({ playState, effect }) => {
    const { target } = (effect ?? {}) as Partial<KeyframeEffect>;
    const endless = effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
    return playState === 'running' && !endless && target?.contains(element);
  });
}

/** Sheets slide in: a finger waits until what it wants has come to rest. */
async function atRest(element: Element): Promise<DOMRect> {
  let before = element.getBoundingClientRect();
  for (let frame = 0; frame < MOST_FRAMES; frame += 1) {
    await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
    const now = element.getBoundingClientRect();
    const isThere = now.left === before.left && now.top === before.top && now.width === before.width;
    if (isThere && !isMoving(element)) return now;
    before = now;
  }
  throw new Error(`${nameOf(element)} does not come to rest`);
}

/** What lies at the middle of the element once it is scrolled there. Words that wrap have their middle in the first line. */
async function hitOf(element: Element, block: ScrollLogicalPosition): Promise<Point & { hit: Element | null }> {
  element.scrollIntoView({ block, behavior: 'instant' });
  const whole = await atRest(element);
  if (!element.isConnected) throw new Error(`${nameOf(element)} is no longer on the page`);
  if (whole.width === 0 || whole.height === 0) throw new Error(`${nameOf(element)} has no size: it can't be tapped`);
  const { left, top, width, height } = element.getClientRects()[0] ?? whole;
  const x = left + width / 2;
  const y = top + height / 2;
  return { x, y, hit: element.ownerDocument.elementFromPoint(x, y) };
}

/** Where a finger has to go to touch the element. Throws when something else lies there. */
async function placeOf(runtime: Runtime, params: Record<string, unknown>): Promise<Point> {
  const { page, element } = elementOf(runtime, params);
  if (page !== runtime.router.top) throw new Error(`${nameOf(element)} is on a page that is not shown`);
  let found = await hitOf(element, 'nearest');
  // It may have come to lie under a bar that stays: anybody would scroll on.
  if (!element.contains(found.hit)) found = await hitOf(element, 'center');
  if (!element.contains(found.hit)) throw new Error(`${nameOf(element)} is covered by ${nameOf(found.hit)}`);
  const frame = page.frame.getBoundingClientRect();
  const place = { x: frame.left + found.x, y: frame.top + found.y };
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
    'Host.tapTab': (params) => runtime.tapTab(Number(params.index)),
    'Host.enter': (params) =>
      runtime.enter({ url: text(params, 'url'), scene: Number(params.scene ?? 1001), referrerInfo: {} }),
    'Host.leave': () => runtime.leave(),
    'Host.resume': () => runtime.resume(),
    'Host.setOnline': (params) => {
      session.online = params.online !== false;
      runtime.app.tell('NetworkStatusChange', {
        isConnected: session.online,
        networkType: session.online ? 'wifi' : 'none',
      });
    },
    // Of the capsule's menu, which the SDK can't press. The answer is a dialog of its own.
    'Host.sendFromMenu': () => void sendCard(runtime.context, 'menu').catch((error: unknown) => faults.report(error)),
    // What the SDK's own commands can't say: an item of a sheet, columns of a picker, what a code says, scopes.
    'Host.choose': (params) => {
      const { open } = shell.dialogs;
      const kind = text(params, 'kind');
      if (open?.kind !== kind) throw new Error(`there is no ${kind}${open === null ? '' : `, but a ${open.kind}`}`);
      if (params.choice === null) open.cancel();
      else open.accept(params.choice);
    },
    'Host.pullPlace': () => pullPlace(runtime),
    'Host.pullDown': () => pullDown(runtime),
    'Host.state': () => ({
      refreshing: runtime.router.top?.isRefreshing ?? false,
      title: shell.title,
      toast: shell.toastText,
      dialog: shell.dialogs.open?.kind ?? null,
      badges: Object.fromEntries(shell.badges),
      clipboard: session.clipboard,
      sharedCards: session.sharedCards,
    }),
    'Host.report': () => ({
      faults: faults.seen,
      consoleErrors: session.consoleErrors,
      dataCalls: session.dataCalls,
      requests: session.requests,
    }),
  };
}
