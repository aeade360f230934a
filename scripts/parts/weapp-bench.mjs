import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildStale } from './build-parts.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { demoSettings, keepOpen, openMall } from './launcher.mjs';
import { varDirectory } from './paths.mjs';
import { portFrom, requireFreePort } from './ports.mjs';
import { PlainFailure, step } from './progress.mjs';
import { answers, listens, untilReady } from './services.mjs';

const people = ['xiaoyu=顾客 A 小雨', 'azhe=顾客 B 阿哲', 'chenjing=导购 陈静'];
/** The address that is compiled into the mini-program when nobody says another. */
const usualApiBase = 'http://127.0.0.1:3000';
const readyTimeoutMs = 60_000;

/** The account at the WeChat stand-in, which the mall wrote down when it was opened. */
function demoAppId() {
  const file = join(varDirectory(), 'demo-credentials.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')).appId;
  throw new PlainFailure(
    `A mall is open, but ${file} is not there: it was opened with another VAR_DIR. Set the same one, or close it first.`,
  );
}

/** @returns {Promise<boolean>} whether `npm start` runs already, on the ports that this command would use */
async function mallIsOpen({ local, emulatorPort }) {
  return (await answers(`${local}/readyz`)) && (await listens(emulatorPort, '127.0.0.1'));
}

async function startHost(services, { local, emulatorPort }) {
  const benchPort = portFrom('BENCH_PORT', 9421);
  const autoPort = portFrom('AUTO_PORT', 9420);
  const own = { host: '127.0.0.1' };
  await requireFreePort({ ...own, port: benchPort, variable: 'BENCH_PORT', purpose: 'the page with the phones' });
  await requireFreePort({ ...own, port: autoPort, variable: 'AUTO_PORT', purpose: 'the automator' });
  await buildStale(['weapp']);
  const built = process.env.MALL_API_BASE || usualApiBase;
  const args = ['auto', '--project', 'miniapp/dist/weapp', '--open', '--bench-port', `${benchPort}`];
  args.push('--auto-port', `${autoPort}`, '--app-id', demoAppId());
  args.push('--platform', `http://127.0.0.1:${emulatorPort}`, '--rewrite', `${built}=${local}`);
  for (const person of people) args.push('--persona', person);
  const script = 'miniapp/host/bin/weapp-host.mjs';
  services.start({ name: 'weapp-host', title: 'The weapp host', script, args, env: {} });
  const ready = untilReady(() => listens(autoPort, '127.0.0.1'), readyTimeoutMs, 'The weapp host');
  await step('Starting the weapp host', () => services.unlessOneDies(ready));
  console.log('\nThe mini-program is open: three phones, chat, scanner and console. Press Ctrl-C to close it.\n');
  console.log(`  Use it by hand (in any browser on this machine):\n    http://127.0.0.1:${benchPort}/`);
  console.log(`  Drive it with miniprogram-automator:\n    ws://127.0.0.1:${autoPort}\n`);
}

/** Opens the phones, and the mall when it is not open yet, until Ctrl-C. Ends this process. */
export async function openBench() {
  await keepOpen(async (services) => {
    const chosen = demoSettings();
    await ensureDependencies();
    if (!(await mallIsOpen(chosen))) await openMall(services);
    await startHost(services, chosen);
  });
}
