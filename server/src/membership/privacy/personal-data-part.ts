import type { DataSection } from '@mall/shared/privacy';
import { Injectable } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { ProviderMark } from '../../platform/marks/marked-providers.js';

/** Whose data it is: the entry that stands, and all of her entries, those that were merged into it included. */
export interface DataSubject {
  memberId: string;
  /** `memberId` first. What was written late may still stand under one of the others. */
  entryIds: readonly string[];
}

export interface Erasure extends DataSubject {
  /** Business clock. */
  at: number;
}

/**
 * What one room holds of a person (PIPL): how she reads it, what keeps her account open, and how it goes. Any of the
 * three may be left out.
 */
export interface PersonalDataPart {
  /** As she may read it, in her words: Chinese titles and labels, times as text, other people's data masked. */
  export?(reader: Reader, subject: DataSubject): Promise<DataSection[]>;
  /** Why the account cannot be closed now and what to do about it, one Chinese sentence each. */
  obstacles?(reader: Reader, subject: DataSubject): Promise<string[]>;
  /**
   * Erases what tells who she is and keeps the numbers. Runs again after a crash and for what was written late.
   * `later`: something has to end first, and it is asked again.
   */
  erase?(tx: Tx, erasure: Erasure): Promise<'done' | 'later'>;
}

const MARK = new ProviderMark<PersonalDataPart>('personal-data-part');

/** Marks a provider as what a room holds of a person; `name` orders the parts and is logged when one fails. */
export const HoldsPersonalData = (name: string) => MARK.as(name);

/** The parts of every room. */
@Injectable()
export class PersonalDataParts {
  private found: readonly { name: string; part: PersonalDataPart }[] | null = null;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  all(): readonly { name: string; part: PersonalDataPart }[] {
    this.found ??= MARK.find(this.discovery, this.reflector);
    return this.found;
  }
}

/** `?, ?` for the entries of a subject, to stand in `memberId IN (…)`. */
export function marksOf(subject: DataSubject): string {
  return subject.entryIds.map(() => '?').join(', ');
}
