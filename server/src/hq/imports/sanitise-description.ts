import sanitizeHtml from 'sanitize-html';

/** A TEXT column holds 65,535 bytes; closing tags need a little room. */
const MAX_BYTES = 60_000;

const RULES: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'br', 'div', 'span', 'ul', 'ol', 'li', 'strong', 'b', 'em', 'i', 'u', 's', 'small', 'sub', 'sup'],
    ...['h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'hr', 'img', 'figure', 'figcaption'],
    ...['table', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'caption', 'dl', 'dt', 'dd', 'pre', 'code'],
  ],
  // No links: a page of the mall must not lead out of it, and WeChat opens no foreign page. Their text stays.
  allowedAttributes: { img: ['src', 'alt', 'width', 'height'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'] },
  allowedSchemes: ['http', 'https'],
  allowProtocolRelative: false,
  transformTags: { h1: 'h2' },
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'iframe',
    'object',
    'embed',
    'title',
    'svg',
    'math',
  ],
};

function cutToBytes(html: string): string {
  const bytes = Buffer.from(html);
  if (bytes.length <= MAX_BYTES) return html;
  // A character cut in two decodes to a replacement character; an opened tag is closed by sanitising again.
  return bytes
    .subarray(0, MAX_BYTES)
    .toString()
    .replace(/\uFFFD+$/, '')
    .replace(/<[^>]*$/, '');
}

/** HTML that shows text, lists, tables and pictures and does nothing else: no scripts, handlers, frames, styles, links. */
export function sanitiseDescription(html: string): { html: string; cut: boolean } {
  const clean = sanitizeHtml(html, RULES).trim();
  const short = cutToBytes(clean);
  return short === clean ? { html: clean, cut: false } : { html: sanitizeHtml(short, RULES), cut: true };
}
