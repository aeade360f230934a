import type { CompiledProject } from '../../compile/compile-project.js';
import type { Json } from '../../project/read-json.js';
import type { Shell } from '../../shell/shell.js';
import type { App } from '../app.js';
import type { Bridge, StartOptions } from '../bridge.js';
import type { Faults } from '../faults.js';
import type { LivePage } from '../pages.js';
import type { Router } from '../router.js';
import type { Session } from '../session.js';
import type { Watch } from '../watch.js';
import type { Gesture } from './gesture.js';

/** What the calls of `wx` work on. */
export interface WxContext {
  project: CompiledProject;
  options: StartOptions;
  /** Configuration of a page over that of the app's window. */
  configOf(path: string): Json;
  bridge: Bridge;
  faults: Faults;
  app: App;
  router: Router<LivePage>;
  shell: Shell;
  session: Session;
  gesture: Gesture;
  watch: Watch | undefined;
}
