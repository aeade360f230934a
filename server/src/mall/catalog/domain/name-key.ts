/** Widths of the key columns: compatibility forms can be longer than what was typed. */
const NAME_KEY_LENGTH = 80;
const PATH_KEY_LENGTH = 255;
const OPTION_KEY_LENGTH = 320;

/** A name without differences of case, width and blanks: two spellings of one brand are one brand. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim().slice(0, NAME_KEY_LENGTH);
}

/** Names from the root as one key. The separator cannot be typed into a name. */
export function pathKey(names: readonly string[]): string {
  return names.map(nameKey).join('\u001f').slice(0, PATH_KEY_LENGTH);
}

/** A SKU's option values as one key; empty without options. Case tells values apart: `m` and `M` may be two. */
export function optionKey(values: readonly string[]): string {
  return values
    .map((value) => value.normalize('NFKC').replace(/\s+/g, ' ').trim())
    .join('\u001f')
    .slice(0, OPTION_KEY_LENGTH);
}

/** How option values are read on an order: `燕麦色 / M`; empty without options. */
export function optionText(values: readonly string[]): string {
  return values.join(' / ');
}
