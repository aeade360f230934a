/** The real mall in this process, without HTTP: its modules on a database of its own, with its clock in our hands. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AppModule } from '../../src/app.module.js';
import type { LoadedEnvironment } from '../../src/load-environment.js';
import { WallClock } from '../../src/platform/clock/wall-clock.js';
import { EnvironmentReader, readEnvironment } from '../../src/platform/config/environment.js';
import { type WechatConfig, WechatLoginClient, WechatPhoneClient } from '../../src/wechat/wechat.public.js';

export type Engine = 'sqlite' | 'mariadb';

export interface OpenMall {
  app: INestApplicationContext;
  /** The instant of both clocks. */
  clock: { now: number };
  /** One more process on the same database and clocks, as after a crash. `close` ends it with the others. */
  again(): Promise<INestApplicationContext>;
  close(): Promise<void>;
}

interface Place {
  url: string;
  remove(): Promise<void>;
}

/** In memory where the machine offers it: nothing here has to survive. */
function sqlitePlace(): Place {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'mall-model-'));
  return {
    url: `sqlite:${join(folder, 'model.sqlite')}`,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function mariadbPlace(): Promise<Place> {
  const server = process.env.TEST_MARIADB_URL;
  if (!server) throw new Error('TEST_MARIADB_URL is not set: npm run model and npm test start a private MariaDB');
  const url = new URL(server);
  const login = { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  const address = { host: url.hostname, port: Number(url.port) };
  const admin = await new DataSource({ type: 'mariadb', ...address, ...login }).initialize();
  const name = `model_${process.pid}_${randomBytes(4).toString('hex')}`;
  await admin.query(`CREATE DATABASE ${name}`);
  url.protocol = 'mariadb:';
  url.pathname = `/${name}`;
  const remove = async (): Promise<void> => {
    await admin.query(`DROP DATABASE ${name}`);
    await admin.destroy();
  };
  return { url: url.href, remove };
}

/** Nothing is ever asked of WeChat; the keys only have to be keys. */
function wechatConfig(): WechatConfig {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const nowhere = 'http://127.0.0.1:9';
  return {
    appId: 'wx0000000000000001',
    appSecret: 'none',
    apiBaseUrl: nowhere,
    mchId: '1900000001',
    merchantPrivateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    merchantSerial: 'none',
    apiV3Key: randomBytes(16).toString('hex'),
    platformKeys: { PUB_KEY_ID_MODEL: publicKey.export({ type: 'spki', format: 'pem' }).toString() },
    payBaseUrl: nowhere,
    notifyUrl: `${nowhere}/notices`,
    push: null,
    timeoutMs: 1_000,
  };
}

/** @param wechat the emulator's or a fake's side of the agreement; absent: nothing is ever asked of WeChat */
export async function openMall(
  engine: Engine,
  beginning: number,
  wechat: WechatConfig = wechatConfig(),
): Promise<OpenMall> {
  const place = engine === 'sqlite' ? sqlitePlace() : await mariadbPlace();
  const reader = new EnvironmentReader({
    DATABASE_URL: place.url,
    DATA_KEY: randomBytes(32).toString('base64'),
    HQ_INITIAL_PASSWORD: randomBytes(12).toString('base64url'),
    MEDIA_DIR: join(tmpdir(), 'mall-model-media'),
    MIGRATE_ON_START: '1',
    LOG_LEVEL: 'silent',
  });
  const loaded = { environment: readEnvironment(reader), wechat, wecom: null };
  const clock = { now: beginning };
  const processes: INestApplicationContext[] = [];
  const again = async (): Promise<INestApplicationContext> => {
    const app = await startProcess(loaded, clock);
    processes.push(app);
    return app;
  };
  const app = await again();
  const close = async (): Promise<void> => {
    for (const one of processes) await one.close();
    await place.remove();
  };
  return { app, clock, again, close };
}

async function startProcess(loaded: LoadedEnvironment, clock: { now: number }): Promise<INestApplicationContext> {
  const app = await NestFactory.createApplicationContext(AppModule.forEnvironment(loaded), {
    logger: false,
    abortOnError: false,
  });
  app.get(WallClock, { strict: false }).now = () => clock.now;
  // A login code is the openid, a phone code the number.
  app.get(WechatLoginClient, { strict: false }).codeToSession = async (openid: string) => ({
    outcome: 'ok',
    value: { openid, unionid: null },
  });
  app.get(WechatPhoneClient, { strict: false }).phoneByCode = async (phone: string) => ({
    outcome: 'ok',
    value: { phone, countryCode: '86' },
  });
  return app;
}
