import type { Person } from './bench/messages.js';
import { HostFault } from './host-fault.js';
import { MOST_BYTES } from './logic/set-data.js';

export type Command = 'auto' | 'check' | 'help';

export interface CliOptions {
  command: Command;
  project: string;
  port: number;
  /** Where the platform's answers come from; null: calls that need it fail. */
  platformUrl: string | null;
  /** Whose phone this is, as the platform names people; by hand there may be several, with a phone each. */
  people: Person[];
  /** The account that the platform knows; null: as in project.config.json. */
  appId: string | null;
  /** Addresses of requests that begin with the first go to the second instead. */
  rewrites: [string, string][];
  /** What the mini-program is opened with: `pages/a/index?b=c`. */
  path: string | null;
  scene: number;
  /** The first page has to be there in so many milliseconds, and an answer of the mini-program later on. */
  patienceMs: number;
  /** Served as a page on which the mini-program is used by hand. */
  open: boolean;
  benchPort: number;
  /** A window is opened on that page. */
  hasWindow: boolean;
  /** Chromium's own sandbox, which needs what some containers forbid, and which root can't have. */
  hasSandbox: boolean;
  /** A call of setData that carries more bytes is an error. */
  dataLimit: number;
}

export const USAGE = `weapp-host check --project DIR
weapp-host auto --project DIR [--auto-port 9420] [--platform URL] [--persona NAME] [--app-id ID]
                [--rewrite FROM=TO]… [--path PAGE?QUERY] [--scene 1001] [--timeout 30] [--data-limit BYTES]
                [--no-sandbox]
weapp-host auto … --open [--persona NAME=WORDS]… [--bench-port 9421] [--no-window]`;

/** What DevTools' own command line takes as well and this host has no use for. */
const IGNORED = new Set(['trust-project', 'auto-account', 'ticket', 'lang']);
const FLAGS = new Set(['open', 'no-window', 'no-sandbox', 'trust-project']);
const LONGEST_SECONDS = 3600;
const HIGHEST_PORT = 65_535;

function collect(args: string[]): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (let at = 0; at < args.length; at += 1) {
    const name = args[at].replace(/^--/, '');
    if (!args[at].startsWith('--')) throw new HostFault(`"${args[at]}" is no option\n${USAGE}`);
    if (!FLAGS.has(name) && args[at + 1] === undefined) throw new HostFault(`--${name} needs a value\n${USAGE}`);
    const value = FLAGS.has(name) ? 'yes' : args[++at];
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return values;
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > most) {
    throw new HostFault(`--${name} must be a whole number up to ${most}, not "${text}"`);
  }
  return value;
}

function rewriteOf(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new HostFault(`--rewrite must be FROM=TO, not "${text}"`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** `azhe=顾客 B`: the platform's name, and what the bench calls her. */
function personOf(text: string): Person {
  const [id, ...words] = text.split('=');
  if (id === '') throw new HostFault(`--persona must be NAME or NAME=WORDS, not "${text}"`);
  return { id, name: words.join('=') || id };
}

function peopleOf(given: string[], isByHand: boolean): Person[] {
  const people = (given.length > 0 ? given : ['customer']).map(personOf);
  if (people.length > 1 && !isByHand) throw new HostFault('several people need --open: without it there is one phone');
  const twice = people.find(({ id }, at) => people.findIndex((other) => other.id === id) !== at);
  if (twice !== undefined) throw new HostFault(`--persona names "${twice.id}" twice`);
  return people;
}

/** Without a display there is nobody to see a window. */
const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);

const KNOWN =
  'project auto-port platform persona app-id rewrite path scene timeout open bench-port no-window no-sandbox data-limit'.split(
    ' ',
  );

/** Throws a HostFault that says which option is wrong. */
export function readOptions(args: string[]): CliOptions {
  const [command = 'help', ...rest] = args;
  if (command !== 'auto' && command !== 'check' && !['help', '--help', '-h'].includes(command)) {
    throw new HostFault(`there is no command "${command}"\n${USAGE}`);
  }
  const values = command === 'auto' || command === 'check' ? collect(rest) : new Map<string, string[]>();
  for (const name of values.keys()) {
    if (!KNOWN.includes(name) && !IGNORED.has(name)) throw new HostFault(`there is no option --${name}\n${USAGE}`);
  }
  const last = (name: string) => values.get(name)?.at(-1);
  const project = last('project');
  const isHelp = command !== 'auto' && command !== 'check';
  if (!isHelp && project === undefined) throw new HostFault(`--project is missing\n${USAGE}`);
  return {
    command: isHelp ? 'help' : command,
    project: project ?? '',
    port: wholeNumber('auto-port', last('auto-port') ?? '9420', HIGHEST_PORT),
    platformUrl: last('platform')?.replace(/\/$/, '') ?? null,
    people: peopleOf(values.get('persona') ?? [], last('open') !== undefined),
    appId: last('app-id') ?? null,
    rewrites: (values.get('rewrite') ?? []).map(rewriteOf),
    path: last('path') ?? null,
    patienceMs: wholeNumber('timeout', last('timeout') ?? '30', LONGEST_SECONDS) * 1000,
    scene: wholeNumber('scene', last('scene') ?? '1001', 9999),
    open: last('open') !== undefined,
    benchPort: wholeNumber('bench-port', last('bench-port') ?? '9421', HIGHEST_PORT),
    dataLimit: wholeNumber('data-limit', last('data-limit') ?? String(MOST_BYTES), MOST_BYTES),
    hasSandbox: last('no-sandbox') === undefined && process.getuid?.() !== 0,
    hasWindow: last('no-window') === undefined && hasDisplay(),
  };
}
