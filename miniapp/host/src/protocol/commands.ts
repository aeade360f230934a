import type { Runtime } from '../logic/runtime.js';
import { appCommands } from './app-commands.js';
import { elementCommands } from './element-commands.js';
import { hostCommands } from './host-commands.js';
import { pageCommands } from './page-commands.js';
import type { CommandTable, Params } from './params.js';

/** Everything that miniprogram-automator can ask of the mini-program itself, and what a stage asks besides. */
export class Commands {
  private readonly table: CommandTable;

  constructor(runtime: Runtime) {
    this.table = {
      ...appCommands(runtime),
      ...pageCommands(runtime),
      ...elementCommands(runtime),
      ...hostCommands(runtime),
    };
  }

  async run(method: string, params: object): Promise<unknown> {
    const command = this.table[method];
    if (command === undefined) throw new Error(`${method} is not implemented by this host`);
    return (await command(params as Params)) ?? {};
  }
}
