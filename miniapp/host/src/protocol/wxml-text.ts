import { callerOf, dashed } from '../view/parts.js';

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

function attributesOf(element: Element): string {
  const written = ['id', 'class', 'style'].map((name): [string, unknown] => [name, element.getAttribute(name)]);
  const given = Object.entries(callerOf(element)?.data ?? {}).filter(([, value]) => typeof value === 'string');
  return [...written, ...given]
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => ` ${dashed(name)}="${escaped(String(value))}"`)
    .join('');
}

/** The element as a template would write it. */
export function outerWxml(node: Node): string {
  if (node.nodeType === 3) return escaped(node.textContent ?? '');
  if (node.nodeType !== 1) return '';
  const element = node as Element;
  if (element.classList.contains('wx-inner')) return '';
  const tag = element.tagName.toLowerCase().replace(/^wx-/, '');
  return `<${tag}${attributesOf(element)}>${[...element.childNodes].map(outerWxml).join('')}</${tag}>`;
}
