#!/usr/bin/env node
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const packageFolder = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The bundle does not lie where its packages are found: it names the files instead. */
const packagesByPlace = {
  name: 'packages-by-place',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined;
      return { path: isBuiltin(path) ? path : import.meta.resolve(path), external: true };
    });
  },
};

/**
 * The sources are TypeScript and small: bundling them takes less time than finding out whether an older bundle is
 * still good. The folder of the package may belong to somebody else, so nothing is kept.
 */
async function load() {
  const { outputFiles } = await build({
    entryPoints: [join(packageFolder, 'src', 'cli.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    plugins: [packagesByPlace],
    logLevel: 'error',
  });
  const folder = mkdtempSync(join(tmpdir(), 'weapp-host-cli-'));
  try {
    const bundle = join(folder, 'cli.mjs');
    writeFileSync(bundle, outputFiles[0].text);
    return await import(pathToFileURL(bundle).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { main } = await load();
await main(packageFolder, process.argv.slice(2));
