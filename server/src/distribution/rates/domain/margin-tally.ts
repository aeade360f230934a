import type { MarginLine } from '@mall/shared/rates';
import type { MarginVerdict } from './margin-floor.js';

/** As many as a person reads. */
const WORST = 20;

/** Counts margin verdicts and keeps the worst breaches. */
export class MarginTally {
  passed = 0;
  unknown = 0;
  breaches = 0;
  /** Lowest margin first. */
  worst: MarginLine[] = [];

  add(verdict: MarginVerdict, line: Pick<MarginLine, 'skuId' | 'title' | 'orderLineId' | 'baseFen'>): void {
    if (verdict.verdict !== 'breach') {
      this[verdict.verdict] += 1;
      return;
    }
    this.breaches += 1;
    const { verdict: _, ...numbers } = verdict;
    this.worst.push({ ...line, ...numbers });
    if (this.worst.length > 4 * WORST) this.cut();
  }

  cut(): MarginLine[] {
    this.worst = this.worst.sort((a, b) => a.marginBps - b.marginBps || a.marginFen - b.marginFen).slice(0, WORST);
    return this.worst;
  }
}
