/** Counts what the sequences did: the tables at the end, and whether each row has its share. */
import type { Branch } from './reference-state.js';
import { STEP_KINDS } from './steps.js';

const BRANCHES: Record<Branch, string> = {
  a: '(a) binding inside protection',
  b: '(b) coupon through a guide',
  c: '(c) last touch in the window',
  d: '(d) valid binding after protection',
  e: '(e) home store, no guide',
  f: '(f) nobody',
};

/**
 * R3.3, and the other reasons for which a candidate loses. A touch after the order is missing: touches get the time at
 * which the server records them, so that no order can be older than one that it sees; unit tests inject it. Of R3.4, which
 * only the setting `never` brings about, there is no row.
 */
const REASONS: Record<string, string> = {
  self_purchase: 'bought by the guide herself',
  buyer_is_guide: 'the buyer is a guide',
  guide_left: 'the guide had left',
  guide_suspended: 'the guide was suspended',
  binding_expired: 'the binding had expired',
  link_revoked: 'the link was revoked',
  link_unknown: 'the code was forged',
  touch_outside_window: 'the touch was too old',
  older_touch: 'a newer touch',
  outranked: 'a better candidate',
};

const LEAST_PERCENT = 2;

export class Tally {
  private readonly steps = new Map<string, number>(STEP_KINDS.map((kind) => [kind, 0]));
  private readonly branches = new Map<string, number>(Object.values(BRANCHES).map((name) => [name, 0]));
  private readonly reasons = new Map<string, number>(Object.values(REASONS).map((name) => [name, 0]));
  refused = 0;

  accepted(kind: string): void {
    add(this.steps, kind);
  }

  /** @param lines by which branch each line of an order was won */
  decided(lines: Iterable<Branch>, reasons: Iterable<string>): void {
    for (const branch of lines) add(this.branches, BRANCHES[branch]);
    // Once an order: ten old touches of one customer are one way to lose.
    for (const reason of new Set(reasons)) if (reason in REASONS) add(this.reasons, REASONS[reason] ?? reason);
  }

  /** The tables as text, and a sentence for each row that has less than its share. */
  report(): { text: string; gaps: string[] } {
    const tables = [
      ['accepted steps', this.steps],
      ['lines by branch of R3.2', this.branches],
      ['orders in which a candidate lost, by reason (R3.3)', this.reasons],
    ] as const;
    const parts = tables.map(([title, rows]) => tableOf(title, rows));
    const text = `${parts.map((part) => part.text).join('\n\n')}\n\n${this.refused} steps were refused by both.`;
    return { text, gaps: parts.flatMap((part) => part.gaps) };
  }
}

function add(rows: Map<string, number>, name: string): void {
  rows.set(name, (rows.get(name) ?? 0) + 1);
}

function tableOf(title: string, rows: Map<string, number>): { text: string; gaps: string[] } {
  const total = [...rows.values()].reduce((sum, count) => sum + count, 0);
  const lines = [...rows].map(([name, count]) => {
    const perMille = total === 0 ? 0 : Math.floor((count * 1_000) / total);
    const percent = `${Math.floor(perMille / 10)}.${perMille % 10}%`;
    return `  ${name.padEnd(40)} ${String(count).padStart(8)} ${percent.padStart(7)}`;
  });
  const gaps = [...rows].flatMap(([name, count]) =>
    count * 100 < total * LEAST_PERCENT || total === 0
      ? [`${title}: "${name}" is ${count} of ${total}, less than ${LEAST_PERCENT}%`]
      : [],
  );
  return { text: [title, ...lines].join('\n'), gaps };
}
