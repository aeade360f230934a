/**
 * `npm run reconcile`: proves that orders, payments, refunds, commissions, payouts and the ledger of the database that
 * npm start uses (or DATABASE_URL names) agree, or prints the rows that do not.
 */
import { spawnSync } from 'node:child_process';
import { buildStale } from './parts/build-parts.mjs';
import { databaseEnvironment } from './parts/launcher.mjs';
import { inRoot } from './parts/paths.mjs';
import { reportFailure } from './parts/progress.mjs';

try {
  await buildStale(['shared', 'server']);
  const { status } = spawnSync(process.execPath, [inRoot('server', 'dist', 'tools', 'reconcile.js')], {
    env: { ...process.env, ...databaseEnvironment() },
    stdio: 'inherit',
  });
  process.exitCode = status ?? 2;
} catch (error) {
  reportFailure(error);
  process.exitCode = 2;
}
