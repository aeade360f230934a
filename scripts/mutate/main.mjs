import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { buildStale } from '../parts/build-parts.mjs';
import { ensureDependencies } from '../parts/dependencies.mjs';
import { ensureTools } from '../parts/machine-tools.mjs';
import { inRoot } from '../parts/paths.mjs';
import { PlainFailure, reportFailure } from '../parts/progress.mjs';
import { coverageOf } from './coverage.mjs';
import { DistSources } from './dist-sources.mjs';
import { drawSites } from './draw.mjs';
import { madeElements, whyHarmless } from './harmless.mjs';
import { KINDS } from './kinds.mjs';
import { readOptions, USAGE } from './options.mjs';
import { breakSite, sitesOf } from './sites.mjs';
import { tryMutant } from './trial.mjs';

async function prepare() {
  await ensureDependencies();
  await ensureTools(['chromium', 'chineseFont']);
  const given = process.env.WEAPP_DIST_DIR;
  await buildStale(given === undefined ? ['shared', 'server', 'weapp'] : ['shared', 'server']);
  const folder = given ?? inRoot('miniapp', 'dist', 'weapp');
  if (!existsSync(join(folder, 'app.json'))) throw new PlainFailure(`${folder} is no built mini-program.`);
  return new DistSources(folder);
}

function listSites(sites) {
  for (const { id, title } of sites) console.log(`${id}  ${title}`);
  return 0;
}

/** Which sites no test uses, and nothing proves harmless. */
async function listUntouched(dist, sites, { tolerant }) {
  const coverage = await coverageOf(dist, sites, { tolerant });
  const known = { coverage, sites, made: madeElements(dist) };
  console.log(`Test files that drive this build: ${coverage.drivers.map((file) => basename(file)).join(', ')}\n`);
  let untouched = 0;
  for (const group of ['handlers', 'requests', 'pages', 'bindings']) {
    const all = sites.filter((site) => site.group === group);
    const free = all.filter(({ id }) => !coverage.touched[id]);
    const hidden = free.filter(({ id }) => group === 'handlers' && !coverage.seen.includes(id));
    const harmless = free.filter((site) => whyHarmless(site, known) !== null);
    const open = free.filter((site) => !harmless.includes(site));
    untouched += open.length;
    const words = harmless.length > 0 ? `, ${harmless.length} harmless` : '';
    console.log(`${group}: ${all.length - free.length} of ${all.length} used${words}, ${open.length} untouched`);
    for (const site of open)
      console.log(`  ${hidden.includes(site) ? '(never shown) ' : ''}${site.title}  [${site.id}]`);
  }
  console.log(`\n${sites.length} sites, ${untouched} untouched`);
  return untouched === 0 ? 0 : 1;
}

/** @returns {{title: string, harmless: string | null, make: () => import('./trial.mjs').Mutant}[]} */
function mutantsOfSites(dist, sites, known) {
  return sites.map((site) => ({
    title: `${site.title}  [${site.id}]`,
    harmless: whyHarmless(site, known),
    make: () => ({ texts: breakSite(dist, site), siteIds: [site.id] }),
  }));
}

/** Those by hand whose names contain the words. Made at once: a kind that finds nothing to break is an error. */
function mutantsByHand(known, only = '') {
  const chosen = Object.entries(KINDS).filter(([name]) => name.includes(only));
  return chosen.map(([name, make]) => {
    const { title, ...mutant } = make(known);
    return { title: title === undefined ? name : `${name}: ${title}`, harmless: null, make: () => mutant };
  });
}

function chosenMutants(known, { random, seed, site, only }) {
  const { dist, sites } = known;
  if (random !== null) return mutantsOfSites(dist, drawSites(sites, random, seed), known);
  if (site === undefined) return mutantsByHand(known, only);
  return mutantsOfSites(
    dist,
    sites.filter(({ id, title }) => `${id} ${title}`.includes(site)),
    known,
  );
}

const LONGEST_MS = 240_000;
const SLOWER = 3;

/** Tries them one after the other; the last line counts. */
async function tryAll(dist, mutants, coverage, { timeoutMs }) {
  let survived = 0;
  // A slow machine must not pass for a suite that noticed something.
  const longest = timeoutMs ?? Math.max(LONGEST_MS, SLOWER * coverage.tookMs);
  for (const [at, { title, harmless, make }] of mutants.entries()) {
    const begun = performance.now();
    console.log(`${at + 1}/${mutants.length} ${title}`);
    if (harmless !== null) {
      console.log(`    harmless: ${harmless}`);
      continue;
    }
    const { isKilled, words } = await tryMutant(dist, make(), coverage, longest);
    if (!isKilled) survived += 1;
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    console.log(`    ${isKilled ? 'killed' : 'SURVIVED'} after ${seconds} s: ${words.join('\n      ')}`);
  }
  // The last line is for machines: exactly this.
  console.log(`${mutants.length} mutants, ${survived} survived`);
  return survived === 0 && mutants.length > 0 ? 0 : 1;
}

/** @param {string[]} args @returns {Promise<number>} the exit code */
export async function runMutants(args) {
  try {
    const options = readOptions(args);
    if (options.help) {
      console.log(USAGE);
      return 0;
    }
    const dist = await prepare();
    const sites = sitesOf(dist);
    if (options.list) return listSites(sites);
    if (options.coverage) return await listUntouched(dist, sites, options);
    const coverage = await coverageOf(dist, sites, options);
    const known = { dist, coverage, sites, made: madeElements(dist) };
    return await tryAll(dist, chosenMutants(known, options), coverage, options);
  } catch (error) {
    reportFailure(error);
    return 1;
  }
}
