import type { EmulatorClock } from './clock.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const CHINA_OFFSET_MS = 8 * 3_600_000;

/** How often one API may be called; absent is unlimited. */
export interface Quota {
  readonly perMinute?: number;
  readonly perDay?: number;
}

interface Count {
  window: number;
  calls: number;
}

/** Counts calls by minute and by China's day. A call that is refused for its number is not counted. */
export class ApiQuotas {
  private readonly minutes = new Map<string, Count>();
  private readonly days = new Map<string, Count>();
  private readonly lowered = new Map<string, Quota>();

  constructor(private readonly clock: EmulatorClock) {}

  /** Gives an API another quota, so that a test need not call a million times. */
  set(path: string, quota: Quota): void {
    this.lowered.set(path, quota);
  }

  /** 0, or 45009 when the day's calls are used up, or 45011 when the minute's are. */
  take(path: string, documented: Quota): 0 | 45009 | 45011 {
    const { perMinute = Infinity, perDay = Infinity } = this.lowered.get(path) ?? documented;
    const now = this.clock.now();
    const minute = this.count(this.minutes, path, Math.floor(now / MINUTE_MS));
    const day = this.count(this.days, path, Math.floor((now + CHINA_OFFSET_MS) / DAY_MS));
    if (day.calls >= perDay) return 45009;
    if (minute.calls >= perMinute) return 45011;
    minute.calls += 1;
    day.calls += 1;
    return 0;
  }

  private count(counts: Map<string, Count>, path: string, window: number): Count {
    const known = counts.get(path);
    if (known?.window === window) return known;
    const fresh = { window, calls: 0 };
    counts.set(path, fresh);
    return fresh;
  }
}
