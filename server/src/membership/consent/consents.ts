import type { ConsentPurpose } from '@mall/shared/membership';
import { ConsentState } from '@mall/shared/privacy';
import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { ConsentEntity } from './consent.entity.js';
import { POLICIES } from './policies.js';
import { PolicyBook } from './policy-book.js';

/** The privacy text in force. A change of the text is a new version, and new members consent to that one. */
export const POLICY_VERSION = POLICIES.at(-1)?.version ?? '';

export interface ConsentAct {
  memberId: string;
  policyVersion: string;
  purposes: readonly ConsentPurpose[];
  /** Business clock. */
  at: number;
}

type Act = Pick<ConsentEntity, 'memberId' | 'purpose' | 'act' | 'policyVersion' | 'occurredAt'>;

/** How one purpose stands with one member. */
export interface Standing {
  state: ConsentState;
  policyVersion: string | null;
  at: number | null;
}

/** Recorded consent: policy version, purpose, time (R2.1, PIPL). */
@Injectable()
export class Consents {
  constructor(
    private readonly clock: WallClock,
    private readonly policies: PolicyBook,
  ) {}

  async grant(tx: Tx, act: ConsentAct): Promise<void> {
    await this.record(tx, act, 'granted');
  }

  async withdraw(tx: Tx, act: ConsentAct): Promise<void> {
    await this.record(tx, act, 'withdrawn');
  }

  /** Whether her newest act for `purpose` is a grant that covers its present wording. Ask each time: she may withdraw. */
  async holds(reader: Reader, purpose: ConsentPurpose, memberId: string): Promise<boolean> {
    return (await this.holders(reader, purpose, [memberId])).has(memberId);
  }

  /** Those of `memberIds` for whom {@link holds} is true. */
  async holders(reader: Reader, purpose: ConsentPurpose, memberIds: readonly string[]): Promise<Set<string>> {
    if (memberIds.length === 0) return new Set();
    const rows = await reader.query<Act>(
      `SELECT memberId, act, policyVersion FROM consents
       WHERE purpose = ? AND memberId IN (${memberIds.map(() => '?').join(', ')}) ORDER BY occurredAt, id`,
      [purpose, ...memberIds],
    );
    const newest = new Map(rows.map((row) => [row.memberId, row]));
    return new Set(
      [...newest.values()]
        .filter(({ act, policyVersion }) => act === 'granted' && this.policies.covers(purpose, policyVersion))
        .map(({ memberId }) => memberId),
    );
  }

  /** All acts of a member, oldest first. */
  async acts(reader: Reader, memberId: string): Promise<Act[]> {
    return reader.query<Act>(
      'SELECT memberId, purpose, act, policyVersion, occurredAt FROM consents WHERE memberId = ? ORDER BY occurredAt, id',
      [memberId],
    );
  }

  /** How each purpose of the text in force stands with her. */
  async standings(reader: Reader, memberId: string): Promise<Map<ConsentPurpose, Standing>> {
    const newest = new Map((await this.acts(reader, memberId)).map((row) => [row.purpose, row]));
    return new Map(
      this.policies.current.purposes.map(({ purpose }) => [purpose, this.standingOf(purpose, newest.get(purpose))]),
    );
  }

  private standingOf(purpose: ConsentPurpose, row: Act | undefined): Standing {
    if (row === undefined) return { state: ConsentState.Never, policyVersion: null, at: null };
    const { policyVersion, occurredAt: at } = row;
    if (row.act !== 'granted') return { state: ConsentState.Withdrawn, policyVersion, at };
    const covered = this.policies.covers(purpose, policyVersion);
    return { state: covered ? ConsentState.Granted : ConsentState.Outdated, policyVersion, at };
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
