#!/usr/bin/env node
import { mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * The sources are TypeScript and small: bundling them takes less time than finding out whether an older bundle is
 * still good. Several hosts may start at once, so each writes a bundle of its own and moves it into place.
 */
const packageFolder = join(dirname(fileURLToPath(import.meta.url)), '..');
const bundle = join(packageFolder, 'dist', 'cli.mjs');
const own = `${bundle}.${process.pid}`;
mkdirSync(dirname(bundle), { recursive: true });
await build({
  entryPoints: [join(packageFolder, 'src', 'cli.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'error',
  outfile: own,
});
renameSync(own, bundle);
const { main } = await import(pathToFileURL(bundle).href);
await main(packageFolder, process.argv.slice(2));
