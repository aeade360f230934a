/** Longest word that is indexed; facets (`=` and an id) fit too. */
const WORD_LENGTH = 32;
/** Enough for title, brand, category and tags; keeps a pathological product from filling the index. */
const TERMS_PER_PRODUCT = 300;
/** More words than this narrow nothing down. */
const TERMS_PER_QUERY = 8;

const CJK_RUN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const RUN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[\p{L}\p{N}]+/gu;
// A run of letters must not swallow the Chinese after it: `T恤`.
const LATIN_OR_CJK =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;

/** What a product must have: the term itself, or a word that starts with it. */
export interface SearchCondition {
  kind: 'term' | 'prefix';
  text: string;
}

/** Without differences of case, width and accents. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC');
}

function runsOf(text: string): string[] {
  return (fold(text).match(RUN) ?? []).flatMap((run) => run.match(LATIN_OR_CJK) ?? []);
}

function pairsOf(characters: readonly string[]): string[] {
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** The terms under which `texts` are found: words, Chinese characters, and pairs of them. */
export function termsOf(texts: readonly string[]): string[] {
  const terms = new Set<string>();
  for (const run of texts.flatMap(runsOf)) {
    if (!CJK_RUN.test(run)) {
      terms.add([...run].slice(0, WORD_LENGTH).join(''));
      continue;
    }
    const characters = [...run];
    for (const term of [...characters, ...pairsOf(characters)]) terms.add(term);
  }
  return [...terms].slice(0, TERMS_PER_PRODUCT);
}

/**
 * What somebody typed, as conditions that must all hold. Words match by their beginning, since people type while the
 * list changes; Chinese matches by pairs, or by the character when there is only one. Empty: nothing to search for.
 */
export function conditionsOf(query: string): SearchCondition[] {
  const found = new Map<string, SearchCondition>();
  for (const run of runsOf(query)) {
    const characters = [...run];
    if (!CJK_RUN.test(run)) {
      const text = characters.slice(0, WORD_LENGTH).join('');
      found.set(`prefix ${text}`, { kind: 'prefix', text });
      continue;
    }
    for (const text of characters.length === 1 ? characters : pairsOf(characters)) {
      found.set(`term ${text}`, { kind: 'term', text });
    }
  }
  return [...found.values()].slice(0, TERMS_PER_QUERY);
}

/** The first text after all words that start with `prefix`: a half-open range serves as prefix search. */
export function afterPrefix(prefix: string): string {
  const characters = [...prefix];
  const last = characters.pop() ?? '';
  return `${characters.join('')}${String.fromCodePoint((last.codePointAt(0) ?? 0) + 1)}`;
}

/** A brand or category as a term. It begins with no letter or digit, so that no typed word is its prefix. */
export function facetTerm(id: string): string {
  return `=${id}`;
}

/** One text that holds every term between blanks, so that `LIKE '% term %'` tells whether it is there. */
export function searchTextOf(terms: readonly string[]): string {
  return ` ${terms.join(' ')} `;
}
