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

/** Epoch milliseconds → `11-22 11:20:33`, for tables that people read. */
export function toShortTime(epochMs: number): string {
  return toChinaTime(epochMs).slice(5, 19).replace('T', ' ');
}

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** RFC 3339 text → epoch milliseconds, or null when the text is anything else. */
export function fromRfc3339(text: string): number | null {
  const parsed = RFC3339.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(parsed) ? null : parsed;
}

/** Epoch milliseconds → the day in China that they fall into, `2026-11-22`. */
export function toChinaDay(epochMs: number): string {
  return toChinaTime(epochMs).slice(0, 10);
}

/** A moment on the given day of China, `2026-11-22` and 10 → that day at ten. Null when the text is no day. */
export function chinaDayAt(day: string, hour: number): number | null {
  const start = fromRfc3339(`${day}T00:00:00+08:00`);
  // `2026-02-30` would roll over into March.
  return start === null || toChinaDay(start) !== day ? null : start + hour * 3_600_000;
}

/**
 * What waits really is done a little late: whoever is called looks at the clock again, which counts whole milliseconds and
 * may stand one short of those that have passed. Called then, a transfer would wait for ever.
 */
const LATE_MS = 1;

/**
 * The time by which the platform lives. It can be moved on, so that 24 hours, ten o'clock and the retries of six hours
 * come within a test; what was put off until then happens at once. Signatures go by the unmoved clock, as the merchant's
 * machine does.
 */
export class PlatformTime implements EmulatorClock {
  private readonly waiting = new Set<{ dueAt: number; timer: NodeJS.Timeout; act: () => unknown }>();
  private movedMs = 0;
  /** Told whenever something that was put off has been done. */
  onActed: () => void = () => {};

  constructor(private readonly base: EmulatorClock) {}

  now(): number {
    return this.base.now() + this.movedMs;
  }

  /** How far it was moved on, in milliseconds. */
  get aheadMs(): number {
    return this.movedMs;
  }

  advance(ms: number): void {
    this.movedMs += ms;
    const due = [...this.waiting].filter(({ dueAt }) => dueAt <= this.elapsed());
    for (const one of due.sort((a, b) => a.dueAt - b.dueAt)) this.run(one);
    for (const one of this.waiting) this.arm(one);
  }

  /** Does it once that much time has passed, really or by being moved on. Does not keep the process alive. */
  after(ms: number, act: () => unknown): void {
    const one = { dueAt: this.elapsed() + ms, timer: setTimeout(() => {}, 0), act };
    this.waiting.add(one);
    this.arm(one);
  }

  stop(): void {
    for (const { timer } of this.waiting) clearTimeout(timer);
    this.waiting.clear();
  }

  private elapsed(): number {
    return performance.now() + this.movedMs;
  }

  private arm(one: { dueAt: number; timer: NodeJS.Timeout; act: () => unknown }): void {
    clearTimeout(one.timer);
    const late = one.dueAt + LATE_MS;
    // Longer waits than a timer can hold are armed again when it rings, and so are timers that ring early.
    const wait = Math.min(Math.max(Math.ceil(late - this.elapsed()), 0), 2 ** 31 - 1);
    one.timer = setTimeout(() => (this.elapsed() >= late ? this.run(one) : this.arm(one)), wait);
    one.timer.unref();
  }

  private run(one: { dueAt: number; timer: NodeJS.Timeout; act: () => unknown }): void {
    clearTimeout(one.timer);
    if (!this.waiting.delete(one)) return;
    one.act();
    this.onActed();
  }
}

/** Waits, without keeping the process alive for it. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

/** Acts again and again, without keeping the process alive for it. The answer stops it. */
export function every(ms: number, act: () => void): () => void {
  const timer = setInterval(act, ms).unref();
  return () => clearInterval(timer);
}

/** The same for once. */
export function after(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms).unref();
  return () => clearTimeout(timer);
}
