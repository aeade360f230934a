import { endOf, markScript, type TextPlace } from '../template-places.js';
import { WXS_KIND } from '../wxs-kind.data.js';

const REQUIRED = /\brequire\(\s*(["'])([^"']+)\.wxs\1\s*\)/g;
/** A backslash before a letter that JavaScript gives no meaning, which JavaScript drops and WXS keeps: `'\d'`. */
const MEANINGLESS = /\\(?:([nrtbfvxu0'"\\\r\n])|(.))/g;
const CONSTRUCTOR = /\.constructor\b/g;

/**
 * glass-easel runs WXS as JavaScript. Three things differ: it looks required scripts up without `.wxs`, in WXS
 * `constructor` is a word such as "Array", and strings keep backslashes for `getRegExp`. Lines stay as they are.
 *
 * @param start where in the file it begins
 */
export function translateWxs(text: string, file: string, start: TextPlace): string {
  const script = text
    .replace(REQUIRED, (_whole, quote, path) => `require(${quote}${path}${quote})`)
    .replace(MEANINGLESS, (whole, known, other) => (known === undefined ? `\\\\${other}` : whole))
    .replace(CONSTRUCTOR, `.${WXS_KIND}`);
  return markScript(script, file, start);
}

const INLINE = /(<wxs\b[^>]*[^/]>)([\s\S]*?)(<\/wxs>)/g;

/** The same for scripts that stand in a template. */
export function translateInlineWxs(wxml: string, file: string): string {
  return wxml.replace(INLINE, (_whole, open: string, text: string, close: string, at: number) => {
    const start = endOf(wxml.slice(0, at + open.length));
    return open + translateWxs(text, file, start) + close;
  });
}
