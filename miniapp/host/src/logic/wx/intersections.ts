import type { WxContext } from './context.js';
import { datasetOf, foundElements, rectOf, shownDocument } from './found-elements.js';

interface Margins {
  left?: number;
  top?: number;
  right?: number;
  bottom?: number;
}
interface ObserverOptions {
  thresholds?: number[];
  initialRatio?: number;
  observeAll?: boolean;
}
type Told = (what: Record<string, unknown>) => void;

const marginText = ({ left = 0, top = 0, right = 0, bottom = 0 }: Margins) =>
  [top, right, bottom, left].map((side) => `${side}px`).join(' ');

function told(entry: IntersectionObserverEntry): Record<string, unknown> {
  const { target, time, intersectionRatio, intersectionRect, boundingClientRect, rootBounds } = entry;
  return {
    id: target.id,
    dataset: datasetOf(target),
    time,
    intersectionRatio,
    intersectionRect: rectOf(intersectionRect),
    boundingClientRect: rectOf(boundingClientRect),
    relativeRect: rootBounds === null ? null : rectOf(rootBounds),
  };
}

/** The first look counts only when it is not what the mini-program takes for granted. */
const isNews = (ratio: number, taken: number, thresholds: number[]) =>
  ratio !== taken && thresholds.some((threshold) => (taken - threshold) * (ratio - threshold) <= 0);

/** `wx.createIntersectionObserver`, by the browser's own; `scope` is a component or the page. */
export function intersectionObserver(context: WxContext, scope: unknown, options: ObserverOptions = {}) {
  const { faults } = context;
  const { thresholds = [0], initialRatio = 0, observeAll = false } = options;
  let around: { selector: string | null; margins: Margins } | null = null;
  let running: IntersectionObserver | null = null;
  let isOver = false;

  const rootOf = (targets: Element[]): Element | Document => {
    const selector = around?.selector ?? null;
    if (selector === null) return targets[0].ownerDocument;
    const root = foundElements(context, scope, selector)[0];
    if (root === undefined) throw new Error(`createIntersectionObserver: relativeTo finds no ${selector}`);
    if (targets.every((target) => root.contains(target))) return root;
    throw new Error(
      `createIntersectionObserver: relativeTo ${selector}, which is not around what is observed, is not implemented by this host`,
    );
  };

  const start = (selector: string, hear: Told) => {
    if (isOver || shownDocument(context) === undefined) return;
    const found = foundElements(context, scope, selector);
    const targets = observeAll ? found : found.slice(0, 1);
    const frame = targets[0]?.ownerDocument.defaultView;
    if (!frame) return;
    const seen = new Set<Element>();
    const look = (entry: IntersectionObserverEntry) => {
      const isFirst = !seen.has(entry.target);
      seen.add(entry.target);
      if (isFirst && !isNews(entry.intersectionRatio, initialRatio, thresholds)) return;
      faults.guard(() => hear(told(entry)));
    };
    const rootMargin = marginText(around?.margins ?? {});
    const settings = { root: rootOf(targets), rootMargin, threshold: thresholds };
    running = new frame.IntersectionObserver((entries) => entries.forEach(look), settings);
    for (const target of targets) running.observe(target);
  };

  const observer = {
    relativeTo: (selector: string, margins: Margins = {}) => relate({ selector, margins }),
    relativeToViewport: (margins: Margins = {}) => relate({ selector: null, margins }),
    observe: (selector: string, hear: Told) => {
      // What was set just before is on the page by then.
      setTimeout(() => faults.guard(() => start(selector, hear)));
    },
    disconnect: () => {
      isOver = true;
      running?.disconnect();
    },
  };
  const relate = (area: NonNullable<typeof around>) => {
    if (around !== null) throw new Error('createIntersectionObserver: several areas are not implemented by this host');
    around = area;
    return observer;
  };
  return observer;
}
