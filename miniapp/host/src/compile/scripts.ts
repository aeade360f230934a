import { compileFunction } from 'node:vm';
import { transformSync } from 'esbuild';
import { HostFault } from '../host-fault.js';
import type { Project } from '../project/project.js';

/** A line that only a module has: DevTools take `import` and `export` too and turn them into `require` and `exports`. */
const MODULE_LINE = /(?:^|[;}\n])\s*(?:import\s*(?:["'{*]|[\w$]+\s*(?:,|from\b))|export\s*(?:[{*]|\w+))/;

function asScript(file: string, text: string): string {
  try {
    return transformSync(text, { format: 'cjs', target: 'es2020', loader: 'js', sourcefile: file, logLevel: 'silent' })
      .code;
  } catch (error) {
    const [first] =
      (error as { errors?: { text: string; location: { line: number; column: number } | null }[] }).errors ?? [];
    if (first === undefined) throw error;
    const { line, column } = first.location ?? { line: 1, column: 0 };
    throw new HostFault(`SyntaxError: ${first.text}`, { file, line, column: column + 1 });
  }
}

/** Throws a HostFault for a script that does not parse. */
function checkedScript(file: string, text: string): string {
  try {
    compileFunction(text, ['require', 'module', 'exports'], { filename: file });
    return text;
  } catch (error) {
    if (MODULE_LINE.test(text)) return asScript(file, text);
    const { message, stack = '' } = error as Error;
    const line = new RegExp(`${file.replace(/[.*+?^$()|[\]\\]/g, '\\$&')}:(\\d+)`).exec(stack);
    throw new HostFault(`${(error as Error).name}: ${message}`, { file, line: line ? Number(line[1]) : undefined });
  }
}

/** The scripts by path without `.js`, each one known to parse. */
export function compileScripts({ texts }: Pick<Project, 'texts'>): Record<string, string> {
  const scripts: Record<string, string> = {};
  for (const [file, text] of texts) {
    if (file.endsWith('.js')) scripts[file.slice(0, -'.js'.length)] = checkedScript(file, text);
  }
  return scripts;
}
