import { resolveFile, resolvePath } from './paths.js';
import type { Project } from './project.js';

const PACKAGES = 'miniprogram_npm/';
const IMPORT = /<(?:import|include)\s[^>]*\bsrc\s*=\s*["']([^"']+)["']/g;

export const isPackaged = (file: string): boolean => file.startsWith(PACKAGES) || file.includes(`/${PACKAGES}`);

/**
 * Takes the templates of packages that no page uses out of the project, as DevTools do: of a library one uses a few
 * components, and the others may need what this mini-program has not.
 */
export function dropUnusedTemplates({
  app,
  pages,
  texts,
  configs,
}: Pick<Project, 'app' | 'pages' | 'texts' | 'configs'>) {
  const used = new Set<string>();
  const walk = (path: string): void => {
    if (used.has(path)) return;
    used.add(path);
    const { usingComponents = {}, componentGenerics = {} } = (configs.get(path) ?? {}) as {
      usingComponents?: Record<string, string>;
      componentGenerics?: Record<string, { default?: string } | true>;
    };
    const usual = Object.values(componentGenerics).flatMap((each) => (each !== true && each.default) || []);
    follow(path, [...Object.values(usingComponents), ...usual]);
    for (const [, target = ''] of (texts.get(`${path}.wxml`) ?? '').matchAll(IMPORT)) {
      walk(resolvePath(path, target.replace(/\.wxml$/, '')));
    }
  };
  const follow = (from: string, paths: string[]) => {
    for (const path of paths) walk(resolveFile(from, path, (file) => texts.has(`${file}.wxml`)));
  };
  follow('app', Object.values(app.usingComponents));
  // Components of the mini-program's own are compiled whether or not a page uses them.
  for (const path of [...pages, ...configs.keys()]) if (!isPackaged(path)) walk(path);
  for (const file of [...texts.keys()]) {
    if (file.endsWith('.wxml') && isPackaged(file) && !used.has(file.slice(0, -'.wxml'.length))) texts.delete(file);
  }
}
