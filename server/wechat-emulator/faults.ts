/** What a test may order the platform side to do wrong. */
export interface Fault {
  /**
   * `busy`: refuse before anything happens (errcode -1, or HTTP 500 SYSTEM_ERROR).
   * `delay`: do the work, then answer late: an answer that is lost to an impatient caller.
   * `tamper`: do the work, answer under a signature that does not fit.
   */
  readonly kind: 'busy' | 'delay' | 'tamper';
  /** Start of the path it applies to, for example `/v3/pay/transactions/jsapi`. */
  readonly path: string;
  readonly delayMs: number;
  times: number;
}

export class Faults {
  private readonly armed: Fault[] = [];

  arm(fault: Fault): void {
    this.armed.push(fault);
  }

  /** Uses up one occurrence of a fault of this kind for this path, if one is armed. */
  take(kind: Fault['kind'], url: string): Fault | null {
    const fault = this.armed.find((one) => one.kind === kind && one.times > 0 && url.startsWith(one.path));
    if (!fault) return null;
    fault.times -= 1;
    return fault;
  }
}
