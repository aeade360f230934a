/** R5.7: counts what was compared, and keeps both rows of whatever does not fit. */
import type { ReconciliationCheck, ReconciliationDifference, ReconciliationSide } from '@mall/shared/reconciliation';
import { CHECKS, type CheckName } from './checks.js';

export type Row = object;
type Values = Record<string, string | number | null>;

/** A row of a table as one side of a comparison; `amountFen` is the figure that is compared. */
export function side(source: string, row: Row | null | undefined, amountFen: number | null = null): ReconciliationSide {
  return { source, row: row ? (row as Values) : null, amountFen };
}

/** A figure that was worked out here. */
export function computed(how: string, amountFen: number | null, row: Row | null = null): ReconciliationSide {
  return { source: `computed: ${how}`, row: row as Values | null, amountFen };
}

export interface Comparison {
  subject: string;
  sentence: string;
  left: ReconciliationSide;
  right: ReconciliationSide;
  /** What does not fit may be explained by something that has not been handled yet. */
  lag?: boolean;
}

export class Findings {
  readonly differences: ReconciliationDifference[] = [];
  private readonly counts = new Map<CheckName, ReconciliationCheck>();

  /** @param keep how many differences of one check are kept with their rows; all are counted */
  constructor(private readonly keep = 1_000) {
    for (const [name, sentence] of Object.entries(CHECKS)) {
      this.counts.set(name as CheckName, { name, sentence, compared: 0, inFlight: 0, differences: 0 });
    }
  }

  get checks(): ReconciliationCheck[] {
    return [...this.counts.values()];
  }

  /** Compares the two sides' amounts. */
  equal(check: CheckName, comparison: Comparison): void {
    this.holds(check, comparison.left.amountFen === comparison.right.amountFen, comparison);
  }

  /** Compares by a condition that the caller has worked out. */
  holds(check: CheckName, fits: boolean, { subject, sentence, left, right, lag = false }: Comparison): void {
    const count = this.of(check);
    count.compared += 1;
    if (fits) return;
    if (lag) {
      count.inFlight += 1;
      return;
    }
    count.differences += 1;
    if (count.differences > this.keep) return;
    const amounts = left.amountFen !== null && right.amountFen !== null;
    const differenceFen = amounts ? Number(left.amountFen) - Number(right.amountFen) : null;
    this.differences.push({ check, subject, sentence, left, right, differenceFen });
  }

  /** Rows that the database found to fit, without sending them. */
  fit(check: CheckName, rows: number): void {
    this.of(check).compared += rows;
  }

  private of(check: CheckName): ReconciliationCheck {
    const count = this.counts.get(check);
    if (count === undefined) throw new Error(`unknown check ${check}`);
    return count;
  }
}

/** Names of the columns in which two rows differ. */
export function fieldsThatDiffer(left: Row, right: Row, names: readonly string[]): string[] {
  const [a, b] = [left as Values, right as Values];
  return names.filter((name) => a[name] !== b[name]);
}
