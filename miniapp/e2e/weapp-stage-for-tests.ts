import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import automator from 'miniprogram-automator';
import WebSocket from 'ws';
import { freePort } from '../../server/tools/journey/free-port.js';
import { BUDGET } from './weapp-budgets-for-tests.js';
import { openOnDevTools } from './weapp-devtools-for-tests.js';
import { writeDownSites } from './weapp-sites-for-tests.js';

type MiniProgram = Awaited<ReturnType<typeof automator.connect>>;

export interface Opening {
  persona: string;
  /** What answers; left out for a mini-program that asks nobody. */
  mall?: {
    apiUrl: string;
    emulatorUrl: string;
    /** The account at WeChat: what is built here has none of its own. */
    appId: string;
  };
  /** The folder of the build; ours when left out. */
  project?: string;
  /** Path with query; the home page when left out. */
  path?: string;
  scene?: number;
}

export interface SharedCard {
  title: string;
  path: string;
  imageUrl: string;
}

/** `at` and `answeredAt`: milliseconds since app.js began to run. */
export interface Report {
  dataCalls: { page: string; bytes: number; at: number }[];
  /** Of one that has no answer yet, the status is null. */
  requests: { page: string; method: string; url: string; status: number | string | null; answeredAt: number | null }[];
}

/** What the SDK can't do: the hands and the surroundings of a person. Other stages than the host throw StageCannot. */
export interface Surroundings {
  /** Opens the mini-program again while it is in the background. */
  enters(path: string, scene: number): Promise<void>;
  /** Presses a button on a page of WeChat's, such as the cashier. */
  pressesOnPlatform(selector: string): Promise<void>;
  goesOffline(offline: boolean): Promise<void>;
  /** A finger that moves over the screen, whatever lies there. */
  drags(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void>;
  /** Asks in the capsule's menu for the card of this page; WeChat's dialog `share` comes. */
  asksForCard(): Promise<void>;
  /** Whether a dialog of WeChat's of this kind waits for an answer. */
  showsDialog(kind: string): Promise<boolean>;
  /** Chooses in a dialog of WeChat's that has more than yes and no: settings by scope, an item of a sheet. */
  chooses(dialog: string, choice: unknown): Promise<void>;
  /** Title, toast, clipboard and the cards that were sent. */
  state(): Promise<{
    title: string;
    toast: string | null;
    dialog: string | null;
    clipboard: string;
    sharedCards: SharedCard[];
  }>;
  report(): Promise<Report>;
}

/** Errors as the SDK's events tell them, and as the host's report does. */
export interface Met {
  faults: { message: string; place?: string | null }[];
  consoleErrors: unknown[][];
}

export interface StagedPhone {
  mini: MiniProgram;
  surroundings: Surroundings;
  /** What went wrong since the launch, whether anybody listened or not; nothing where the stage can't tell. */
  met(): Promise<Met>;
  /** Throws when the host says that the run has failed. */
  close(): Promise<void>;
}

const DIST = process.env.WEAPP_DIST_DIR ?? join(process.cwd(), 'miniapp', 'dist', 'weapp');
const HOST = join(process.cwd(), 'miniapp', 'host', 'bin', 'weapp-host.mjs');
const BUILT_FOR = 'http://127.0.0.1:3000';

/** A process of the host. It ends with another code than 0 when anything went wrong in the mini-program. */
function follow(host: ChildProcess): { ready: Promise<void>; ended: Promise<void> } {
  let said = '';
  let isReady = () => {};
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const hear = (data: Buffer) => {
    said += data.toString('utf8');
    if (said.includes('ready on ws://')) isReady();
  };
  host.stdout?.on('data', hear);
  host.stderr?.on('data', hear);
  const ended = new Promise<void>((resolve, reject) => {
    host.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the weapp host ended with ${code}:\n${said}`));
    });
  });
  // Asked for when the phone is put away; until then nobody waits for it.
  ended.catch(() => undefined);
  return { ready: Promise.race([ready, ended]), ended };
}

/** Commands of the host over a line of their own: the SDK has no names for them. */
class HostLine {
  private asked = 0;

  private constructor(private readonly socket: WebSocket) {}

  static async open(port: number): Promise<HostLine> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return new HostLine(socket);
  }

  send<T>(method: string, params: object = {}): Promise<T> {
    this.asked += 1;
    const id = `stage-${this.asked}`;
    return new Promise((resolve, reject) => {
      const hear = (data: WebSocket.RawData) => {
        const said = JSON.parse(String(data)) as { id?: string; result?: T; error?: { message: string } };
        if (said.id !== id) return;
        this.socket.off('message', hear);
        if (said.error) reject(new Error(said.error.message));
        else resolve(said.result as T);
      };
      this.socket.on('message', hear);
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }

  close(): void {
    this.socket.close();
  }
}

function surroundingsOf(line: HostLine): Surroundings {
  return {
    enters: (url, scene) => line.send('Host.enter', { url, scene }),
    pressesOnPlatform: (selector) => line.send('Host.platformTap', { selector }),
    goesOffline: (offline) => line.send('Host.setOnline', { online: !offline }),
    drags: (from, to) => line.send('Host.drag', { from, to }),
    asksForCard: () => line.send('Host.sendFromMenu'),
    showsDialog: async (kind) => (await line.send<{ dialog: string | null }>('Host.state')).dialog === kind,
    chooses: (kind, choice) => line.send('Host.choose', { kind, choice }),
    state: () => line.send('Host.state'),
    report: () => line.send('Host.report'),
  };
}

/** A phone of her own: on the weapp host, or in the DevTools that WEAPP_CLI names. */
export function openPhone(opening: Opening): Promise<StagedPhone> {
  const cli = process.env.WEAPP_CLI;
  return cli === undefined || cli === '' ? openOnHost(opening) : openOnDevTools(cli, opening);
}

/** One process, one browser, nothing shared with the others. */
async function openOnHost({ persona, mall, project = DIST, path, scene }: Opening): Promise<StagedPhone> {
  if (!existsSync(join(project, 'app.json'))) {
    throw new Error(`${project} is not built: run npm test, or npm run build:weapp before jest`);
  }
  const port = await freePort();
  const args = ['auto', '--project', project, '--auto-port', String(port), '--persona', persona];
  // A cheap phone stumbles far below WeChat's own limit: what carries more shows up among her faults.
  args.push('--data-limit', String(BUDGET.largestSetData));
  if (mall !== undefined) {
    const rewrite = `${process.env.MALL_API_BASE ?? BUILT_FOR}=${mall.apiUrl}`;
    args.push('--platform', mall.emulatorUrl, '--app-id', mall.appId, '--rewrite', rewrite);
  }
  if (path !== undefined) args.push('--path', path);
  if (scene !== undefined) args.push('--scene', String(scene));
  const host = spawn(process.execPath, [HOST, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const { ready, ended } = follow(host);
  await ready;
  const mini = await automator.connect({ wsEndpoint: `ws://127.0.0.1:${port}` });
  const line = await HostLine.open(port);
  return {
    mini,
    surroundings: surroundingsOf(line),
    met: () => line.send('Host.report'),
    close: async () => {
      await writeDownSites(mini);
      line.close();
      mini.disconnect();
      host.kill('SIGTERM');
      await ended;
    },
  };
}
