/**
 * `npm run hq:password -- NAME`: gives an HQ user a new random password, signs that user out everywhere, and prints
 * the password once. Takes the server's own environment.
 */
import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../src/app.module.js';
import { FIRST_USERNAME, ResetHqPassword } from '../src/hq/users/users.public.js';
import { loadEnvironment } from '../src/load-environment.js';

async function main(name: string): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule.forEnvironment(loadEnvironment(process.env)), {
    logger: false,
    abortOnError: false,
  });
  try {
    const password = randomBytes(12).toString('base64url');
    const found = await app.get(ResetHqPassword).execute(name, password);
    process.stdout.write(found ? `${name}: ${password}\n` : `there is no HQ user "${name}"\n`);
    process.exitCode = found ? 0 : 1;
  } finally {
    await app.close();
  }
}

main(process.argv[2] ?? FIRST_USERNAME).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
