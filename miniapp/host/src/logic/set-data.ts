import { type Data, overTheBridge, writeAt } from './data-path.js';

/** WeChat's documents: the data of one call may not exceed 256 KB. */
export const MOST_BYTES = 256 * 1024;

export interface DataCall {
  page: string;
  bytes: number;
}

const encoder = new TextEncoder();

/**
 * Takes a change into the data of the logic layer.
 *
 * @returns what crosses the bridge and how many bytes of JSON it is
 * @throws Error when it is more than WeChat takes
 */
export function takeData(page: string, data: Data, change: Data): { crossing: Data; bytes: number } {
  const text = JSON.stringify(change);
  const bytes = encoder.encode(text).length;
  if (bytes > MOST_BYTES) {
    throw new Error(`setData of ${page} carries ${bytes} bytes, more than the ${MOST_BYTES} that WeChat takes`);
  }
  for (const [path, value] of Object.entries(change)) {
    // `undefined` does not cross, but the logic layer keeps it.
    writeAt(data, path, overTheBridge(value));
  }
  return { crossing: JSON.parse(text) as Data, bytes };
}
