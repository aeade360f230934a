import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEnvironment } from './load-environment.js';
import { EnvironmentError } from './platform/config/environment.js';

const folder = mkdtempSync(join(tmpdir(), 'mall-environment-'));
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const GOOD = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://mall.example.com',
  DATABASE_URL: 'mysql://mall:secret@db.example.com/mall',
  DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
  WECHAT_APP_ID: 'wx0000000000000001',
  WECHAT_APP_SECRET: 'secret',
  WECHAT_MCH_ID: '1900000001',
  WECHAT_MERCHANT_KEY_FILE: file('merchant.pem', keys.privateKey),
  WECHAT_MERCHANT_SERIAL: 'ABC',
  WECHAT_API_V3_KEY: 'k'.repeat(32),
  WECHAT_PLATFORM_KEYS_FILE: file('platform.json', JSON.stringify({ PUB_KEY_ID_1: keys.publicKey })),
  WECHAT_NOTIFY_URL: 'https://mall.example.com/api/wechat/pay-notices',
};

function faultsOf(change: Record<string, string | undefined>): readonly string[] {
  try {
    loadEnvironment({ ...GOOD, ...change });
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.faults;
    throw error;
  }
}

describe('the environment', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('accepts a whole production configuration', () => {
    const { environment, wechat } = loadEnvironment(GOOD);
    expect(environment).toMatchObject({ production: true, demo: false, emulatorUrl: null, runWorker: false });
    expect(environment.database).toMatchObject({ engine: 'mysql', host: 'db.example.com', port: 3306, name: 'mall' });
    expect(wechat.apiBaseUrl).toBe('https://api.weixin.qq.com');
    expect(wechat.payBaseUrl).toBe('https://api.mch.weixin.qq.com');
  });

  it('names every fault at once', () => {
    const faults = faultsOf({
      PORT: 'many',
      DATA_KEY: 'short',
      DATABASE_URL: 'postgres://x',
      LOG_LEVEL: 'loud',
      WECHAT_APP_ID: undefined,
      WECHAT_API_V3_KEY: 'k',
    });
    for (const name of ['PORT', 'DATA_KEY', 'DATABASE_URL', 'LOG_LEVEL', 'WECHAT_APP_ID', 'WECHAT_API_V3_KEY']) {
      expect(faults.filter((fault) => fault.includes(name))).toHaveLength(1);
    }
  });

  it.each([
    ['the demo', { DEMO: '1' }, 'DEMO=1'],
    ['an emulator for browsers', { EMULATOR_URL: 'http://127.0.0.1:3100' }, 'EMULATOR_URL'],
    ["the emulator's secrets", { WECHAT_CREDENTIALS_FILE: 'var/demo-credentials.json' }, 'WECHAT_CREDENTIALS_FILE'],
    ['the emulator in place of the API', { WECHAT_API_URL: 'http://127.0.0.1:3100' }, 'WECHAT_API_URL'],
    ['the emulator in place of Pay', { WECHAT_PAY_URL: 'http://127.0.0.1:3100' }, 'WECHAT_PAY_URL'],
    ['notices over plain HTTP', { WECHAT_NOTIFY_URL: 'http://mall.example.com/n' }, 'WECHAT_NOTIFY_URL'],
  ])('refuses %s in production', (_, change, named) => {
    expect(faultsOf(change)).toEqual([expect.stringContaining(named)]);
  });

  it('§5: needs no platform key where certificates are fetched, and still refuses one that is no key', () => {
    const fetched = { WECHAT_PLATFORM_CERTIFICATES: '1' };
    expect(faultsOf({ ...fetched, WECHAT_PLATFORM_KEYS_FILE: undefined })).toEqual([]);
    expect(faultsOf({ WECHAT_PLATFORM_KEYS_FILE: undefined })).toContain('WECHAT_PLATFORM_KEYS_FILE is missing');
    const broken = file('broken.json', JSON.stringify({ PUB_KEY_ID_1: 'nonsense' }));
    expect(faultsOf({ ...fetched, WECHAT_PLATFORM_KEYS_FILE: broken })).toEqual([
      expect.stringContaining('PUB_KEY_ID_1'),
    ]);
  });

  it('refuses a merchant key and platform keys that are no keys', () => {
    const faults = faultsOf({
      WECHAT_MERCHANT_KEY_FILE: file('bad.pem', 'not a key'),
      WECHAT_PLATFORM_KEYS_FILE: file('bad.json', '{"PUB_KEY_ID_1":"nor this"}'),
    });
    expect(faults).toEqual([
      expect.stringContaining('WECHAT_MERCHANT_KEY_FILE'),
      expect.stringContaining('WECHAT_PLATFORM_KEYS_FILE'),
    ]);
  });

  it('takes a secret from the file that NAME_FILE names', () => {
    const { environment } = loadEnvironment({
      ...GOOD,
      DATA_KEY: undefined,
      DATA_KEY_FILE: file('data-key', `${GOOD.DATA_KEY}\n`),
      DATABASE_URL: 'mariadb://mall@db.example.com/mall',
      DATABASE_PASSWORD_FILE: file('password', 'from-file\n'),
    });
    expect(environment.dataKey.length).toBe(32);
    expect(environment.database).toMatchObject({ engine: 'mariadb', password: 'from-file' });
  });

  it('runs the worker inside on SQLite, whatever RUN_WORKER says', () => {
    const { environment } = loadEnvironment({ ...GOOD, DATABASE_URL: 'sqlite:var/x.sqlite', RUN_WORKER: '0' });
    expect(environment.runWorker).toBe(true);
  });
});
