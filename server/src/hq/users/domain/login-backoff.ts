/** How long a user name rests after wrong passwords. Pure. */

const FREE_TRIES = 5;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * Five tries are free; then the waits double from 30 s to 15 minutes, about a hundred tries a day at most.
 *
 * @param failures how many tries have failed, this one included
 * @returns milliseconds before the next try is looked at
 */
export function waitAfter(failures: number): number {
  if (failures < FREE_TRIES) return 0;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - FREE_TRIES, 10));
}
