import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WeappPerson } from './weapp-person-for-tests.js';
import type { Report } from './weapp-stage-for-tests.js';

const DIST = process.env.WEAPP_DIST_DIR ?? join(process.cwd(), 'miniapp', 'dist', 'weapp');
const REPORT = join(process.cwd(), 'var', 'weapp-budgets.md');
const KIB = 1024;

/** What the suite fails at: what opens quickly on a cheap phone, far below WeChat's own limits. */
export const BUDGET = {
  mainPackage: 350 * KIB,
  subpackage: 200 * KIB,
  allPackages: KIB * KIB,
  firstScreenRequests: 3,
  firstScreenData: 48 * KIB,
  /** Of one call; also on every other phone of the suite: the stage tells the host. */
  largestSetData: 64 * KIB,
  nodesOnOneLevel: 60,
  depth: 29,
} as const;

/** Bytes of each package that a phone loads; the main one has an empty root. */
export function packageSizes(): Map<string, number> {
  const app = JSON.parse(readFileSync(join(DIST, 'app.json'), 'utf8')) as { subPackages: { root: string }[] };
  const roots = app.subPackages.map(({ root }) => root.replace(/\/*$/, '/'));
  const sizes = new Map<string, number>([['', 0], ...roots.map((root): [string, number] => [root, 0])]);
  for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.(LICENSE\.txt|map)$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(DIST.length + 1).replaceAll('\\', '/');
    const root = roots.find((each) => path.startsWith(each)) ?? '';
    sizes.set(root, (sizes.get(root) ?? 0) + statSync(file).size);
  }
  return sizes;
}

export interface Tree {
  nodes: number;
  depth: number;
  /** The most nodes that lie on one level, and in which. */
  widest: { nodes: number; parent: string };
}

const TAG = /<(\/?)([a-z][\w-]*)((?:\s+[\w:-]+="[^"]*")*)\s*>/g;

/** Counts what is drawn, as the SDK gives it: every tag is closed. */
export function treeOf(wxml: string): Tree {
  const open: { name: string; children: number }[] = [];
  const tree: Tree = { nodes: 0, depth: 0, widest: { nodes: 0, parent: '' } };
  for (const [, isEnd, tag = '', attributes = ''] of wxml.matchAll(TAG)) {
    if (isEnd === '/') {
      const ended = open.pop();
      if (ended && ended.children > tree.widest.nodes) tree.widest = { nodes: ended.children, parent: ended.name };
      continue;
    }
    const parent = open.at(-1);
    if (parent) parent.children += 1;
    const className = / class="([^"]*)"/.exec(attributes)?.[1];
    open.push({
      name: className === undefined ? tag : `${tag}.${className.trim().split(/\s+/).join('.')}`,
      children: 0,
    });
    tree.nodes += 1;
    tree.depth = Math.max(tree.depth, open.length);
  }
  return tree;
}

export interface PageCost extends Tree {
  page: string;
  /** With this page the mini-program was opened: requests, data and time are those of a first screen. */
  isFirst: boolean;
  /** Bytes of the packages that had to be there. */
  packages: number;
  requests: number;
  dataBytes: number;
  dataCalls: number;
  /** Bytes of the call that carries the most. */
  largestData: number;
  /** Milliseconds from the first line of app.js to the setData that puts content in the place of the skeleton. */
  contentAfter: number | null;
}

/** Waits until each request has its answer and nothing new was sent, answered or drawn from one look to the next. */
export async function atRest(person: Pick<WeappPerson, 'until' | 'surroundings'>): Promise<Report> {
  let before = '';
  return person.until('an end of requests and setData', async () => {
    const report = await person.surroundings.report();
    const { requests, dataCalls } = report;
    const waiting = requests.filter(({ status }) => status === null).length;
    // An answer that has just come is drawn in a moment: that too is a change.
    const now = `${requests.length} ${waiting} ${dataCalls.length}`;
    const isQuiet = waiting === 0 && now === before;
    before = now;
    return isQuiet && report;
  });
}

/** The first setData after the answer that brings what the page is about; before it there is only the skeleton. */
export function contentAfter({ requests, dataCalls }: Report, content: RegExp): number {
  const answered = requests.find(
    ({ url, status }) => status === 200 && content.test(new URL(url).pathname),
  )?.answeredAt;
  const drawn = dataCalls.find(({ at }) => typeof answered === 'number' && at >= answered);
  if (drawn === undefined) throw new Error(`no setData follows an answer of ${content}`);
  return drawn.at;
}

/**
 * What the page on top has taken once it has come to rest.
 *
 * @param content path of the request whose answer the page is about, when the mini-program was opened with this page
 */
export async function costOf(person: WeappPerson, content?: RegExp): Promise<PageCost> {
  const isFirst = content !== undefined;
  const shown = await person.page();
  const { path: page } = shown;
  const { dataCalls, requests } = await atRest(person);
  const calls = dataCalls.filter((call) => call.page === page);
  const sizes = packageSizes();
  const own = [...sizes].find(([root]) => root !== '' && page.startsWith(root))?.[1] ?? 0;
  const asked = requests.filter((request) => request.page === page || (isFirst && request.page === ''));
  return {
    page,
    isFirst,
    packages: (sizes.get('') ?? 0) + own,
    requests: asked.length,
    dataBytes: calls.reduce((sum, { bytes }) => sum + bytes, 0),
    dataCalls: calls.length,
    largestData: Math.max(0, ...calls.map(({ bytes }) => bytes)),
    contentAfter: content === undefined ? null : contentAfter({ requests, dataCalls: calls }, content),
    ...treeOf((await (await shown.$('page'))?.outerWxml()) ?? ''),
  };
}

/** A sentence for each budget that the page breaks. */
export function brokenBy(cost: PageCost): string[] {
  const { page, isFirst, requests, dataBytes, largestData, widest, depth } = cost;
  const said: [boolean, string][] = [
    [isFirst && requests > BUDGET.firstScreenRequests, `${requests} requests, more than ${BUDGET.firstScreenRequests}`],
    [
      isFirst && dataBytes > BUDGET.firstScreenData,
      `${dataBytes} bytes of setData, more than ${BUDGET.firstScreenData}`,
    ],
    [largestData > BUDGET.largestSetData, `${largestData} bytes in one setData, more than ${BUDGET.largestSetData}`],
    [
      widest.nodes > BUDGET.nodesOnOneLevel,
      `${widest.nodes} nodes on one level, in ${widest.parent}, more than ${BUDGET.nodesOnOneLevel}`,
    ],
    [depth > BUDGET.depth, `${depth} levels, more than ${BUDGET.depth}`],
  ];
  return said.filter(([isBroken]) => isBroken).map(([, words]) => `${page}: ${words}`);
}

/** The same for the packages. */
export function brokenByPackages(sizes: Map<string, number>): string[] {
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const limited = [...sizes].map(([root, size]): [string, number, number] => [
    root === '' ? 'the main package' : root,
    size,
    root === '' ? BUDGET.mainPackage : BUDGET.subpackage,
  ]);
  return [...limited, ['all packages' as string, all, BUDGET.allPackages] as const]
    .filter(([, size, most]) => size > most)
    .map(([name, size, most]) => `${name}: ${size} bytes, more than ${most}`);
}

const kib = (bytes: number) => `${(bytes / KIB).toFixed(1)} KiB`;
const COLUMNS = [
  'page',
  'packages',
  'requests',
  'setData',
  'calls',
  'largest',
  'nodes',
  'on a level',
  'depth',
  'first content',
];

/** The table at the end of a run, which is also kept as var/weapp-budgets.md. */
export function reportOf(costs: PageCost[]): string {
  const rows = costs.map((cost) => [
    cost.page,
    kib(cost.packages),
    String(cost.requests),
    kib(cost.dataBytes),
    String(cost.dataCalls),
    kib(cost.largestData),
    String(cost.nodes),
    String(cost.widest.nodes),
    String(cost.depth),
    cost.contentAfter === null ? '–' : `${cost.contentAfter} ms`,
  ]);
  const all = [COLUMNS, ...rows];
  const widths = COLUMNS.map((_title, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  const cell = (text: string, at: number) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0));
  const line = (row: string[]) => `| ${row.map(cell).join(' | ')} |`;
  const rule = `|${widths.map((width, at) => (at === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  const sizes = [...packageSizes()].map(([root, size]) => `${root === '' ? 'main' : root} ${kib(size)}`).join(', ');
  const report = `The weapp build on the local host: ${sizes}\n\n${[line(COLUMNS), rule, ...rows.map(line)].join('\n')}\n`;
  mkdirSync(join(REPORT, '..'), { recursive: true });
  writeFileSync(REPORT, report);
  return report;
}
