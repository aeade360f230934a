import { existsSync, readdirSync } from 'node:fs';
import { findCommand, lastLines, run } from './commands.mjs';
import { PlainFailure, step } from './progress.mjs';

/** Servers live in folders that are not on an ordinary user's PATH. */
const serverFolders = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin', '/usr/local/bin'];
const macChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** @returns {string | null} the browser that the browser tests drive; CHROMIUM_PATH goes before what is found */
export function chromiumPath() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const found = ['chromium', 'chromium-browser', 'google-chrome'].map((name) => findCommand(name)).find(Boolean);
  return found ?? (existsSync(macChrome) ? macChrome : null);
}

/** @param {string} name @returns {string | null} where a command is, on the PATH or where servers are installed */
export const toolPath = (name) => findCommand(name, serverFolders);

function hasChineseFont() {
  if (process.platform === 'darwin') return true;
  const folders = ['/usr/share/fonts/opentype/noto', '/usr/share/fonts/truetype', '/usr/share/fonts'];
  const isChinese = (name) => /cjk|wqy|sourcehan|droidsansfallback/i.test(name);
  return folders.some((folder) => existsSync(folder) && readdirSync(folder, { recursive: true }).some(isChinese));
}

/**
 * What tests and checks need besides npm packages: how to see that it is there, and what to install when it is not.
 *
 * @type {Record<string, {there: () => boolean, debian: string[], sentence: string}>}
 */
const tools = {
  compiler: {
    there: () => ['python3', 'make', 'g++'].every((name) => findCommand(name)),
    debian: ['python3', 'make', 'g++'],
    sentence: 'Python 3, make and a C++ compiler (macOS: xcode-select --install)',
  },
  mariadb: {
    there: () => Boolean(toolPath('mariadbd') && toolPath('mariadb-install-db') && toolPath('my_print_defaults')),
    // The server's programs without its service: tests start a private server and stop it.
    debian: ['mariadb-server-core', 'mariadb-client-core'],
    sentence: 'MariaDB (macOS: brew install mariadb)',
  },
  chromium: {
    there: () => chromiumPath() !== null,
    debian: ['chromium'],
    sentence: 'Chromium (macOS: brew install --cask google-chrome), or set CHROMIUM_PATH',
  },
  chineseFont: {
    there: hasChineseFont,
    debian: ['fonts-noto-cjk'],
    sentence: 'a font with Chinese characters, because screenshots are looked at',
  },
  compose: {
    there: () => findCommand('docker-compose') !== null,
    debian: ['docker-compose'],
    sentence: 'docker-compose (no Docker engine is needed: only the files are read)',
  },
};

const mayInstall = () =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && findCommand('apt-get') !== null;

/**
 * Makes sure that the named tools are there: installs Debian packages when it is root on Debian. Nothing that needs
 * a missing tool is skipped.
 *
 * @param {(keyof tools)[]} names
 * @throws {PlainFailure} one sentence that names what is missing and how to install it
 */
export async function ensureTools(names) {
  const missing = names.map((name) => tools[name]).filter((tool) => !tool.there());
  if (missing.length === 0) return;
  const packages = missing.flatMap((tool) => tool.debian);
  const advice = `This needs ${missing.map((tool) => tool.sentence).join('; ')}. On Debian: apt-get install -y ${packages.join(' ')}`;
  if (!mayInstall()) throw new PlainFailure(advice);
  const apt = (...args) => run('apt-get', args, { env: { DEBIAN_FRONTEND: 'noninteractive' } });
  const required = async (result) => {
    const { code, output } = await result;
    if (code !== 0) throw new PlainFailure(`${advice}\napt-get failed:\n${lastLines(output, 8)}`);
  };
  await step('Reading the list of Debian packages', () => required(apt('update')));
  await step(`Installing ${packages.join(', ')}`, () =>
    required(apt('install', '-y', '--no-install-recommends', ...packages)),
  );
  if (missing.some((tool) => !tool.there()))
    throw new PlainFailure(`${advice}\n(apt-get installed them, but they are not found.)`);
}
