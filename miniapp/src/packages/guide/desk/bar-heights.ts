/**
 * Heights of bars in whole per cent of the room (70 at most, the rest belongs to the labels): zero is a hairline of 1,
 * anything earned is at least 4 so that it can be seen.
 */
export function barHeights(values: readonly number[]): number[] {
  const most = Math.max(0, ...values);
  return values.map((value) => (value <= 0 || most === 0 ? 1 : Math.max(4, Math.round((value * 70) / most))));
}
