import { readFileSync } from 'node:fs';
import { type DatabaseTarget, parseDatabaseUrl } from '../database/database-url.js';

/** Everything that the process reads from its environment, checked once, before anything starts. */
export interface Environment {
  production: boolean;
  /** Demo shop: personas, the emulator, an adjustable business clock. Never true in production. */
  demo: boolean;
  /** Fill an empty database with the demo's goods and people. */
  demoShop: boolean;
  host: string;
  port: number;
  /** Where customers reach this server, e.g. https://mall.example.com. */
  publicUrl: string;
  database: DatabaseTarget;
  databasePoolSize: number;
  /** Relay, schedules and handlers run inside this process. Always so on SQLite. */
  runWorker: boolean;
  migrateOnStart: boolean;
  /** 32 bytes: encrypts personal data at rest and keys its lookup hashes. */
  dataKey: Buffer;
  /** Keys that may have sealed what is stored, besides the current one: while one is rotated. */
  dataKeysOld: Buffer[];
  hqInitialPassword: string | null;
  /** Folder of the built H5 mall to serve at `/`; null behind a proxy that serves it. */
  h5Directory: string | null;
  /** Folder of product images, served at /media. */
  mediaDirectory: string;
  /** URL of the emulator for browsers; null when WeChat is the real one. */
  emulatorUrl: string | null;
  logLevel: string;
  /** Whose X-Forwarded-For is believed: addresses or networks of the proxies in front, comma-separated. */
  trustProxy: string;
}

type Source = Readonly<Record<string, string | undefined>>;

/** Collects faults instead of stopping at the first: an operator mends them all in one go. */
export class EnvironmentReader {
  readonly faults: string[] = [];

  constructor(private readonly source: Source) {}

  text(name: string, fallback?: string): string {
    const value = this.optional(name);
    if (value !== null) return value;
    if (fallback === undefined) this.faults.push(`${name} is missing`);
    return fallback ?? '';
  }

  /** The variable, or the content of the file that NAME_FILE names: how container secrets arrive. */
  optional(name: string): string | null {
    const value = this.source[name]?.trim();
    if (value) return value;
    const path = this.source[`${name}_FILE`]?.trim();
    if (!path) return null;
    try {
      return readFileSync(path, 'utf8').trim() || null;
    } catch {
      this.faults.push(`${name}_FILE: the file "${path}" cannot be read`);
      return null;
    }
  }

  whole(name: string, fallback: number, from: number, to: number): number {
    const value = this.optional(name);
    if (value === null) return fallback;
    const number = Number(value);
    if (!Number.isInteger(number) || number < from || number > to) {
      this.faults.push(`${name} must be a whole number from ${from} to ${to}, not "${value}"`);
    }
    return number;
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.optional(name);
    if (value === null) return fallback;
    if (value !== '0' && value !== '1') this.faults.push(`${name} must be 0 or 1, not "${value}"`);
    return value === '1';
  }

  url(name: string, fallback?: string): string {
    const value = this.text(name, fallback);
    if (value !== '' && !/^https?:\/\/[^\s]+$/.test(value))
      this.faults.push(`${name} must be an http(s) URL, not "${value}"`);
    return value.replace(/\/$/, '');
  }

  fault(sentence: string): void {
    this.faults.push(sentence);
  }
}

/** The process cannot start; `faults` holds one sentence for each thing to mend. */
export class EnvironmentError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`the environment has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

function readDatabase(reader: EnvironmentReader): DatabaseTarget {
  const target = parseDatabaseUrl(reader.text('DATABASE_URL', 'sqlite:var/mall.sqlite'));
  if ('fault' in target) {
    reader.fault(`DATABASE_URL ${target.fault}`);
    return { engine: 'sqlite', file: '' };
  }
  if (target.engine !== 'sqlite' && target.password === '') {
    return { ...target, password: reader.optional('DATABASE_PASSWORD') ?? '' };
  }
  return target;
}

function readDataKey(reader: EnvironmentReader): Buffer {
  const key = Buffer.from(reader.text('DATA_KEY'), 'base64');
  if (reader.optional('DATA_KEY') !== null && key.length !== 32) {
    reader.fault('DATA_KEY must be 32 bytes in base64 (openssl rand -base64 32)');
  }
  return key;
}

function readOldDataKeys(reader: EnvironmentReader): Buffer[] {
  const texts = (reader.optional('DATA_KEYS_OLD') ?? '').split(/[\s,]+/).filter((text) => text !== '');
  const keys = texts.map((text) => Buffer.from(text, 'base64'));
  if (keys.some(({ length }) => length !== 32)) {
    reader.fault('DATA_KEYS_OLD must be keys of 32 bytes in base64, separated by commas');
  }
  return keys;
}

/** Reads the environment through `reader`; the caller throws EnvironmentError when `reader.faults` is not empty. */
export function readEnvironment(reader: EnvironmentReader): Environment {
  const production = reader.text('NODE_ENV', 'development') === 'production';
  const demo = reader.flag('DEMO', false);
  const port = reader.whole('PORT', 3000, 0, 65_535);
  const database = readDatabase(reader);
  const emulatorUrl = reader.optional('EMULATOR_URL') === null ? null : reader.url('EMULATOR_URL');
  const logLevel = reader.text('LOG_LEVEL', 'info');
  if (!LOG_LEVELS.includes(logLevel))
    reader.fault(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, not "${logLevel}"`);
  if (production && demo) reader.fault('DEMO=1 is refused in production: it lets anybody move the business clock');
  if (production && emulatorUrl !== null)
    reader.fault('EMULATOR_URL is refused in production: payments would be play money');
  const onSqlite = database.engine === 'sqlite';
  return {
    production,
    demo,
    demoShop: demo && reader.flag('DEMO_SHOP', true),
    host: reader.text('HOST', '127.0.0.1'),
    port,
    publicUrl: reader.url('PUBLIC_URL', production ? undefined : `http://127.0.0.1:${port}`),
    database,
    databasePoolSize: reader.whole('DATABASE_POOL_SIZE', 10, 1, 200),
    runWorker: onSqlite || reader.flag('RUN_WORKER', !production),
    migrateOnStart: onSqlite || reader.flag('MIGRATE_ON_START', !production),
    dataKey: readDataKey(reader),
    dataKeysOld: readOldDataKeys(reader),
    hqInitialPassword: reader.optional('HQ_INITIAL_PASSWORD'),
    h5Directory: reader.optional('H5_DIST_DIR'),
    mediaDirectory: reader.text('MEDIA_DIR', 'var/media'),
    emulatorUrl,
    logLevel,
    trustProxy: reader.text('TRUST_PROXY', 'loopback'),
  };
}
