/** Months as statements name them: `2026-11`, of Asia/Shanghai. */

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** The month `by` months later; the month itself when it is none. */
export function monthAfter(month: string, by: number): string {
  const found = MONTH.exec(month);
  if (found === null) return month;
  const count = Number(found[1]) * 12 + Number(found[2]) - 1 + by;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** What is asked for, if it is a month; else `other`. */
export function monthOr<T>(asked: string | undefined, other: T): string | T {
  return asked !== undefined && MONTH.test(asked) ? asked : other;
}

/** `2026年11月` */
export function monthText(month: string): string {
  const found = MONTH.exec(month);
  return found === null ? month : `${found[1]}年${Number(found[2])}月`;
}
