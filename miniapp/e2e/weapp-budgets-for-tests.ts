import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { WeappPerson } from './weapp-person-for-tests.js';

const DIST = join(process.cwd(), 'miniapp', 'dist', 'weapp');
const KIB = 1024;

/** What the suite fails at: what opens quickly on a cheap phone, far below WeChat's own limits. */
export const BUDGET = {
  mainPackage: 350 * KIB,
  subpackage: 200 * KIB,
  allPackages: KIB * KIB,
  firstScreenRequests: 3,
  firstScreenData: 48 * KIB,
  largestSetData: 64 * KIB,
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

export interface FirstScreen {
  page: string;
  /** Bytes of the packages that had to be there. */
  packages: number;
  requests: number;
  dataBytes: number;
  dataCalls: number;
  /** Milliseconds from the first line of app.js to the last setData of the screen. */
  contentAfter: number;
}

/** What it took until now, on a phone that was opened with this page and has shown it. */
export async function firstScreen({ surroundings }: WeappPerson, page: string): Promise<FirstScreen> {
  const { dataCalls, requests } = await surroundings.report();
  const calls = dataCalls.filter((call) => call.page === page);
  const sizes = packageSizes();
  const own = [...sizes].find(([root]) => root !== '' && page.startsWith(root))?.[1] ?? 0;
  return {
    page,
    packages: (sizes.get('') ?? 0) + own,
    requests: requests.filter((request) => request.page === page || request.page === '').length,
    dataBytes: calls.reduce((sum, { bytes }) => sum + bytes, 0),
    dataCalls: calls.length,
    contentAfter: Math.max(0, ...calls.map(({ at }) => at)),
  };
}

const kib = (bytes: number) => `${(bytes / KIB).toFixed(1)} KiB`;

/** The table at the end of a run. */
export function budgetTable(screens: FirstScreen[]): string {
  const rows = screens.map((screen) => [
    screen.page,
    kib(screen.packages),
    String(screen.requests),
    kib(screen.dataBytes),
    String(screen.dataCalls),
    `${screen.contentAfter} ms`,
  ]);
  const all = [['page', 'packages', 'requests', 'setData', 'calls', 'first content'], ...rows];
  const widths = (all[0] ?? []).map((_title, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  const line = (row: string[]) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ');
  return ['The weapp build on the local host', ...all.map(line)].join('\n');
}
