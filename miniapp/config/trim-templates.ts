/**
 * Taro writes every attribute and event that a component of WeChat's knows into the templates of the main package,
 * a dozen levels deep. What no source names is left out: 20 KiB that each launch would load, and events that a phone
 * would send to nobody.
 */

/** Written by Taro for itself, or under another name than in JSX. */
const KEPT: ReadonlySet<string> = new Set(['class', 'style', 'id', 'data-sid', 'bindtap', 'catchtap']);
/** Tags of the template language, whose attributes are no component's. */
const LANGUAGE: ReadonlySet<string> = new Set(['template', 'wxs', 'block', 'import', 'include', 'comp']);
/** `catchMove` stops a touch that moves. */
const OTHER_NAME: Readonly<Record<string, string>> = { catchtouchmove: 'catchmove' };

const TAG = /<([a-z][a-z-]*)((?:\s+[a-zA-Z][\w:-]*(?:="[^"]*")?)*)\s*(\/?)>/g;
const ATTRIBUTE = /\s+([a-zA-Z][\w:-]*)(?:="[^"]*")?/g;

/** The names in these sources, in small letters: a superset of the attributes that they use. */
export function namesIn(sources: readonly string[]): Set<string> {
  return new Set(sources.flatMap((text) => text.toLowerCase().match(/[a-z][a-z0-9]*/g) ?? []));
}

/** `hover-stay-time` is `hoverStayTime`, `bindlongpress` is `onLongPress`. */
function nameInJsx(attribute: string): string {
  const other = OTHER_NAME[attribute];
  if (other !== undefined) return other;
  return attribute
    .replace(/^(?:bind|catch):?/, 'on')
    .replace(/-/g, '')
    .toLowerCase();
}

/** The templates without the attributes that no source names, and without indentation. */
export function trimTemplates(wxml: string, names: ReadonlySet<string>): string {
  const isKept = (attribute: string) =>
    KEPT.has(attribute) || attribute.startsWith('wx:') || names.has(nameInJsx(attribute));
  return wxml
    .replace(TAG, (tag, name: string, attributes: string, end: string) => {
      if (LANGUAGE.has(name)) return tag;
      const kept = attributes.replace(ATTRIBUTE, (text, attribute: string) =>
        isKept(attribute) ? ` ${text.trim()}` : '',
      );
      return `<${name}${kept}${end}>`;
    })
    .replace(/^[ \t]+/gm, '')
    .replace(/\n{2,}/g, '\n');
}
