import { type ChildProcess, spawn } from 'node:child_process';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import automator from 'miniprogram-automator';
import { type Files, writeProject } from './project-for-tests.js';

const BIN = join(process.cwd(), 'miniapp', 'host', 'bin', 'weapp-host.mjs');

/** Lets a server listen on a port that nobody uses; gives the port. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A port that nobody uses: other tests run at the same time. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface Ended {
  code: number | null;
  said: string;
}

/** The command line of the host as a process of its own. */
export class RunningHost {
  said = '';
  readonly ended: Promise<Ended>;
  private readonly process: ChildProcess;

  constructor(args: string[], more: NodeJS.ProcessEnv = {}, bin = BIN) {
    const env = { ...process.env, ...more };
    this.process = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (data: Buffer) => {
        this.said += data.toString('utf8');
      });
    }
    this.ended = new Promise((resolve) => {
      this.process.on('close', (code) => resolve({ code, said: this.said }));
    });
  }

  /** Ends when the host can be driven; throws what it said when it ended instead. */
  async ready(): Promise<void> {
    const isEnded = { yes: false };
    void this.ended.then(() => {
      isEnded.yes = true;
    });
    while (!this.said.includes('ready on ws://')) {
      if (isEnded.yes) throw new Error(`the host ended:\n${this.said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  stop(): void {
    this.process.kill('SIGTERM');
  }
}

export type Phone = Awaited<ReturnType<typeof automator.connect>>;

export async function connect(port: number): Promise<Phone> {
  return automator.connect({ wsEndpoint: `ws://127.0.0.1:${port}` });
}

export interface Opened {
  host: RunningHost;
  phone: Phone;
  /** Ends it, and gives how the host ended. */
  close(): Promise<Ended>;
}

/** Those files as a mini-program on a host of its own, driven by the SDK. `more` are options of the command line. */
export async function openProject(files: Files, more: string[] = []): Promise<Opened> {
  const { folder, remove } = writeProject(files);
  const port = await freePort();
  const host = new RunningHost(['auto', '--project', folder, '--auto-port', String(port), ...more]);
  const end = async () => {
    host.stop();
    const ended = await host.ended;
    remove();
    return ended;
  };
  try {
    await host.ready();
    const phone = await connect(port);
    const close = () => {
      phone.disconnect();
      return end();
    };
    return { host, phone, close };
  } catch (error) {
    await end();
    throw error;
  }
}

/** The page that she sees. */
export async function shownPage(phone: Phone) {
  const shown = await phone.currentPage();
  if (shown === undefined) throw new Error('there is no page');
  return shown;
}

/** Asks until the answer is good. */
export async function eventually<T>(what: string, ask: () => Promise<T>, isGood: (value: T) => boolean): Promise<T> {
  let value = await ask();
  for (let turn = 0; !isGood(value); turn += 1) {
    if (turn > 200) throw new Error(`${what}: still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    value = await ask();
  }
  return value;
}

/** A command that the SDK has no name for. */
export function ask<T = unknown>(phone: Phone, method: string, params: object = {}): Promise<T> {
  const line = phone as unknown as { send(method: string, params: object): Promise<T> };
  return line.send(method, params);
}

/** Waits until WeChat asks her something, and answers with what she chooses; null goes back. */
export function chooses(phone: Phone, kind: string, choice: unknown): Promise<string> {
  const answer = () => ask(phone, 'Host.choose', { kind, choice }).then(() => '', String);
  return eventually(kind, answer, (fault) => fault === '');
}

/** The same with yes or no, by the SDK's own command. */
export function answers(what: string, command: () => Promise<unknown>): Promise<string> {
  return eventually(
    what,
    () => command().then(() => '', String),
    (fault) => fault === '',
  );
}
