import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import { ClosingEntry } from './closing-entry.js';
import { PersonalDataParts } from './personal-data-part.js';

/** What stands in the way of closing an account, in sentences for its owner. */
@Injectable()
export class ClosureObstacles {
  constructor(
    private readonly parts: PersonalDataParts,
    private readonly entry: ClosingEntry,
  ) {}

  async of(reader: Reader, memberId: string): Promise<string[]> {
    const subject = await this.entry.subject(reader, memberId);
    const found: string[] = [];
    for (const { part } of this.parts.all()) found.push(...((await part.obstacles?.(reader, subject)) ?? []));
    return found;
  }
}
