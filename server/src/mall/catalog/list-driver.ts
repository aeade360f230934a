import type { Reader, SqlValue } from '../../platform/database/tx.js';
import { afterPrefix } from './domain/search-terms.js';

/** A term, or a beginning of one, that a listed product must have. */
export interface ListCondition {
  kind: 'term' | 'prefix';
  text: string;
}

interface Piece {
  sql: string;
  parameters: SqlValue[];
}

/** Where a list starts to read. */
export interface ListDriver {
  /** A query of product ids, at most CAP of them; null: walk the index of the sort. */
  from: Piece | null;
  /** Conditions that `from` does not see to. */
  rest: ListCondition[];
  /** A condition that no product meets: there is nothing to read. */
  empty: boolean;
}

/**
 * Up to here it is quicker to fetch all matches and sort them; above, matches are so frequent that walking the index
 * of the sort meets a page of them soon.
 */
const CAP = 1_500;

/** The condition as a filter on a product that is at hand anyway. Terms hold letters and digits only, so no escapes. */
export function conditionSql({ kind, text }: ListCondition): Piece {
  return { sql: 'p.searchText LIKE ?', parameters: [kind === 'term' ? `% ${text} %` : `% ${text}%`] };
}

function idsSql({ kind, text }: ListCondition): Piece {
  return kind === 'term'
    ? { sql: 'SELECT productId FROM product_search_terms WHERE term = ?', parameters: [text] }
    : {
        sql: 'SELECT DISTINCT productId FROM product_search_terms WHERE term >= ? AND term < ?',
        parameters: [text, afterPrefix(text)],
      };
}

/** Products that have all `terms`, rarest first: CROSS JOIN keeps SQLite from turning the order round. */
function intersectionSql(terms: readonly ListCondition[]): Piece {
  const joins = terms
    .slice(1)
    .map((_, index) => `CROSS JOIN product_search_terms t${index + 1} ON t${index + 1}.productId = t0.productId`);
  const filters = terms.map((_, index) => `t${index}.term = ?`);
  return {
    sql: `SELECT t0.productId AS productId FROM product_search_terms t0 ${joins.join(' ')} WHERE ${filters.join(' AND ')}`,
    parameters: terms.map(({ text }) => text),
  };
}

const capped = ({ sql, parameters }: Piece, rows: number): Piece => ({
  sql: `${sql} LIMIT ?`,
  parameters: [...parameters, rows],
});

/** How many products, counting no further than the cap. */
async function countUpToCap(reader: Reader, ids: Piece): Promise<number> {
  const { sql, parameters } = capped(ids, CAP + 1);
  const row = await reader.first<{ n: number }>(`SELECT COUNT(*) AS n FROM (${sql}) counted`, parameters);
  return row?.n ?? 0;
}

/**
 * Chooses how to read a list: neither engine knows how frequent a term is, so it is counted (a few thousand index
 * entries at most). A rare term drives; so do several frequent ones that seldom meet; otherwise the sort's index does.
 */
export async function chooseDriver(reader: Reader, conditions: readonly ListCondition[]): Promise<ListDriver> {
  const counted: { condition: ListCondition; count: number }[] = [];
  for (const condition of conditions) {
    counted.push({ condition, count: await countUpToCap(reader, idsSql(condition)) });
  }
  counted.sort((a, b) => a.count - b.count);
  const [rarest] = counted;
  if (rarest === undefined) return { from: null, rest: [], empty: false };
  if (rarest.count <= CAP) {
    const rest = conditions.filter((condition) => condition !== rarest.condition);
    return { from: capped(idsSql(rarest.condition), CAP), rest, empty: rarest.count === 0 };
  }
  const terms = conditions.filter(({ kind }) => kind === 'term');
  if (terms.length > 1) {
    const both = intersectionSql(terms);
    const count = await countUpToCap(reader, both);
    if (count <= CAP) {
      return { from: capped(both, CAP), rest: conditions.filter(({ kind }) => kind !== 'term'), empty: count === 0 };
    }
  }
  return { from: null, rest: [...conditions], empty: false };
}
