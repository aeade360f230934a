import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildStale } from './build-parts.mjs';
import { endRunningCommands } from './commands.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { inRoot, varDirectory } from './paths.mjs';
import { portFrom, requireFreePort } from './ports.mjs';
import { reportFailure, step } from './progress.mjs';
import { dataKey, demoCredentials, hqPassword, prepareVarDirectory } from './secrets.mjs';
import { answers, listens, Services, untilReady } from './services.mjs';

const readyTimeoutMs = 120_000;

/** @returns {{host: string, port: number, emulatorPort: number, local: string, publicUrl: string, databaseUrl: string}} */
export function demoSettings() {
  if (existsSync(inRoot('.env'))) process.loadEnvFile(inRoot('.env'));
  const host = process.env.HOST || '127.0.0.1';
  const port = portFrom('PORT', 3000);
  // A server that listens on all addresses is reached from this machine through the loopback one.
  const local = `http://${['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host}:${port}`;
  return {
    host,
    port,
    emulatorPort: portFrom('EMULATOR_PORT', 3100),
    local,
    publicUrl: process.env.PUBLIC_URL || local,
    databaseUrl: process.env.DATABASE_URL || `sqlite:${process.env.VAR_DIR ? varDirectory() : 'var'}/mall.sqlite`,
  };
}

async function requirePorts({ host, port, emulatorPort }) {
  await requireFreePort({ port, host, variable: 'PORT', purpose: 'the mall' });
  await requireFreePort({
    port: emulatorPort,
    host: '127.0.0.1',
    variable: 'EMULATOR_PORT',
    purpose: 'the WeChat emulator',
  });
}

/** The emulator's company in WeCom. None of it where the environment names a company of its own, whole or in part. */
function wecom({ corpId, corpSecret, wecomToken, wecomAesKey }, emulator) {
  const { WECOM_CORP_ID, WECOM_SECRET, WECOM_SECRET_FILE } = process.env;
  if (WECOM_CORP_ID || WECOM_SECRET || WECOM_SECRET_FILE) return {};
  return {
    WECOM_CORP_ID: corpId,
    WECOM_SECRET: corpSecret,
    WECOM_CALLBACK_TOKEN: wecomToken,
    WECOM_CALLBACK_AES_KEY: wecomAesKey,
    WECOM_API_URL: emulator,
  };
}

/** What the API and the worker are told; whatever is set in the environment already goes before the demo's choice. */
function apiEnvironment(chosen, secrets) {
  const emulator = `http://127.0.0.1:${chosen.emulatorPort}`;
  const demo = {
    NODE_ENV: 'development',
    DEMO: '1',
    DATA_KEY: secrets.dataKey,
    HQ_INITIAL_PASSWORD: secrets.hq.password,
    PUBLIC_URL: chosen.publicUrl,
    H5_DIST_DIR: inRoot('miniapp', 'dist', 'h5'),
    WECHAT_CREDENTIALS_FILE: secrets.credentialsFile,
    MEDIA_DIR: join(varDirectory(), 'media'),
    EMULATOR_URL: emulator,
    WECHAT_API_URL: emulator,
    WECHAT_PAY_URL: emulator,
    WECHAT_NOTIFY_URL: `${chosen.local}/api/wechat/pay-notices`,
    ...wecom(secrets.credentials, emulator),
  };
  const set = Object.fromEntries(Object.keys(demo).map((name) => [name, process.env[name] || demo[name]]));
  return { ...set, HOST: chosen.host, PORT: String(chosen.port), DATABASE_URL: chosen.databaseUrl };
}

async function startServices(services, chosen, secrets) {
  const environment = apiEnvironment(chosen, secrets);
  // SQLite has one writer, so the relay and the schedules run inside the API there; a server database has a worker.
  const embedded = chosen.databaseUrl.startsWith('sqlite:');
  services.start({
    name: 'emulator',
    title: 'The WeChat emulator',
    script: 'server/dist/wechat-emulator/main.js',
    env: {
      EMULATOR_CREDENTIALS_FILE: secrets.credentialsFile,
      EMULATOR_PORT: String(chosen.emulatorPort),
      EMULATOR_MALL_URL: `${chosen.publicUrl}/#/`,
      EMULATOR_STATE_FILE: join(varDirectory(), 'emulator-state.json'),
      EMULATOR_PUSH_URL: `${chosen.local}/api/wechat/push`,
      EMULATOR_WECOM_PUSH_URL: `${chosen.local}/api/wecom/callback`,
    },
  });
  services.start({
    name: 'api',
    title: 'The API',
    script: 'server/dist/src/main.js',
    env: { ...environment, RUN_WORKER: embedded ? '1' : '0' },
  });
  await untilReady(() => listens(chosen.emulatorPort, '127.0.0.1'), readyTimeoutMs, 'The WeChat emulator');
  await untilReady(() => answers(`${chosen.local}/readyz`), readyTimeoutMs, 'The API');
  if (!embedded) {
    // After the API, because the API migrates the database that the worker reads.
    services.start({ name: 'worker', title: 'The worker', script: 'server/dist/src/worker.js', env: environment });
  }
}

function printAddresses({ local, emulatorPort, databaseUrl }, hq) {
  const database = databaseUrl.replace(/\/\/([^:/@]+):[^@]*@/, '//$1:…@');
  const lines = [
    ['The mall as a customer sees it', `${local}/?as=xiaoyu`],
    ['The mall as guide 陈静 sees it, with her desk', `${local}/?as=chenjing`],
    ['Every endpoint of the API, documented', `${local}/docs`],
    ['Headquarters sign in there (POST /api/hq/sessions)', `user name admin, ${hq.sentence}`],
    ['The stand-in for WeChat: payments and messages', `http://127.0.0.1:${emulatorPort}/`],
  ];
  console.log('\nThe mall is open. Press Ctrl-C to close it.\n');
  for (const [what, where] of lines) console.log(`  ${what}:\n    ${where}`);
  console.log(`\n  Database: ${database}   Logs: ${join(varDirectory(), 'logs')}\n`);
}

/** Everything between the clone and the open mall; throws a PlainFailure that says what is in the way. */
export async function openMall(services) {
  const chosen = demoSettings();
  await requirePorts(chosen);
  await ensureDependencies();
  await buildStale(['shared', 'server', 'h5']);
  prepareVarDirectory();
  const hq = hqPassword(chosen.databaseUrl);
  const secrets = { hq, dataKey: dataKey(), ...(await demoCredentials()) };
  await step('Starting the API and the WeChat emulator', () =>
    services.unlessOneDies(startServices(services, chosen, secrets)),
  );
  printAddresses(chosen, hq);
}

/** The demo's own environment, for a command beside the running mall. */
export async function demoEnvironment() {
  const chosen = demoSettings();
  prepareVarDirectory();
  // A new database gets its first user here, as it does at a start.
  const hq = hqPassword(chosen.databaseUrl);
  return apiEnvironment(chosen, { hq, dataKey: dataKey(), ...(await demoCredentials()) });
}

/** Which database the mall is on and whether it is a demo's, for a command that only reads it. */
export function databaseEnvironment() {
  return { DATABASE_URL: demoSettings().databaseUrl, DEMO: process.env.DEMO || '1' };
}

/** Opens the mall and keeps it open. Ends this process. */
export const start = () => keepOpen(openMall);

/**
 * Keeps open what `open` has started, until Ctrl-C or until a service dies. Ends this process.
 *
 * @param {(services: Services) => Promise<unknown>} open
 */
export async function keepOpen(open) {
  const services = new Services();
  let closing = false;
  const close = async (exitCode) => {
    if (closing) return;
    closing = true;
    endRunningCommands();
    await services.stop();
    process.exit(exitCode);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!closing) console.log('\nClosing …');
      close(0);
    });
  }
  try {
    await open(services);
    reportFailure(await services.died);
  } catch (error) {
    if (!closing) reportFailure(error);
  }
  await close(1);
}
