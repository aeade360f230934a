import { performance } from 'node:perf_hooks';

/** A failure that is said in one sentence: no stack, because the reader is to act, not to debug. */
export class PlainFailure extends Error {}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs one step and prints a line for it: at once on a terminal, and every ten seconds while it lasts elsewhere,
 * so that a log shows that something is going on.
 *
 * @template T
 * @param {string} title what is being done, for example `Building the server`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} what `work` returns; its error passes through after a line with ✗
 */
export async function step(title, work) {
  const begun = performance.now();
  const terminal = process.stdout.isTTY;
  const show = () =>
    terminal
      ? process.stdout.write(`\r… ${title} (${seconds(begun)}) `)
      : console.log(`… ${title} (${seconds(begun)})`);
  if (terminal) show();
  const timer = setInterval(show, terminal ? 500 : 10_000);
  const finish = (mark) => {
    clearInterval(timer);
    console.log(`${terminal ? '\r\x1b[K' : ''}${mark} ${title} (${seconds(begun)})`);
  };
  try {
    const result = await work();
    finish('✓');
    return result;
  } catch (error) {
    finish('✗');
    throw error;
  }
}

/**
 * Ends the process for an error that reached the top: one sentence for what was foreseen, a stack for a defect.
 *
 * @param {unknown} error
 */
export function reportFailure(error) {
  console.error(error instanceof PlainFailure ? `\n${error.message}` : error);
}
