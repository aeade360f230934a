import { WXS_KIND } from '../wxs-kind.data.js';

const REQUIRED = /\brequire\(\s*(["'])([^"']+)\.wxs\1\s*\)/g;
const CONSTRUCTOR = /\.constructor\b/g;

/**
 * glass-easel runs WXS as JavaScript. Two things differ: it looks required scripts up without `.wxs`, and in WXS
 * `constructor` is a word such as "Array".
 */
export function translateWxs(text: string): string {
  return text
    .replace(REQUIRED, (_whole, quote, path) => `require(${quote}${path}${quote})`)
    .replace(CONSTRUCTOR, `.${WXS_KIND}`);
}

const INLINE = /(<wxs\b[^>]*[^/]>)([\s\S]*?)(<\/wxs>)/g;

/** The same for scripts that stand in a template. */
export function translateInlineWxs(wxml: string): string {
  return wxml.replace(INLINE, (_whole, open, text, close) => open + translateWxs(text) + close);
}
