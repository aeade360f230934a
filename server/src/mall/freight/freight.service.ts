import type { FreightRule } from '@mall/shared/hq';
import type { Fen } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import { DEFAULT_FREIGHT_RULES } from './domain/default-freight-rules.js';
import { type FreightQuote, quoteFreight } from './domain/quote-freight.js';
import type { FreightRuleEntity } from './freight-rule.entity.js';

/** What delivery costs. */
@Injectable()
export class Freight {
  /** The rules in force, in HQ's order; the defaults until HQ has written some. */
  async rules(reader: Reader): Promise<FreightRule[]> {
    const rows = await reader.query<FreightRuleEntity>('SELECT * FROM freight_rules ORDER BY position');
    if (rows.length === 0) return [...DEFAULT_FREIGHT_RULES];
    return rows.map((row) => ({
      provinces: JSON.parse(row.provincesJson) as string[],
      name: row.name,
      freightFen: row.freightFen,
      freeFromFen: row.freeFromFen,
      served: row.served === 1,
    }));
  }

  /** @param goodsFen goods after every discount */
  async quote(reader: Reader, province: string, goodsFen: Fen): Promise<FreightQuote> {
    return quoteFreight(await this.rules(reader), province, goodsFen);
  }
}
