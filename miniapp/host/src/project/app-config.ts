import { HostFault } from '../host-fault.js';
import type { Json } from './read-json.js';

export interface TabItem {
  pagePath: string;
  text: string;
  iconPath?: string;
  selectedIconPath?: string;
}

export interface TabBar {
  color?: string;
  selectedColor?: string;
  backgroundColor?: string;
  borderStyle?: string;
  list: TabItem[];
}

export interface AppConfig {
  pages: string[];
  subPackages: { root: string; pages: string[] }[];
  tabBar: TabBar | null;
  window: Json;
  usingComponents: Record<string, string>;
  /** WeChat asks for her agreement to the privacy guideline before the first private call. */
  checksPrivacy: boolean;
}

/** A value `@name` stands for what theme.json says under `light`. */
export function themed<T>(value: T, light: Json): T {
  if (typeof value === 'string' && value.startsWith('@')) return (light[value.slice(1)] ?? value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => themed(item, light)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, item]) => [name, themed(item as unknown, light)]);
  return Object.fromEntries(entries) as T;
}

/** Reads what the host needs of app.json. `light` are the colours of theme.json. */
export function readAppConfig(json: Json, light: Json): AppConfig {
  const config = themed(json, light);
  const file = 'app.json';
  if (!Array.isArray(config.pages) || config.pages.length === 0) throw new HostFault('"pages" names no page', { file });
  const packages = (config.subPackages ?? config.subpackages ?? []) as { root: string; pages: string[] }[];
  const subPackages = packages.map(({ root, pages }) => ({ root: root.replace(/^\/|\/$/g, ''), pages }));
  const tabBar = (config.tabBar ?? null) as TabBar | null;
  const pages = config.pages as string[];
  for (const { pagePath } of tabBar?.list ?? []) {
    if (!pages.includes(pagePath)) throw new HostFault(`tabBar names "${pagePath}", which is not in "pages"`, { file });
  }
  return {
    pages,
    subPackages,
    tabBar,
    window: (config.window ?? {}) as Json,
    usingComponents: (config.usingComponents ?? {}) as Record<string, string>,
    checksPrivacy: config.__usePrivacyCheck__ === true,
  };
}

/** Every page by its path from the root, the entry page first. */
export function pagePathsOf({ pages, subPackages }: Pick<AppConfig, 'pages' | 'subPackages'>): string[] {
  return [...pages, ...subPackages.flatMap(({ root, pages: own }) => own.map((page) => `${root}/${page}`))];
}
