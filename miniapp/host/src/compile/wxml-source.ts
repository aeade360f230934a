import { BUILTIN_TAGS, domTag } from './builtin-tags.js';
import { translateInlineWxs } from './wxs.js';

export interface WxmlTag {
  name: string;
  line: number;
  attributes: Map<string, string>;
}

export interface WxmlSource {
  /** Opening tags in order. */
  tags: WxmlTag[];
  /** Paths of `<import>` and `<include>`, as written. */
  imports: { path: string; line: number }[];
  /** The same text with the built-in components under their names in the browser. */
  renamed: string;
  /** How deep elements are nested at most. */
  depth: number;
}

const TAG =
  /<!--[\s\S]*?-->|<wxs\b[^>]*[^/>]>[\s\S]*?<\/wxs>|\{\{[\s\S]*?\}\}|<(\/?)([A-Za-z][\w-]*)((?:"[^"]*"|'[^']*'|[^"'>])*?)(\/?)>/g;
const ATTRIBUTE = /([^\s="'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g;

function attributesOf(text: string): Map<string, string> {
  const found = [...text.matchAll(ATTRIBUTE)];
  return new Map(found.map(([, name, double, single]) => [name, double ?? single ?? '']));
}

/** Looks through a template without understanding its expressions. */
export function readWxml(text: string, file: string): WxmlSource {
  const tags: WxmlTag[] = [];
  let depth = 0;
  let deepest = 0;
  let line = 1;
  let counted = 0;
  const renamed = text.replace(
    TAG,
    (whole, closing: string, name: string | undefined, rest, selfClosing, at: number) => {
      line += text.slice(counted, at).split('\n').length - 1;
      counted = at;
      if (name === undefined) return whole;
      if (closing === '/') depth -= 1;
      else {
        tags.push({ name, line, attributes: attributesOf(rest) });
        deepest = Math.max(deepest, depth + 1);
        if (selfClosing !== '/') depth += 1;
      }
      return `<${closing}${domTag(name)}${rest}${selfClosing}>`;
    },
  );
  const imports = tags
    .filter(({ name }) => name === 'import' || name === 'include')
    .map(({ attributes, line: at }) => ({ path: attributes.get('src') ?? '', line: at }));
  return { tags, imports, renamed: translateInlineWxs(renamed, file), depth: deepest };
}

const NO_PROPERTY = /^(bind|catch|capture-|mut-bind|data-|mark:|wx:|id$|class$|style$|slot$)/;

/** Adds the properties that the template gives to built-in components. */
export function collectProperties(source: WxmlSource, into: Map<string, Set<string>>): void {
  for (const { name, attributes } of source.tags) {
    if (!BUILTIN_TAGS.has(name)) continue;
    const known = into.get(name) ?? new Set<string>();
    for (const attribute of attributes.keys()) if (!NO_PROPERTY.test(attribute)) known.add(attribute);
    into.set(name, known);
  }
}
