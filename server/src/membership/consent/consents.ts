import { ConsentPurpose } from '@mall/shared/membership';
import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { ConsentEntity } from './consent.entity.js';

/** The privacy text in force. A change of the text is a new version, and new members consent to that one. */
export const POLICY_VERSION = '2026-11-01';

export interface ConsentAct {
  memberId: string;
  policyVersion: string;
  purposes: readonly ConsentPurpose[];
  /** Business clock. */
  at: number;
}

/** Recorded consent: policy version, purpose, time (R2.1). */
@Injectable()
export class Consents {
  constructor(private readonly clock: WallClock) {}

  async grant(tx: Tx, act: ConsentAct): Promise<void> {
    await this.record(tx, act, 'granted');
  }

  async withdraw(tx: Tx, act: ConsentAct): Promise<void> {
    await this.record(tx, act, 'withdrawn');
  }

  /** Those of `memberIds` whose newest act for `purpose` is a grant. */
  async holders(reader: Reader, purpose: ConsentPurpose, memberIds: readonly string[]): Promise<Set<string>> {
    if (memberIds.length === 0) return new Set();
    const rows = await reader.query<{ memberId: string; act: string }>(
      `SELECT memberId, act FROM consents WHERE purpose = ? AND memberId IN (${memberIds.map(() => '?').join(', ')})
       ORDER BY occurredAt, id`,
      [purpose, ...memberIds],
    );
    const newest = new Map(rows.map(({ memberId, act }) => [memberId, act]));
    return new Set([...newest].filter(([, act]) => act === 'granted').map(([memberId]) => memberId));
  }

  private async record(tx: Tx, act: ConsentAct, kind: 'granted' | 'withdrawn'): Promise<void> {
    const rows = [...new Set(act.purposes)].map((purpose) => ({
      id: newId('cns'),
      memberId: act.memberId,
      policyVersion: act.policyVersion,
      purpose,
      act: kind,
      occurredAt: act.at,
      recordedAt: this.clock.now(),
    }));
    await tx.insert(ConsentEntity, rows);
  }
}
