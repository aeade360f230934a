/**
 * `node scripts/house-rules.mjs [file …]`: the rules of the house that no linter knows. Without names it reads every
 * source that git knows or would add.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './parts/paths.mjs';
import { faultsOf } from './parts/source-rules.mjs';

/** The rule file itself has to spell what it forbids, and so do its tests. */
const spellTheRules = /^scripts\/(parts\/source-rules\.mjs|source-rules\.spec\.mjs)$/;

function sources() {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', '*.ts', '*.tsx', '*.mjs'];
  const { stdout, status } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) throw new Error('git ls-files failed: the house rules are checked inside a git clone.');
  return stdout.split('\0').filter((path) => path && !path.endsWith('.d.ts') && existsSync(join(root, path)));
}

const asked = process.argv.slice(2);
const files = (asked.length > 0 ? asked : sources()).filter((path) => !spellTheRules.test(path));
let count = 0;
for (const path of files) {
  for (const { line, message } of faultsOf(path, readFileSync(join(root, path), 'utf8'))) {
    count += 1;
    console.log(`${path}:${line}: ${message}`);
  }
}
console.log(`${files.length} files read, ${count} ${count === 1 ? 'fault' : 'faults'} found.`);
if (files.length === 0) console.log('No file was read: something is wrong with this check.');
process.exitCode = count === 0 && files.length > 0 ? 0 : 1;
