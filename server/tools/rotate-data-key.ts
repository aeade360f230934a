/**
 * `npm run rotate-data-key`: seals under DATA_KEY what keys of DATA_KEYS_OLD have sealed, and hashes phone numbers anew;
 * then `N sealed anew, N left under other keys`. Exit code 1 while any is left. Takes the server's own environment; the
 * mall may run meanwhile, and a run that was killed is run again.
 */
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../src/app.module.js';
import { loadEnvironment } from '../src/load-environment.js';
import { RotateDataKey } from '../src/membership/privacy/privacy.public.js';

async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule.forEnvironment(loadEnvironment(process.env)), {
    logger: false,
    abortOnError: false,
  });
  try {
    const { resealed, left } = await app.get(RotateDataKey, { strict: false }).execute();
    process.stdout.write(`${resealed} sealed anew, ${left} left under other keys\n`);
    process.exitCode = left === 0 ? 0 : 1;
  } finally {
    await app.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
