import { isObject, type JsonObject } from '../json-body.js';

function element(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => element(name, one)).join('');
  if (isObject(value)) return `<${name}>${elements(value)}</${name}>`;
  if (typeof value === 'number') return `<${name}>${value}</${name}>`;
  return `<${name}><![CDATA[${String(value ?? '').replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
}

function elements(fields: JsonObject): string {
  return Object.entries(fields)
    .map(([name, value]) => element(name, value))
    .join('');
}

/** The XML in which the platform writes events: texts in CDATA, numbers plain, lists as repeated elements. */
export function toXml(fields: JsonObject): string {
  return `<xml>${elements(fields)}</xml>`;
}
