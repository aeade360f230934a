import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';

/** The rule's clock and the call's. */
@Injectable()
export class MessageClocks {
  constructor(
    readonly business: BusinessClock,
    readonly wall: WallClock,
  ) {}
}
