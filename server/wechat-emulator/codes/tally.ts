/** How many there were in the running second, day or whatever a window is. */
export class Tally {
  private window = Number.NaN;
  private count = 0;

  /** `offsetMs` moves the windows' edges: China's day begins at 16:00 UTC. */
  constructor(
    private readonly windowMs: number,
    private readonly offsetMs = 0,
  ) {}

  /** Counts one more, unless there were `most` already. */
  take(now: number, most: number): boolean {
    const window = Math.floor((now + this.offsetMs) / this.windowMs);
    if (window !== this.window) {
      this.window = window;
      this.count = 0;
    }
    if (this.count >= most) return false;
    this.count += 1;
    return true;
  }
}
