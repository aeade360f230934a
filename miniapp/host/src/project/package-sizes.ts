import { HostFault } from '../host-fault.js';
import type { AppConfig } from './app-config.js';

const MIB = 1024 * 1024;
/** WeChat's documents: each package, and all together. */
export const MOST_OF_A_PACKAGE = 2 * MIB;
export const MOST_IN_ALL = 30 * MIB;

/** What WeChat does not take into a package. */
const NOT_TAKEN = /\.map$|^project\.(private\.)?config\.json$/;

const mib = (bytes: number) => `${(bytes / MIB).toFixed(2)} MiB`;

/** WeChat refuses to take what is larger. `sizes`: bytes of each file by path. */
export function checkPackageSizes({ subPackages }: Pick<AppConfig, 'subPackages'>, sizes: Map<string, number>): void {
  const taken = [...sizes].filter(([path]) => !NOT_TAKEN.test(path));
  const roots = subPackages.map(({ root }) => `${root}/`);
  const packageOf = (path: string) => roots.find((root) => path.startsWith(root)) ?? '';
  const sum = (files: [string, number][]) => files.reduce((all, [, bytes]) => all + bytes, 0);
  for (const root of ['', ...roots]) {
    const own = taken.filter(([path]) => packageOf(path) === root);
    const bytes = sum(own);
    if (bytes <= MOST_OF_A_PACKAGE) continue;
    const name = root === '' ? 'the main package' : `the subpackage "${root.slice(0, -1)}"`;
    const [[largest, its]] = own.sort(([, a], [, b]) => b - a);
    throw new HostFault(
      `${name} has ${bytes} bytes (${mib(bytes)}), and WeChat takes 2 MiB; its largest file is ${largest} (${mib(its)})`,
      { file: 'app.json' },
    );
  }
  const bytes = sum(taken);
  if (bytes <= MOST_IN_ALL) return;
  throw new HostFault(`all packages together have ${bytes} bytes (${mib(bytes)}), and WeChat takes 30 MiB`, {
    file: 'app.json',
  });
}
