import { BUILTIN_TAGS } from '../compile/builtin-tags.js';

const QUOTED = /("[^"]*"|'[^']*'|\[[^\]]*\])/;
const TYPE = /(^|[\s>+~,(])(page|[a-z][a-z-]*)(?![\w-])/g;

/** A selector of WeChat's as the browser understands it: its components have another name there. */
export function domSelector(selector: string): string {
  return selector
    .replace(/>>>/g, ' ')
    .split(QUOTED)
    .map((piece, at) => {
      if (at % 2 === 1) return piece;
      return piece.replace(TYPE, (whole, before: string, tag: string) => {
        if (tag === 'page') return `${before}body`;
        return BUILTIN_TAGS.has(tag) ? `${before}wx-${tag}` : whole;
      });
    })
    .join('');
}

/** The same for a path of XPath. */
export function domXpath(path: string): string {
  return path.replace(/(^|\/|::)([a-z][a-z-]*)(?=$|[/[\]])/g, (whole, before: string, tag: string) =>
    BUILTIN_TAGS.has(tag) ? `${before}wx-${tag}` : whole,
  );
}
