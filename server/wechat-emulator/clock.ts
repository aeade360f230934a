/** The one file of the emulator that reads the real clock or waits on it. */

/** Epoch milliseconds; tests pass their own so that codes and tokens can expire without waiting. */
export interface EmulatorClock {
  now(): number;
}

export const systemClock: EmulatorClock = { now: () => Date.now() };

const CHINA_OFFSET_MS = 8 * 3_600_000;

/** Epoch milliseconds → `2026-11-22T11:20:33+08:00`, the form in which WeChat Pay writes times. */
export function toChinaTime(epochMs: number): string {
  return `${new Date(epochMs + CHINA_OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
}

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** RFC 3339 text → epoch milliseconds, or null when the text is anything else. */
export function fromRfc3339(text: string): number | null {
  const parsed = RFC3339.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(parsed) ? null : parsed;
}

/** Waits, without keeping the process alive for it. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
