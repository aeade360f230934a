import type { TradeBillSummary } from '@mall/shared/trade-bills';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { businessDay } from '../../platform/clock/business-day.js';
import { validationProblem } from '../../platform/http/problem.filter.js';
import { FetchTradeBill } from './fetch-trade-bill.service.js';
import { startOfDay } from './read-both-sides.js';
import { TradeBillQueries } from './trade-bill.queries.js';

/** HQ wants a day compared now. */
@Injectable()
export class AskForTradeBill {
  constructor(
    private readonly fetch: FetchTradeBill,
    private readonly queries: TradeBillQueries,
    private readonly clock: BusinessClock,
  ) {}

  /** Throws 422 unless it is a day that is over. A bill that WeChat has not written yet is answered as `wanted`. */
  async execute(day: string): Promise<TradeBillSummary> {
    const start = /^\d{4}-\d\d-\d\d$/.test(day) ? startOfDay(day) : Number.NaN;
    if (Number.isNaN(start) || businessDay(start) !== day || day >= businessDay(this.clock.now())) {
      throw validationProblem([{ path: 'date', message: 'must be a day that is over, such as 2026-11-27' }]);
    }
    await this.fetch.execute(day);
    return this.queries.get(day);
  }
}
