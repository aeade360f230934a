import { WXS_KIND } from '../wxs-kind.data.js';

const REQUIRED = /\brequire\(\s*(["'])([^"']+)\.wxs\1\s*\)/g;
/** A backslash before a letter that JavaScript gives no meaning, which JavaScript drops and WXS keeps: `'\d'`. */
const MEANINGLESS = /\\(?:([nrtbfvxu0'"\\\r\n])|(.))/g;
const CONSTRUCTOR = /\.constructor\b/g;

/**
 * glass-easel runs WXS as JavaScript. Three things differ: it looks required scripts up without `.wxs`, in WXS
 * `constructor` is a word such as "Array", and strings keep backslashes for `getRegExp`.
 */
export function translateWxs(text: string): string {
  return text
    .replace(REQUIRED, (_whole, quote, path) => `require(${quote}${path}${quote})`)
    .replace(MEANINGLESS, (whole, known, other) => (known === undefined ? `\\\\${other}` : whole))
    .replace(CONSTRUCTOR, `.${WXS_KIND}`);
}

const INLINE = /(<wxs\b[^>]*[^/]>)([\s\S]*?)(<\/wxs>)/g;

/** The same for scripts that stand in a template. */
export function translateInlineWxs(wxml: string): string {
  return wxml.replace(INLINE, (_whole, open, text, close) => open + translateWxs(text) + close);
}
