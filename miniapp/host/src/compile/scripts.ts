import { compileFunction } from 'node:vm';
import { HostFault } from '../host-fault.js';
import type { Project } from '../project/project.js';

/** Throws a HostFault for the first script that does not parse. */
function checkScript(file: string, text: string): void {
  try {
    compileFunction(text, ['require', 'module', 'exports'], { filename: file });
  } catch (error) {
    const { message, stack = '' } = error as Error;
    const line = new RegExp(`${file.replace(/[.*+?^$()|[\]\\]/g, '\\$&')}:(\\d+)`).exec(stack);
    throw new HostFault(`${(error as Error).name}: ${message}`, { file, line: line ? Number(line[1]) : undefined });
  }
}

/** The scripts by path without `.js`, each one known to parse. */
export function compileScripts({ texts }: Pick<Project, 'texts'>): Record<string, string> {
  const scripts: Record<string, string> = {};
  for (const [file, text] of texts) {
    if (!file.endsWith('.js')) continue;
    checkScript(file, text);
    scripts[file.slice(0, -'.js'.length)] = text;
  }
  return scripts;
}
