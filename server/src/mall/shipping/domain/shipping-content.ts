/** §7: what WeChat is told about the goods of an order, within its limits. */

const ITEM_DESC_LIMIT = 120;

export interface DescribedLine {
  readonly title: string;
  readonly quantity: number;
}

/** `亚麻衬衫×2、棉袜×1`, cut to 120 characters between two characters, never inside one. */
export function itemDescOf(lines: readonly DescribedLine[]): string {
  const text = lines.map(({ title, quantity }) => `${title.trim()}×${quantity}`).join('、');
  const characters = [...text.replace(/\s+/g, ' ')];
  if (characters.length <= ITEM_DESC_LIMIT) return characters.join('');
  return `${characters.slice(0, ITEM_DESC_LIMIT - 1).join('')}…`;
}

/** `138****8001`: WeChat wants the last four digits to be seen. Null when there are not that many. */
export function contactOf(phone: string): string | null {
  const digits = phone.replace(/\D/g, '');
  if (digits.length < 7) return null;
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}

/** Milliseconds and Shanghai's offset, later than at the try before. */
export function nextUploadTime(now: number, last: number | null): number {
  return last === null ? now : Math.max(now, last + 1);
}
