/** §4: what WeChat takes as a value of each type. Values are made to fit before they are sent, or are not sent. */

const MOST_THING = 20;
const MOST_NAME = 10;
const ELLIPSIS = '…';

const segments = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** At most `most` UTF-16 units, the strictest way to count characters; no emoji is cut in two. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const { segment } of segments.segment(text)) {
    if (kept.length + segment.length > most - ELLIPSIS.length) break;
    kept += segment;
  }
  return `${kept}${ELLIPSIS}`;
}

const only =
  (form: RegExp) =>
  (text: string): string | null =>
    form.test(text) ? text : null;

const CLOCK = String.raw`(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?`;
const DAY = String.raw`\d{4}(?:-\d{1,2}-\d{1,2}|年\d{1,2}月\d{1,2}日)`;

const FITS: Readonly<Record<string, (text: string) => string | null>> = {
  thing: (text) => (text === '' ? null : cut(text, MOST_THING)),
  number: only(/^(?=.{1,32}$)-?\d+(?:\.\d+)?$/),
  letter: only(/^[A-Za-z]{1,32}$/),
  symbol: only(/^[\p{P}\p{S}]{1,5}$/u),
  character_string: only(/^[\x20-\x7e]{1,32}$/),
  time: only(new RegExp(`^(?:${DAY} )?${CLOCK}$`)),
  date: only(new RegExp(`^${DAY}(?: ${CLOCK})?$`)),
  amount: only(/^¥?\d{1,10}(?:\.\d{1,2})?元?$/),
  phone_number: only(/^[\d+()# -]{1,17}$/),
  car_number: only(/^[\p{Script=Han}A-Za-z\d]{1,8}$/u),
  name: (text) => nameOf(text),
  phrase: only(/^\p{Script=Han}{1,5}$/u),
};

function nameOf(text: string): string | null {
  if (/^\p{Script=Han}+$/u.test(text)) return [...text].slice(0, MOST_NAME).join('');
  return /^[A-Za-z\p{P} ]{1,20}$/u.test(text) ? text : null;
}

/**
 * `text` as a value of `type` (`thing`, `amount` …): no line breaks, cut where the type may be cut; null when WeChat would
 * refuse it.
 */
export function fitValue(type: string, text: string): string | null {
  const line = text.replace(/\s+/g, ' ').trim();
  return FITS[type]?.(line) ?? null;
}
