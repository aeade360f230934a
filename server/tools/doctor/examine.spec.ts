import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIGRATIONS } from '../../src/migrations/migrations.js';
import { WallClock } from '../../src/platform/clock/wall-clock.js';
import { openWriteSource } from '../../src/platform/database/data-source.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { ENTITIES } from '../../src/schema.js';
import { wecomVariables } from '../../test/support/wecom-of-emulator.js';
import type { EmulatorCredentials } from '../../wechat-emulator/credentials.js';
import { type RunningEmulator, startEmulator } from '../../wechat-emulator/start-emulator.js';
import { checkSkew } from './check-wechat.js';
import { examine } from './examine.js';
import type { Finding } from './finding.js';

const folder = mkdtempSync(join(tmpdir(), 'mall-doctor-'));
const clock = new WallClock();
let emulator: RunningEmulator;
let good: Record<string, string | undefined>;

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const open = (database: string) =>
  openWriteSource({ engine: 'sqlite', file: database }, { entities: ENTITIES, migrations: MIGRATIONS, poolSize: 1 });

async function run(database: string, sql: string, values: (string | number)[] = []): Promise<void> {
  const source = await open(database);
  await source.query(sql, values);
  await source.destroy();
}

async function freshDatabase(name: string): Promise<string> {
  const database = join(folder, name);
  const source = await open(database);
  await migrate(source);
  await source.destroy();
  return database;
}

async function found(change: Record<string, string | undefined> = {}, offline = false): Promise<Finding[]> {
  return examine({ ...good, ...change }, offline, clock);
}

async function wrong(change: Record<string, string | undefined>, offline = false): Promise<string[]> {
  const findings = await found(change, offline);
  return findings.filter(({ result }) => result === 'fail').map(({ check, sentence }) => `${check}: ${sentence}`);
}

/** The emulator's merchant with one value changed. */
const merchant = (change: Partial<EmulatorCredentials>): string =>
  file(`credentials-${randomBytes(4).toString('hex')}.json`, JSON.stringify({ ...emulator.credentials, ...change }));

beforeAll(async () => {
  emulator = await startEmulator({});
  good = {
    DATABASE_URL: `sqlite:${await freshDatabase('good.sqlite')}`,
    DATA_KEY: randomBytes(32).toString('base64'),
    PUBLIC_URL: 'https://mall.example.com',
    WECHAT_CREDENTIALS_FILE: merchant({}),
    WECHAT_API_URL: emulator.baseUrl,
    WECHAT_PAY_URL: emulator.baseUrl,
    WECHAT_NOTIFY_URL: 'https://mall.example.com/api/wechat/pay-notices',
    ...wecomVariables(emulator),
  };
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('npm run doctor', () => {
  const TEMPLATE = 'tpl-0123456789012345678901234567890123456789';
  const templates = (value: object): Record<string, string> => ({
    WECHAT_MESSAGE_TEMPLATES_FILE: file(`templates-${randomBytes(4).toString('hex')}.json`, JSON.stringify(value)),
  });
  const said = async (check: string, change: Record<string, string | undefined>, offline = true): Promise<string[]> =>
    (await found(change, offline))
      .filter((finding) => finding.check === check)
      .map(({ result, sentence }) => `${result}: ${sentence}`);

  it('names the subscribe messages that are off, and those that share a template', async () => {
    const check = 'subscribe messages';
    expect(await said(check, templates({}))).toEqual([expect.stringMatching(/^warn: all are off/)]);
    const two = templates({ 'order-shipped': { id: TEMPLATE }, 'payout-arrived': { id: TEMPLATE } });
    expect(await said(check, two)).toEqual([
      expect.stringMatching(/^warn: off are coupon-expiring, commission-available, rate-changed: /),
      expect.stringMatching(/^warn: order-shipped and payout-arrived share a template id/),
      expect.stringMatching(/^unseen: the ids are well-formed; .* was not asked/),
    ]);
    expect((await said(check, {})).map((line) => line.split(':')[0])).toEqual(['ok', 'unseen']);
  });

  it('finds a template id that is not well-formed', async () => {
    expect(await wrong(templates({ 'order-shipped': { id: 'no id' } }), true)).toEqual([
      expect.stringMatching(/^environment: .*"order-shipped" has no template id/),
    ]);
  });

  it('says whether the message push is off, plain or sealed, and finds a token and a key that WeChat has not', async () => {
    const check = 'message push';
    const off = { WECHAT_CREDENTIALS_FILE: merchant({ pushToken: undefined }) };
    expect(await said(check, off)).toEqual([expect.stringMatching(/^warn: it is off/)]);
    expect(await said(check, { WECHAT_PUSH_TOKEN: 'token' })).toEqual([expect.stringMatching(/^warn: .*plain mode/)]);
    expect((await said(check, {})).map((line) => line.split(':')[0])).toEqual(['ok', 'unseen']);
    const faults = await wrong({ WECHAT_PUSH_TOKEN: 'no token', WECHAT_PUSH_AES_KEY: 'short' }, true);
    expect(faults.map((fault) => fault.split(' ').slice(0, 2).join(' '))).toEqual([
      'environment: WECHAT_PUSH_TOKEN',
      'environment: WECHAT_PUSH_AES_KEY',
    ]);
  });

  it('hints at the right to make transfers by a bill that does not exist; a link is not made to look', async () => {
    const check = 'payouts (scene 1005)';
    expect(await said(check, {}, false)).toEqual([expect.stringMatching(/^unseen: a hint that transfers are granted/)]);
    const { grantedScenes } = emulator.emulator.transfers;
    grantedScenes.clear();
    try {
      const refused = await said(check, {}, false);
      expect(refused).toEqual([expect.stringMatching(/^fail: a hint that transfers are not granted \(NO_AUTH\)/)]);
    } finally {
      grantedScenes.add('1005');
    }
    expect(await said(check, { WECHAT_TRANSFERS: '0' }, false)).toEqual([expect.stringMatching(/^ok: they are off/)]);
    expect(await said('links and codes', {}, false)).toEqual([expect.stringMatching(/^unseen: none was made/)]);
  });

  it('takes a shop without WeCom as it is', async () => {
    const none = Object.fromEntries(
      Object.keys(good).flatMap((name) => (name.startsWith('WECOM_') ? [[name, undefined]] : [])),
    );
    expect(await said('WeCom', none, false)).toEqual([expect.stringMatching(/^ok: it is off/)]);
    expect((await said('WeCom', {}, false)).map((line) => line.split(':')[0])).toEqual(['ok', 'unseen']);
  });

  it('finds nothing wrong with the configuration of npm start', async () => {
    const findings = await found();
    expect(findings.filter(({ result }) => result === 'fail')).toEqual([]);
    expect(findings.filter(({ result }) => result === 'ok').map(({ check }) => check)).toEqual(
      expect.arrayContaining([
        'environment',
        'merchant key',
        'database',
        'migrations',
        'clock',
        'mini-program',
        'WeChat Pay',
        'WeCom',
      ]),
    );
  });

  it('asks neither WeChat nor WeCom with --offline', async () => {
    const findings = await found({ WECHAT_API_URL: 'http://127.0.0.1:9', WECHAT_PAY_URL: 'http://127.0.0.1:9' }, true);
    expect(findings.filter(({ result }) => result === 'fail')).toEqual([]);
    expect(findings.map(({ check }) => check)).not.toContain('WeChat Pay');
  });

  it('says every fault of the environment in a sentence of its own', async () => {
    const faults = await wrong({
      DATA_KEY: 'short',
      PORT: 'many',
      WECOM_SECRET: undefined,
      WECOM_CALLBACK_AES_KEY: 'short',
    });
    for (const name of ['DATA_KEY', 'PORT', 'WECOM_SECRET', 'WECOM_CALLBACK_AES_KEY']) {
      expect(faults.filter((fault) => fault.startsWith(`environment: ${name} `))).toHaveLength(1);
    }
  });

  it('names the secret that WeChat does not take', async () => {
    const faults = await wrong({ WECHAT_CREDENTIALS_FILE: merchant({ appSecret: 'wrong' }) });
    expect(faults).toEqual([expect.stringContaining('WECHAT_APP_SECRET')]);
  });

  it('says that key, serial number and merchant number do not fit when WeChat Pay refuses the signature', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const merchantPrivateKeyPem = other.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    for (const change of [{ merchantPrivateKeyPem }, { merchantSerial: 'F'.repeat(40) }]) {
      expect(await wrong({ WECHAT_CREDENTIALS_FILE: merchant(change) })).toEqual([
        expect.stringMatching(/^WeChat Pay: .*refused our signature/),
      ]);
    }
  });

  it("finds a key that is not WeChat's by its answer", async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const platformPublicKeyPem = other.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const faults = await wrong({ WECHAT_CREDENTIALS_FILE: merchant({ platformPublicKeyPem }) });
    expect(faults).toEqual([expect.stringMatching(/^platform keys: .*does not verify/)]);
  });

  it('finds the merchant key in the place of a key of WeChat', async () => {
    const platformPublicKeyPem = emulator.credentials.merchantPublicKeyPem;
    const faults = await wrong({ WECHAT_CREDENTIALS_FILE: merchant({ platformPublicKeyPem }) }, true);
    expect(faults).toEqual([expect.stringContaining("the merchant's own key")]);
  });

  it('finds a certificate file that is none', async () => {
    const faults = await wrong({ WECHAT_MERCHANT_CERTIFICATE_FILE: file('none.pem', 'text') }, true);
    expect(faults).toEqual([expect.stringContaining('is no certificate')]);
  });

  it('says that WeChat, WeChat Pay and WeCom cannot be reached', async () => {
    const nowhere = 'http://127.0.0.1:9';
    const faults = await wrong({ WECHAT_API_URL: nowhere, WECHAT_PAY_URL: nowhere, WECOM_API_URL: nowhere });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['mini-program', 'WeChat Pay', 'WeCom']);
  });

  it('finds a secret that WeCom does not take', async () => {
    expect(await wrong({ WECOM_SECRET: 'wrong' })).toEqual([expect.stringContaining('WECOM_SECRET')]);
  });

  it('finds addresses that WeChat would not take', async () => {
    expect(await wrong({ WECHAT_NOTIFY_URL: 'https://mall.example.com/elsewhere' }, true)).toEqual([
      expect.stringContaining('/api/wechat/pay-notices'),
    ]);
    expect(await wrong({ PUBLIC_URL: 'https://192.0.2.1' }, true)).toEqual([expect.stringContaining('no domain name')]);
  });

  it('finds a database that is missing and one whose migrations are pending', async () => {
    expect(await wrong({ DATABASE_URL: `sqlite:${join(folder, 'none.sqlite')}` }, true)).toEqual([
      expect.stringMatching(/^database: /),
    ]);
    const empty = join(folder, 'empty.sqlite');
    await run(empty, 'CREATE TABLE emptied (id INTEGER)');
    expect(await wrong({ DATABASE_URL: `sqlite:${empty}` }, true)).toEqual([expect.stringContaining('are pending')]);
  });

  it('finds a data key that does not open what was sealed, and a worker that does not run', async () => {
    const database = await freshDatabase('late.sqlite');
    await run(
      database,
      `INSERT INTO members (id, phoneSealed, createdAt, contactPreference) VALUES ('mem_1', 'v1.${randomBytes(40).toString('base64url')}', 1, 'guide')`,
    );
    await run(
      database,
      `INSERT INTO outbox_events (id, eventType, streamId, streamPosition, payloadJson, occurredAt, recordedAt, state, attempts, nextAttemptAt, leaseUntil)
       VALUES ('evt_1', 'x', 's', 1, '{}', 1, 1, 'pending', 0, 1, 0)`,
    );
    const faults = await wrong({ DATABASE_URL: `sqlite:${database}` }, true);
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['data key', 'worker']);
  });

  it.each([
    ['Sat, 28 Nov 2026 00:00:29 GMT', 'ok'],
    ['Sat, 28 Nov 2026 00:00:31 GMT', 'warn'],
    ['Sat, 28 Nov 2026 00:05:00 GMT', 'fail'],
    ['Fri, 27 Nov 2026 23:55:00 GMT', 'fail'],
    [null, 'warn'],
  ])('judges the clock against %s at midnight: %s', (date, result) => {
    expect(checkSkew(date, Date.UTC(2026, 10, 28)).result).toBe(result);
  });
});
