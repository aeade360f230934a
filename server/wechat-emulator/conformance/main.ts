/**
 * Holds the emulator to the specification, one check a fact. Arguments are words; only checks whose title has one of
 * them run. The last line is `N passed, N failed`; exit code 1 when one failed or none ran.
 */
import { ALL_CHECKS } from './all-checks.js';
import { titleOf } from './check.js';
import { failureOf } from './run-checks.js';

const words = process.argv.slice(2);
const chosen = ALL_CHECKS.filter((check) => words.length === 0 || words.some((word) => titleOf(check).includes(word)));
let passed = 0;
for (const check of chosen) {
  const failure = await failureOf(check);
  if (failure === null) passed += 1;
  console.log(failure === null ? `ok    ${titleOf(check)}` : `FAIL  ${titleOf(check)}\n      ${failure}`);
}
console.log(`${passed} passed, ${chosen.length - passed} failed`);
process.exitCode = passed === chosen.length && passed > 0 ? 0 : 1;
