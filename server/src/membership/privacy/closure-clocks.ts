import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';

/** Both clocks, as closing and erasing need them. */
@Injectable()
export class ClosureClocks {
  constructor(
    readonly business: BusinessClock,
    readonly wall: WallClock,
  ) {}
}
