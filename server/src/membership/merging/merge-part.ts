import { Injectable } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { isDuplicateKey, RetryTransaction } from '../../platform/database/database-errors.js';
import type { Tx } from '../../platform/database/tx.js';
import { ProviderMark } from '../../platform/marks/marked-providers.js';

/** Two entries of one person: `from` is no longer used, `into` stays. */
export interface MemberMerge {
  id: string;
  fromMemberId: string;
  intoMemberId: string;
  /** Business clock. */
  at: number;
  /** False in the merge's own transaction, true when it is run again for what was written late. */
  sweep: boolean;
}

/**
 * What one room holds of a member, moved from one entry to another (R2.1): nothing is lost. Safe to run again: it runs
 * once in the merge's own transaction, and later for what a transaction in flight wrote under the old id.
 */
export interface MergePart {
  merge(tx: Tx, merge: MemberMerge): Promise<void>;
  /** Why these two cannot be one by themselves, in Chinese; null: they can. HQ decides then. */
  refuses?(tx: Tx, merge: Pick<MemberMerge, 'fromMemberId' | 'intoMemberId'>): Promise<string | null>;
}

const MARK = new ProviderMark<MergePart>('merge-part');

/** Marks a provider as the part of a room; `name` orders the parts. */
export const MergesMembers = (name: string) => MARK.as(name);

/** Finds the marked providers of every room, so that membership imports nothing that stands above it. */
@Injectable()
export class MergeParts {
  private found: MergePart[] | null = null;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  /**
   * Runs every part. A key that refuses a row means that the member wrote it meanwhile, after this transaction's view
   * was taken: a new transaction sees it.
   */
  async runAll(tx: Tx, merge: MemberMerge): Promise<void> {
    try {
      for (const part of this.all()) await part.merge(tx, merge);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new RetryTransaction(`${merge.fromMemberId} or ${merge.intoMemberId} wrote while they were merged`);
    }
  }

  all(): readonly MergePart[] {
    this.found ??= MARK.find(this.discovery, this.reflector).map(({ part }) => part);
    return this.found;
  }
}
