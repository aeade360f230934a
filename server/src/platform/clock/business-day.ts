/** Business days are Asia/Shanghai (R1.4), which has kept UTC+8 without daylight saving since 1991. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;

/** 00:00 Asia/Shanghai of the business day that holds `at` (epoch ms). */
export function startOfBusinessDay(at: number): number {
  return Math.floor((at + SHANGHAI_OFFSET_MS) / DAY_MS) * DAY_MS - SHANGHAI_OFFSET_MS;
}

/** `2026-11-22`: the business day that holds `at` (epoch ms). */
export function businessDay(at: number): string {
  return new Date(at + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** `2026-11-22 09:30`: Shanghai wall time for sentences that people read. */
export function businessTimeText(at: number): string {
  return new Date(at + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** `2026-11-22T09:30:00+08:00`, or with milliseconds `2026-11-22T09:30:00.120+08:00`: RFC 3339 in Shanghai's time. */
export function businessInstantText(at: number, precision: 'seconds' | 'milliseconds' = 'seconds'): string {
  const length = precision === 'seconds' ? 19 : 23;
  return `${new Date(at + SHANGHAI_OFFSET_MS).toISOString().slice(0, length)}+08:00`;
}

/** `2026-11`: the business month that holds `at` (epoch ms). */
export function businessMonth(at: number): string {
  return businessDay(at).slice(0, 7);
}

/** [from, to) from the first of the two business days such as `2026-11-22` to the end of the second, epoch ms. */
export function businessDayRange(first: string, last: string): { from: number; to: number } {
  const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) - SHANGHAI_OFFSET_MS;
  return { from: startOf(first), to: startOf(last) + DAY_MS };
}

/** [from, to) of a business month such as `2026-11`, epoch ms. */
export function businessMonthRange(month: string): { from: number; to: number } {
  const [year = Number.NaN, number = Number.NaN] = month.split('-').map(Number);
  // Month 12 of Date.UTC is the next January.
  return { from: Date.UTC(year, number - 1) - SHANGHAI_OFFSET_MS, to: Date.UTC(year, number) - SHANGHAI_OFFSET_MS };
}
