import { Bench } from './bench.js';
import type { Check } from './check.js';

/** Runs one check on a bench of its own. The reason when the fact is not kept, null when it is. */
export async function failureOf(check: Check): Promise<string | null> {
  const bench = new Bench();
  try {
    await check.run(bench);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await bench.close();
  }
}
