import { readOptions, USAGE } from './cli-options.js';
import { compileProject } from './compile/compile-project.js';
import { HostFault } from './host-fault.js';
import { readProject } from './project/project.js';

async function run(packageFolder: string, args: string[]): Promise<void> {
  const options = readOptions(args);
  if (options.command === 'help') {
    console.log(USAGE);
    return;
  }
  const project = readProject(options.project);
  const compilation = await compileProject(project, packageFolder);
  console.log(`${project.pages.length} pages compiled, ${compilation.templates.length} characters of templates`);
}

/** The command line. Ends with code 1 and one sentence when the mini-program is at fault. */
export async function main(packageFolder: string, args: string[]): Promise<void> {
  try {
    await run(packageFolder, args);
  } catch (error) {
    // A fault is the mini-program's and its message is enough; anything else is the host's own.
    console.error(error instanceof HostFault ? `weapp-host: ${error.message}` : error);
    process.exitCode = 1;
  }
}
