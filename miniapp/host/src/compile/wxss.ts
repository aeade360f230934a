import { HostFault } from '../host-fault.js';
import { resolvePath } from '../project/paths.js';
import type { Project } from '../project/project.js';
import { scaleRpx } from '../rpx.js';
import { BUILTIN_TAGS } from './builtin-tags.js';

const IMPORT = /@import\s+(?:url\()?\s*["']([^"']+)["']\s*\)?\s*;?/g;
const COMMENT = /\/\*[\s\S]*?\*\//g;
const STRING = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/;

const blank = (text: string) => text.replace(/[^\n]/g, ' ');

/** Each style once, where it is first imported. */
function inlined(file: string, texts: Map<string, string>, seen: Set<string>): string {
  const text = texts.get(file);
  if (text === undefined || seen.has(file)) return '';
  seen.add(file);
  const clean = text.replace(COMMENT, blank);
  return clean.replace(IMPORT, (_whole, path: string, at: number) => {
    const target = resolvePath(file, path);
    if (!texts.has(target)) {
      const line = clean.slice(0, at).split('\n').length;
      throw new HostFault(`imports "${path}", which does not exist`, { file, line });
    }
    return inlined(target, texts, seen);
  });
}

const TYPE_SELECTOR = /(^|[\s>+~,(])(page|[a-z][a-z-]*)(?=$|[\s>+~,.:#[)])/g;

function renamedSelector(selector: string): string {
  return selector.replace(TYPE_SELECTOR, (whole, before: string, tag: string) => {
    if (tag === 'page') return `${before}body`;
    return BUILTIN_TAGS.has(tag) ? `${before}wx-${tag}` : whole;
  });
}

/**
 * `:host` is the element of the component whose style this is; the view writes the component's path on it. Without
 * shadow trees the browser's own `:host` means nothing.
 */
const HOST = /:host(?![\w-])/g;

/** A browser knows no home indicator: the host says how much it takes. */
const SAFE_BOTTOM = /\b(?:env|constant)\(\s*safe-area-inset-bottom\s*(?:,[^)]*)?\)/g;

const scaled = (value: string) =>
  value
    .replace(SAFE_BOTTOM, 'var(--weapp-safe-bottom, 0px)')
    .split(new RegExp(`(${STRING.source})`))
    .map((piece, at) => (at % 2 === 1 ? piece : scaleRpx(piece)))
    .join('');

/** What stands before a brace is a selector, unless it is an at-rule; strings are left alone. */
export function translateWxss(css: string, owner = ''): string {
  const pieces = css.split(new RegExp(`(${STRING.source}|[{};])`));
  let statement = '';
  let out = '';
  for (const piece of pieces) {
    if (piece === '{') {
      const isRule = !statement.trimStart().startsWith('@');
      out += `${isRule ? renamedSelector(statement).replace(HOST, `[wx-host="${owner}"]`) : scaled(statement)}{`;
      statement = '';
    } else if (piece === ';' || piece === '}') {
      out += scaled(statement) + piece;
      statement = '';
    } else statement += piece;
  }
  return out + statement;
}

/** The styles of the app and of each page or component, ready for the browser. */
export function compileStyles({ texts }: Pick<Project, 'texts'>): Record<string, string> {
  const styles: Record<string, string> = {};
  const app = new Set<string>();
  styles.app = translateWxss(inlined('app.wxss', texts, app));
  for (const file of texts.keys()) {
    if (!file.endsWith('.wxss') || app.has(file)) continue;
    const owner = file.slice(0, -'.wxss'.length);
    styles[owner] = translateWxss(inlined(file, texts, new Set()), owner);
  }
  return styles;
}
