import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inRoot, root, varDirectory } from './paths.mjs';
import { PlainFailure } from './progress.mjs';

/** Letters and digits that are not taken for one another when a person types them. */
const readable = 'abcdefghjkmnpqrstuvwxyz23456789';

function writeSecret(file, text) {
  writeFileSync(file, `${text}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}

function keptSecret(name, make) {
  const file = join(varDirectory(), name);
  if (!existsSync(file)) writeSecret(file, make());
  return readFileSync(file, 'utf8').trim();
}

function newPassword() {
  // 248 is the largest multiple of the alphabet's length below 256: bytes above it would favour the first letters.
  const letters = [...randomBytes(64)].filter((byte) => byte < 248).slice(0, 16);
  return letters
    .map((byte) => readable[byte % readable.length])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-');
}

/** @param {string} databaseUrl @returns {boolean} whether it names a SQLite file that is already there */
function sqliteFileExists(databaseUrl) {
  if (!databaseUrl.startsWith('sqlite:')) return false;
  const file = databaseUrl.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
  return existsSync(isAbsolute(file) ? file : join(root, file));
}

/**
 * The password that HQ signs in with: made once, for the first start of a database.
 *
 * @param {string} databaseUrl
 * @returns {{password: string | undefined, sentence: string}} what the API is to be told, and what the person is
 */
export function hqPassword(databaseUrl) {
  if (process.env.HQ_INITIAL_PASSWORD) {
    return { password: process.env.HQ_INITIAL_PASSWORD, sentence: 'the password of HQ_INITIAL_PASSWORD' };
  }
  const file = join(varDirectory(), 'hq-password.txt');
  if (!existsSync(file) && sqliteFileExists(databaseUrl)) {
    const sentence = `the password that was set when this database was made (${file} is gone; npm run hq:password sets a new one)`;
    return { password: undefined, sentence };
  }
  const password = keptSecret('hq-password.txt', newPassword);
  return { password, sentence: `password ${password}` };
}

/** @param {string} password of HQ's first user, changed while nobody looked at the file */
export const keepHqPassword = (password) => writeSecret(join(varDirectory(), 'hq-password.txt'), password);

/** @returns {string} 32 random bytes in base64, the same at every start: what it encrypted must stay readable */
export const dataKey = () => keptSecret('data-key', () => randomBytes(32).toString('base64'));

/** Makes the folder for database, secrets and logs, readable for this user alone. */
export function prepareVarDirectory() {
  try {
    mkdirSync(varDirectory(), { recursive: true });
    // Building may have made it before; the database in it holds people's names and telephone numbers.
    chmodSync(varDirectory(), 0o700);
  } catch (error) {
    throw new PlainFailure(
      `The folder ${varDirectory()} cannot be made (${error.code}): set VAR_DIR to a folder that can be written.`,
    );
  }
}

/**
 * Keys and numbers of a made-up WeChat merchant, which the emulator and the API share.
 *
 * @returns {Promise<{credentialsFile: string, credentials: Record<string, string>}>}
 */
export async function demoCredentials() {
  const file = join(varDirectory(), 'demo-credentials.json');
  const built = pathToFileURL(inRoot('server', 'dist', 'wechat-emulator', 'generate-credentials.js')).href;
  const { generateCredentials } = await import(built);
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  // A folder of an earlier version lacks what has been added since; what it has is kept, openids hang on it.
  const credentials = { ...generateCredentials(), ...known };
  writeSecret(file, JSON.stringify(credentials, null, 2));
  return { credentialsFile: file, credentials };
}
