import { Injectable } from '@nestjs/common';
import { WallClock } from './wall-clock.js';

/**
 * The time that rules and windows see (R1.4). A demo shop may run ahead of the wall clock, so that a return
 * window passes while a visitor watches; everywhere else the two agree.
 */
@Injectable()
export class BusinessClock {
  private offsetMs = 0;

  constructor(private readonly wall: WallClock) {}

  /** Epoch milliseconds. */
  now(): number {
    return this.wall.now() + this.offsetMs;
  }

  get offset(): number {
    return this.offsetMs;
  }

  /** How far ahead of the wall clock the business runs, in ms. Only the demo and tests call this. */
  setOffset(offsetMs: number): void {
    if (!Number.isSafeInteger(offsetMs) || offsetMs < 0) throw new RangeError(`not a clock offset: ${offsetMs}`);
    this.offsetMs = offsetMs;
  }
}
