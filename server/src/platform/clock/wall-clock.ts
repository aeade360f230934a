import { Injectable } from '@nestjs/common';

/** Real time, for signatures, tokens, leases and rate limits (R1.4). Business rules use BusinessClock. */
@Injectable()
export class WallClock {
  /** Epoch milliseconds. */
  now(): number {
    return Date.now();
  }
}
