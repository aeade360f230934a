/**
 * `npm run doctor [-- --offline] [--json]`: looks at the configuration of this shop and says in plain words what is
 * wrong and what to do. Changes nothing. Code 1 when something fails.
 */
import { WallClock } from '../src/platform/clock/wall-clock.js';
import { examine } from './doctor/examine.js';

const MARKS = { ok: '✓', warn: '!', fail: '✗', unseen: '·' } as const;

async function main(): Promise<void> {
  const offline = process.argv.includes('--offline');
  const findings = await examine(process.env, offline, new WallClock());
  const count = (result: string): number => findings.filter((finding) => finding.result === result).length;
  if (process.argv.includes('--json')) {
    process.stdout.write(
      `${JSON.stringify({ findings, failed: count('fail'), warned: count('warn'), unseen: count('unseen') })}\n`,
    );
  } else {
    for (const { check, result, sentence } of findings) {
      process.stdout.write(`${MARKS[result]} ${check.padEnd(22)} ${sentence}\n`);
    }
    process.stdout.write(
      `\n${count('ok')} ok, ${count('warn')} to look at, ${count('fail')} wrong, ${count('unseen')} that only use shows\n`,
    );
  }
  process.exitCode = count('fail') === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
