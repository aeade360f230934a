/**
 * `npm run replay-attributions`: decides every order again from its stored evidence and prints each difference with its
 * order, then `N replayed, N differ` (R3.4). Reads only. Exit code 1 when any differs. Takes the server's own environment.
 */
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../src/app.module.js';
import { ReplayAttribution } from '../src/distribution/attribution/attribution.public.js';
import { loadEnvironment } from '../src/load-environment.js';
import { Database } from '../src/platform/database/database.js';

async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule.forEnvironment(loadEnvironment(process.env)), {
    logger: false,
    abortOnError: false,
  });
  let replayed = 0;
  let differing = 0;
  try {
    for await (const replay of app.get(ReplayAttribution, { strict: false }).all(app.get(Database))) {
      replayed += 1;
      if (replay.agrees) continue;
      differing += 1;
      for (const { field, stored, replayed: again } of replay.differences) {
        process.stdout.write(`${replay.orderId} ${field}: stored ${stored}, replayed ${again}\n`);
      }
    }
  } finally {
    await app.close();
  }
  process.stdout.write(`${replayed} replayed, ${differing} differ\n`);
  process.exitCode = differing === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
