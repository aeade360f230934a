import { fen } from '@mall/shared/money';
import type { DryRun, DryRunRow } from '@mall/shared/rates';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Guides } from '../guides/guides.public.js';
import { Stores } from '../stores/stores.public.js';
import type { DryRunTally, TallyRow } from './domain/dry-run.js';
import type { MarginTally } from './domain/margin-tally.js';

const ROWS = 500;
const MOST = 10;
/** IN lists stay far below the engines' limits. */
const NAMES = 500;

interface Counted {
  from: number;
  to: number;
  tally: DryRunTally;
  margin: MarginTally;
  floorBps: number;
}

/** Puts names to a dry run's sums, and those first who would have felt it most. */
@Injectable()
export class DryRunReport {
  constructor(
    private readonly database: Database,
    private readonly guides: Guides,
    private readonly stores: Stores,
  ) {}

  async of({ from, to, tally, margin, floorBps }: Counted): Promise<DryRun> {
    const guides = byDifference(tally.guides);
    const stores = byDifference(tally.stores);
    const products = byDifference(tally.products);
    const winners = guides.filter(({ differenceFen }) => differenceFen > 0);
    const losers = guides.filter(({ differenceFen }) => differenceFen < 0);
    const named = await this.guideNames([
      ...guides.slice(0, ROWS),
      ...winners.slice(0, MOST),
      ...losers.slice(0, MOST),
    ]);
    const withName = (row: DryRunRow): DryRunRow => ({ ...row, name: named.get(row.id) ?? row.id });
    const storeNames = new Map((await this.stores.all(this.database)).map(({ id, name }) => [id, name]));
    const { beforeFen, afterFen } = tally.total();
    return {
      from,
      to,
      lines: tally.lines,
      linesRepriced: tally.linesRepriced,
      total: { beforeFen, afterFen, differenceFen: fen(afterFen - beforeFen) },
      byGuide: guides.slice(0, ROWS).map(withName),
      byStore: stores.slice(0, ROWS).map((row) => ({ ...row, name: storeNames.get(row.id) ?? row.id })),
      byProduct: products.slice(0, ROWS),
      rowsLeftOut: { guides: leftOut(guides), stores: leftOut(stores), products: leftOut(products) },
      winners: { count: winners.length, most: winners.slice(0, MOST).map(withName) },
      losers: { count: losers.length, most: losers.slice(0, MOST).map(withName) },
      margin: {
        floorBps,
        breaches: margin.breaches,
        passed: margin.passed,
        unknown: margin.unknown,
        worst: margin.cut(),
      },
    };
  }

  private async guideNames(rows: readonly DryRunRow[]): Promise<Map<string, string>> {
    const ids = [...new Set(rows.map(({ id }) => id))];
    const names = new Map<string, string>();
    for (let start = 0; start < ids.length; start += NAMES) {
      const found = await this.guides.many(this.database, ids.slice(start, start + NAMES));
      for (const { id, name } of found) names.set(id, name);
    }
    return names;
  }
}

function leftOut(rows: readonly DryRunRow[]): number {
  return Math.max(0, rows.length - ROWS);
}

function byDifference(rows: Map<string, TallyRow>): DryRunRow[] {
  return [...rows.values()]
    .map((row) => ({ ...row, differenceFen: fen(row.afterFen - row.beforeFen) }))
    .sort((a, b) => Math.abs(b.differenceFen) - Math.abs(a.differenceFen) || (a.id < b.id ? -1 : 1));
}
