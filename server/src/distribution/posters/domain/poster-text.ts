/** Fitting texts of people into the lines of a poster. What a letter measures comes from outside. */
export type Measure = (text: string) => number;

/** Stands for a letter that the font lacks, as in print. */
const MISSING_LETTER = '□';
const ELLIPSIS = '…';
/** Never begin a line. */
const CLOSING = /^[，。、；：！？）】》」』”’…,.;:!?)\]}%·]$/u;
/** Never end a line. */
const OPENING = /^[（【《「『“‘([{¥$#]$/u;
/** Stays together: a word or number of another script. */
const PIECE = /[A-Za-z0-9][A-Za-z0-9.,'’+\-/&%×]*|\s+|./gsu;

/**
 * One line of plain text that the font can draw: blanks become one, letters that it lacks become a box, and whatever
 * else it lacks (emoji, controls, joiners, directions) goes.
 */
export function drawable(text: string, covers: (codePoint: number) => boolean): string {
  const kept = [...text.normalize('NFC')].map((character) => {
    if (/\s/u.test(character)) return ' ';
    if (/[\p{Extended_Pictographic}\p{Regional_Indicator}\p{C}\p{M}]/u.test(character) && !/[0-9]/.test(character)) {
      return '';
    }
    if (covers(character.codePointAt(0) ?? 0)) return character;
    return /[\p{L}\p{N}]/u.test(character) ? MISSING_LETTER : '';
  });
  return kept.join('').replace(/ +/g, ' ').trim();
}

/** The text in at most `most` lines of `width`; what does not fit ends in an ellipsis. */
export function fitLines(text: string, width: number, most: number, measure: Measure): string[] {
  const lines: string[] = [];
  let rest = text.trim();
  while (rest !== '' && lines.length < most) {
    const isLast = lines.length === most - 1;
    const line = isLast ? cut(rest, width, measure) : takeLine(rest, width, measure);
    lines.push(line.trim());
    rest = isLast ? '' : rest.slice(line.length).trim();
  }
  return lines;
}

/** As much of the beginning as fits, at least one character. */
function longestFitting(text: string, width: number, measure: Measure): string {
  const characters = [...text];
  let [low, high] = [1, characters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(characters.slice(0, middle).join('')) <= width) low = middle;
    else high = middle - 1;
  }
  return characters.slice(0, low).join('');
}

function cut(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  const fitting = longestFitting(text, width - measure(ELLIPSIS), measure);
  return `${fitting.replace(/[\s，。、；：,.;:·（(【]+$/u, '')}${ELLIPSIS}`;
}

function takeLine(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  const fitting = longestFitting(text, width, measure);
  return breakBefore(text, fitting.length) || fitting;
}

/** The longest beginning of at most `end` characters that may end a line; empty when there is none. */
function breakBefore(text: string, end: number): string {
  const pieces = [...text.matchAll(PIECE)];
  for (let index = pieces.length - 1; index > 0; index -= 1) {
    const [piece] = pieces[index] ?? [''];
    const at = pieces[index]?.index ?? 0;
    const before = pieces[index - 1]?.[0] ?? '';
    // A line shorter than a third is worse than a word cut in two.
    if (at <= end && at > end / 3 && !CLOSING.test(piece) && !OPENING.test(before)) return text.slice(0, at);
  }
  return '';
}
