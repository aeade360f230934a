import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { HostFault } from '../host-fault.js';
import { type AppConfig, pagePathsOf, readAppConfig } from './app-config.js';
import { checkPackageSizes } from './package-sizes.js';
import { type Json, readJson } from './read-json.js';
import { dropUnusedTemplates } from './used-files.js';

const TEXT = new Set(['.js', '.json', '.wxml', '.wxss', '.wxs']);

/** A built mini-program, read once. Paths are relative to its root, with forward slashes. */
export interface Project {
  root: string;
  appId: string;
  app: AppConfig;
  pages: string[];
  /** Texts of scripts, styles, templates and configurations by path. */
  texts: Map<string, string>;
  /** Configurations of pages and components by path without `.json`. */
  configs: Map<string, Json>;
}

function filesBelow(folder: string, prefix = ''): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) return [];
    const path = `${prefix}${entry.name}`;
    return entry.isDirectory() ? filesBelow(join(folder, entry.name), `${path}/`) : [path];
  });
}

function readSettings(folder: string): Json {
  const file = join(folder, 'project.config.json');
  return existsSync(file) ? readJson('project.config.json', readFileSync(file, 'utf8')) : {};
}

/** Each page needs its script and its template; WeChat takes a missing configuration for an empty one. */
function checkPages(pages: string[], texts: Map<string, string>): void {
  for (const page of pages) {
    for (const extension of ['.js', '.wxml']) {
      if (!texts.has(page + extension)) {
        throw new HostFault(`names the page "${page}", but there is no ${page}${extension}`, { file: 'app.json' });
      }
    }
  }
}

/** @param folder the folder of project.config.json, or the built mini-program itself */
export function readProject(folder: string): Project {
  if (!existsSync(folder)) throw new HostFault('there is no such folder', { file: folder });
  const settings = readSettings(folder);
  const root = resolve(folder, typeof settings.miniprogramRoot === 'string' ? settings.miniprogramRoot : '.');
  if (!existsSync(join(root, 'app.json'))) {
    throw new HostFault('there is no app.json: this is not a built mini-program', { file: root });
  }
  const texts = new Map<string, string>();
  const configs = new Map<string, Json>();
  const sizes = new Map<string, number>();
  for (const file of filesBelow(root)) {
    sizes.set(file, statSync(join(root, file)).size);
    if (!TEXT.has(extname(file))) continue;
    const text = readFileSync(join(root, file), 'utf8');
    texts.set(file, text);
    if (file.endsWith('.json')) configs.set(file.slice(0, -'.json'.length), readJson(file, text));
  }
  if (!texts.has('app.js')) throw new HostFault('there is no app.js', { file: root });
  const appJson = configs.get('app') as Json;
  const theme = typeof appJson.themeLocation === 'string' ? appJson.themeLocation.replace(/\.json$/, '') : 'theme';
  const app = readAppConfig(appJson, (configs.get(theme)?.light ?? {}) as Json);
  const pages = pagePathsOf(app);
  checkPages(pages, texts);
  checkPackageSizes(app, sizes);
  dropUnusedTemplates({ app, pages, texts, configs });
  const appId = typeof settings.appid === 'string' ? settings.appid : 'touristappid';
  return { root, appId, app, pages, texts, configs };
}
