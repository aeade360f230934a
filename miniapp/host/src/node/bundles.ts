import { join } from 'node:path';
import { build } from 'esbuild';

async function bundle(packageFolder: string, entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(packageFolder, 'src', entry)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome100',
    define: { 'process.env.NODE_ENV': '"production"' },
    absWorkingDir: packageFolder,
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

export interface Bundles {
  logic: string;
  view: string;
  /** Empty when it is not wanted. */
  bench: string;
}

/** The host's own scripts for the browser. */
export async function bundleScripts(packageFolder: string, { withBench }: { withBench: boolean }): Promise<Bundles> {
  const [logic, view, bench] = await Promise.all([
    bundle(packageFolder, 'logic/main.ts'),
    bundle(packageFolder, 'view/main.ts'),
    withBench ? bundle(packageFolder, 'bench/main.ts') : '',
  ]);
  return { logic, view, bench };
}
