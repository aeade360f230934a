import { mkdirSync } from 'node:fs';
import { createApp } from './create-app.js';
import { SeedDemoShop } from './demo/shop/demo-shop.public.js';
import { loadEnvironment } from './load-environment.js';
import { EnvironmentError } from './platform/config/environment.js';
import { Worker } from './platform/jobs/worker.js';
import { startFaultOf } from './start-fault.js';

try {
  const loaded = loadEnvironment(process.env);
  const { environment } = loaded;
  mkdirSync(environment.mediaDirectory, { recursive: true });
  const app = await createApp(loaded);
  // Before listening: whoever finds the mall open finds it filled.
  await app.init();
  await app.get(SeedDemoShop).execute();
  if (environment.runWorker) app.get(Worker).start();
  await app.listen(environment.port, environment.host);
} catch (error) {
  process.stderr.write(`${error instanceof EnvironmentError ? error.message : startFaultOf(error)}\n`);
  process.exit(1);
}
