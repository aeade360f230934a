import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { loadEnvironment } from './load-environment.js';
import { EnvironmentError } from './platform/config/environment.js';
import { Worker } from './platform/jobs/worker.js';
import { createPino, NestLogger } from './platform/logging/logger.js';
import { startFaultOf } from './start-fault.js';

/** Relay and schedules in a process of their own, for the MySQL family. Any number of them may run. */
try {
  const loaded = loadEnvironment(process.env);
  const { environment } = loaded;
  if (environment.database.engine === 'sqlite') {
    throw new EnvironmentError(['on SQLite the worker runs inside the API process; start main.js alone']);
  }
  const app = await NestFactory.createApplicationContext(AppModule.forEnvironment(loaded), {
    logger: new NestLogger(createPino(environment.logLevel)),
    abortOnError: false,
  });
  app.enableShutdownHooks();
  app.get(Worker).start();
} catch (error) {
  process.stderr.write(`${error instanceof EnvironmentError ? error.message : startFaultOf(error)}\n`);
  process.exit(1);
}
