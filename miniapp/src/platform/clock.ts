/** The one place that reads the phone's clock and its randomness. */

/** Epoch milliseconds of this phone; for display and for waiting, never for a rule. */
export function now(): number {
  return Date.now();
}

/** Waits `milliseconds`. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/** 32 hexadecimal digits that nobody has used before; a name for one attempt, not a secret. */
export function freshKey(): string {
  let key = '';
  while (key.length < 32) key += Math.floor(Math.random() * 16).toString(16);
  return key;
}

/** Instants are shown as people in the shop read them: Asia/Shanghai, whatever the phone is set to. */
const OFFSET = 8 * 3_600_000;

const two = (value: number) => value.toString().padStart(2, '0');

function parts(instant: number) {
  const iso = new Date(instant + OFFSET);
  return {
    year: iso.getUTCFullYear(),
    month: iso.getUTCMonth() + 1,
    day: iso.getUTCDate(),
    time: `${two(iso.getUTCHours())}:${two(iso.getUTCMinutes())}`,
  };
}

/** `2026年11月22日` */
export function dayText(instant: number): string {
  const { year, month, day } = parts(instant);
  return `${year}年${month}月${day}日`;
}

/** `11月22日` */
export function shortDayText(instant: number): string {
  const { month, day } = parts(instant);
  return `${month}月${day}日`;
}

/** `2026-11-22 14:05` */
export function momentText(instant: number): string {
  const { year, month, day, time } = parts(instant);
  return `${year}-${two(month)}-${two(day)} ${time}`;
}

/** `11月22日 14:05` */
export function shortMomentText(instant: number): string {
  const { month, day, time } = parts(instant);
  return `${month}月${day}日 ${time}`;
}

/** `2026-11`: the month of this phone's clock. */
export function monthNow(): string {
  const { year, month } = parts(now());
  return `${year}-${two(month)}`;
}
