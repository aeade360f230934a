import { type CliOptions, readOptions, USAGE } from './cli-options.js';
import { compileProject } from './compile/compile-project.js';
import { HostFault } from './host-fault.js';
import { Host } from './node/host.js';
import { readProject } from './project/project.js';

/** What a signal does: a host is closed; as long as there is none, nothing is open. */
const ending = { now: (): unknown => process.exit(0) };

async function auto(options: CliOptions, packageFolder: string): Promise<void> {
  const found = readProject(options.project);
  const project = { ...found, appId: options.appId ?? found.appId };
  const compilation = await compileProject(project, packageFolder);
  const host = new Host(project, compilation, { ...options, packageFolder });
  ending.now = () => host.close();
  let bench: string | null = null;
  try {
    ({ bench } = await host.open());
  } catch (error) {
    const isStopped = host.isEnding;
    await host.close();
    if (isStopped) return;
    throw error;
  }
  if (bench !== null) console.log(`weapp-host: use it by hand on ${bench}`);
  console.log(`weapp-host: ready on ws://127.0.0.1:${options.port}`);
  await host.closed;
  const { length } = host.exceptions;
  if (length > 0) throw new HostFault(`${length} ${length === 1 ? 'error' : 'errors'} while the mini-program ran`);
}

async function check(options: CliOptions, packageFolder: string): Promise<void> {
  const project = readProject(options.project);
  const { templates } = await compileProject(project, packageFolder);
  console.log(`weapp-host: ${project.pages.length} pages compiled, ${templates.length} characters of templates`);
}

/** The command line. Ends with code 1 and one sentence when the mini-program is at fault. */
export async function main(packageFolder: string, args: string[]): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void ending.now());
  try {
    const options = readOptions(args);
    if (options.command === 'help') console.log(USAGE);
    else await (options.command === 'auto' ? auto : check)(options, packageFolder);
    process.exit(0);
  } catch (error) {
    // A fault is the mini-program's and its message is enough; anything else is the host's own.
    console.error(error instanceof HostFault ? `weapp-host: ${error.message}` : error);
    process.exit(1);
  }
}
