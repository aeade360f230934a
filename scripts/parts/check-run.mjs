import { existsSync } from 'node:fs';
import { buildStale } from './build-parts.mjs';
import { h5Bytes, packagesOf, reactCopies } from './bundle-report.mjs';
import { endRunningCommands, lastLines, run } from './commands.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureTools } from './machine-tools.mjs';
import { startPrivateMariadb } from './mariadb.mjs';
import { inRoot } from './paths.mjs';
import { PlainFailure, step } from './progress.mjs';

const bin = (name) => inRoot('node_modules', '.bin', name);

/** Runs a command and throws what it said when it found something. */
async function demand(command, args, options = {}) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new PlainFailure(lastLines(output, options.lines ?? 80));
  return output;
}

const typesOf = (project) => () => demand(bin('tsc'), ['--noEmit', '--pretty', 'false', '-p', inRoot(project)]);

async function boundaries() {
  const places = [
    'shared/src',
    'server/src',
    'server/wechat-emulator',
    'server/tools',
    'miniapp/src',
    'miniapp/host/src',
  ];
  const present = places.filter((place) => existsSync(inRoot(place)));
  const output = await demand(bin('depcruise'), ['--config', '.dependency-cruiser.cjs', ...present]);
  // A cruise that finds no files finds no faults either.
  if (!/[1-9]\d* modules/.test(output)) throw new PlainFailure(`No module was looked at:\n${output}`);
}

async function drift() {
  await buildStale(['shared', 'server'], { quiet: true });
  await ensureTools(['mariadb']);
  const mariadb = await startPrivateMariadb();
  try {
    const script = inRoot('server', 'dist', 'tools', 'migration-drift.js');
    const output = await demand(process.execPath, [script], { env: { TEST_MARIADB_URL: mariadb.url } });
    for (const engine of ['sqlite', 'mariadb']) {
      if (!output.includes(`${engine}: no drift`)) throw new PlainFailure(`Not checked on ${engine}:\n${output}`);
    }
  } finally {
    await mariadb.stop();
  }
}

function oneReact(folder) {
  const copies = reactCopies(folder);
  if (copies !== 1) throw new PlainFailure(`${copies} copies of React are in ${folder}: there must be exactly one.`);
}

const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;

async function weapp() {
  await buildStale(['weapp'], { quiet: true });
  const folder = inRoot('miniapp', 'dist', 'weapp');
  const packages = packagesOf(folder);
  for (const { name, bytes, limit } of packages) console.log(`    ${name}: ${kib(bytes)} of ${kib(limit)}`);
  const heavy = packages.filter(({ bytes, limit }) => bytes >= limit);
  if (heavy.length > 0) throw new PlainFailure(`Too big: ${heavy.map(({ name }) => name).join(', ')}.`);
  oneReact(folder);
}

async function h5() {
  await buildStale(['h5'], { quiet: true });
  const folder = inRoot('miniapp', 'dist', 'h5');
  console.log(`    H5: ${kib(h5Bytes(folder))} of scripts and styles`);
  oneReact(folder);
}

async function compose() {
  await ensureTools(['compose']);
  await demand('npm', ['run', '--silent', 'config', '-w', 'docker']);
}

const checks = [
  ['Lint and format (Biome)', () => demand(bin('biome'), ['ci', '--colors=off', '.'])],
  ['Types of shared/ and the root', typesOf('tsconfig.json')],
  ['Types of the server', typesOf('server/tsconfig.json')],
  ['Types of the mini-program', typesOf('miniapp/tsconfig.json')],
  ['Types of the weapp host', typesOf('miniapp/host/tsconfig.json')],
  ['Types of the browser tests', typesOf('miniapp/e2e/tsconfig.json')],
  ['Walls between wings and rooms', boundaries],
  ['House rules', () => demand(process.execPath, [inRoot('scripts', 'house-rules.mjs')])],
  ['Migrations match the entities, on SQLite and MariaDB', drift],
  ['The mini-program for WeChat: size, one React', weapp],
  ['The mini-program for browsers: one React', h5],
  ['Compose files', compose],
];

/** Runs every check, prints what failed and why, and ends this process with 0 or 1. */
export async function runChecks() {
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      interrupted = true;
      endRunningCommands();
    });
  }
  const failed = [];
  try {
    await ensureDependencies();
  } catch (error) {
    console.error(error instanceof PlainFailure ? error.message : error);
    process.exit(1);
  }
  for (const [title, check] of checks) {
    if (interrupted) process.exit(130);
    try {
      await step(title, check);
    } catch (error) {
      failed.push(title);
      console.log(error instanceof PlainFailure ? error.message : error);
    }
  }
  console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join('; ')}.`);
  process.exit(failed.length === 0 ? 0 : 1);
}
