import type { AttributionOutcome, AttributionReplay } from '@mall/shared/hq';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import type { AttributionEntity } from './attribution.entity.js';
import type { AttributionCandidateEntity } from './attribution-candidate.entity.js';
import { decideOrder } from './decide-order.js';
import { readEvidence } from './domain/attribution-evidence.js';
import { candidatesOf } from './domain/candidates-of.js';
import { type Difference, differencesBetween, outcomeOf } from './domain/compare-decisions.js';

const PAGE = 200;

/**
 * R3.4: decides orders again from their stored evidence and nothing else, and says where the answer is not the stored
 * one: in the decision, in the columns that other rooms read, or in the list of who had a hand in it.
 */
@Injectable()
export class ReplayAttribution {
  /** Null for an unknown order. */
  async execute(reader: Reader, orderId: string): Promise<AttributionReplay | null> {
    const row = await reader.first<AttributionEntity>('SELECT * FROM attributions WHERE orderId = ?', [orderId]);
    if (row === null) return null;
    return replay(row, await this.candidates(reader, [orderId]));
  }

  /** Every order, oldest first, in pages by key: the table may be larger than the memory. */
  async *all(reader: Reader): AsyncGenerator<AttributionReplay> {
    let after = '';
    for (;;) {
      const rows = await reader.query<AttributionEntity>(
        `SELECT * FROM attributions WHERE orderId > ? ORDER BY orderId LIMIT ${PAGE}`,
        [after],
      );
      const candidates = await this.candidates(
        reader,
        rows.map(({ orderId }) => orderId),
      );
      for (const row of rows) {
        yield replay(
          row,
          candidates.filter(({ orderId }) => orderId === row.orderId),
        );
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return;
      after = last.orderId;
    }
  }

  private async candidates(reader: Reader, orderIds: readonly string[]): Promise<AttributionCandidateEntity[]> {
    if (orderIds.length === 0) return [];
    return reader.query<AttributionCandidateEntity>(
      `SELECT * FROM attribution_candidates WHERE orderId IN (${orderIds.map(() => '?').join(', ')}) ORDER BY guideId`,
      orderIds,
    );
  }
}

/** Damaged JSON is a difference like any other, never the end of a run over all orders. */
function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function replay(row: AttributionEntity, candidates: AttributionCandidateEntity[]): AttributionReplay {
  const stored = readable(() => outcomeOf(JSON.parse(row.decisionJson) as AttributionOutcome));
  const evidence = readable(() => readEvidence(row.evidenceJson));
  const decided = readable(() => evidence && decideOrder(evidence));
  const replayed = decided && outcomeOf(decided);
  const differences: Difference[] = [];
  if (stored === null || decided === null || evidence === null || replayed === null) {
    const say = (part: object | null): string => (part === null ? 'unreadable' : 'readable');
    differences.push({ field: 'json', stored: say(stored), replayed: say(replayed) });
  } else {
    differences.push(...differencesBetween(stored, replayed));
    const { branch, guideId, storeId, bindingId, touchId, sentence } = replayed;
    const { versionId: settingsVersion } = evidence.settings;
    const columns = { branch, guideId, storeId, bindingId, touchId, sentence, settingsVersion };
    const asWritten = Object.fromEntries(Object.keys(columns).map((key) => [key, row[key as keyof typeof columns]]));
    differences.push(
      ...differencesBetween(
        { ...asWritten, decidedAt: row.decidedAt },
        { ...columns, decidedAt: evidence.orderedAt },
        'column.',
      ),
    );
    // Version 1 wrote no list of candidates.
    if (evidence.version !== 1) {
      const written = candidates.map(({ guideId: id, outcome, reason, isAssist }) => [
        id,
        { outcome, reason, isAssist },
      ]);
      const expected = candidatesOf(decided).map(({ guideId: id, ...rest }) => [id, rest]);
      differences.push(...differencesBetween(Object.fromEntries(written), Object.fromEntries(expected), 'candidate.'));
    }
  }
  return { orderId: row.orderId, agrees: differences.length === 0, stored, replayed, differences };
}
