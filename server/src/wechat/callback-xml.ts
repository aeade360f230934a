import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** Far above any callback of WeChat's (a few hundred bytes); what is longer is not read. */
const MAX_CHARACTERS = 64 * 1024;

/** Texts stay texts (ids of digits would lose some), and an entity is never expanded: WeChat writes CDATA. */
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  processEntities: false,
});

/** The fields of a callback: each a text, a list that repeats, or fields of its own. */
export type CallbackFields = { readonly [name: string]: CallbackField };
export type CallbackField = string | CallbackFields | readonly CallbackField[];

/**
 * The children of `<xml>`; null when the text is anything else. A document type is refused: WeChat sends none, and it
 * is where entities are declared.
 */
export function readCallbackXml(text: string): CallbackFields | null {
  if (text.length > MAX_CHARACTERS || text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) return null;
  if (XMLValidator.validate(text) !== true) return null;
  const root = (parser.parse(text) as { xml?: unknown }).xml;
  return typeof root === 'object' && root !== null && !Array.isArray(root) ? (root as CallbackFields) : null;
}

/** A field of text; the empty text when it is missing or no text. */
export function callbackText(fields: CallbackFields, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : '';
  return typeof value === 'string' ? value : '';
}
