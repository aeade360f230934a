import { X509Certificate } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { WallClock } from '../platform/clock/wall-clock.js';
import type { OutsideAnswer } from './call-outside.js';
import { isJsonObject, parseJsonObject, textOf } from './json-object.js';
import { openResource } from './pay-cipher.js';
import { WechatPayExchange } from './pay-exchange.js';
import { type FetchedKey, WechatPayKeys } from './pay-keys.js';
import { faultInSignature } from './pay-signature.js';
import { WECHAT_CONFIG, type WechatConfig } from './wechat-config.js';

const FRESH_MS = 12 * 3_600_000;
/** Whoever sends unknown serials must not make us ask more often than this. */
const PAUSE_MS = 60_000;

/**
 * Certificate mode: fetches WeChat's certificates, twelve hours apart and when a serial is met that is not known. What is
 * fetched is believed because only WeChat and we have the APIv3 key that sealed it, and because the answer itself is
 * signed under one of the certificates in it.
 */
@Injectable()
export class PlatformCertificates {
  private readonly logger = new Logger(PlatformCertificates.name);
  private freshUntil = 0;
  private nextTryAt = 0;
  private running: Promise<boolean> | null = null;

  constructor(
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
    private readonly keys: WechatPayKeys,
    private readonly exchange: WechatPayExchange,
    private readonly clock: WallClock,
  ) {}

  /** Before a call: fetches when there is nothing yet, or nothing fresh. */
  async keepFresh(): Promise<void> {
    if (this.config.fetchCertificates && this.clock.now() >= this.freshUntil) await this.refresh();
  }

  /** True when the certificates were read anew. Once a minute at most; callers at one time share one request. */
  async refresh(): Promise<boolean> {
    if (!this.config.fetchCertificates) return false;
    if (this.running !== null) return this.running;
    if (this.clock.now() < this.nextTryAt) return false;
    this.nextTryAt = this.clock.now() + PAUSE_MS;
    this.running = this.fetch().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async fetch(): Promise<boolean> {
    const answer = await this.exchange.exchange({ method: 'GET', path: '/v3/certificates', payload: null });
    const keys = answer.outcome === 'answer' && answer.status === 200 ? this.read(answer) : null;
    if (keys === null) {
      const why = answer.outcome === 'answer' ? `HTTP ${answer.status}` : answer.reason;
      this.logger.error({ message: 'the certificates of WeChat Pay could not be fetched', why });
      return false;
    }
    this.keys.learn(keys);
    this.freshUntil = this.clock.now() + FRESH_MS;
    return true;
  }

  /** Null unless every certificate opens and the answer is signed under one of them, or under a pin. */
  private read(answer: OutsideAnswer): FetchedKey[] | null {
    const data = parseJsonObject(answer.body.toString('utf8'))?.data;
    if (!Array.isArray(data)) return null;
    const now = this.clock.now();
    const found: (FetchedKey & { from: number })[] = [];
    for (const one of data) {
      const read = readCertificate(one, this.keys.apiV3Key);
      if (read === null) return null;
      if (now < read.until) found.push(read);
    }
    const keys = found.sort((a, b) => b.from - a.from).map(({ serial, key }) => ({ serial, key }));
    const known = new Map([...keys.map(({ serial, key }) => [serial, key] as const), ...this.keys.platform]);
    const fault = faultInSignature((name) => answer.headers.get(name), answer.body, known, now);
    return keys.length === 0 || fault !== null ? null : keys;
  }
}

function readCertificate(value: unknown, apiV3Key: string): (FetchedKey & { from: number; until: number }) | null {
  if (!isJsonObject(value) || !isJsonObject(value.encrypt_certificate)) return null;
  const serial = textOf(value.serial_no);
  const { ciphertext, nonce, associated_data: associatedData } = value.encrypt_certificate;
  const sealed = { ciphertext: textOf(ciphertext) ?? '', nonce: textOf(nonce) ?? '' };
  const pem = openResource({ ...sealed, associatedData: textOf(associatedData) ?? '' }, apiV3Key);
  if (serial === null || pem === null) return null;
  try {
    const certificate = new X509Certificate(pem);
    if (certificate.serialNumber.toUpperCase() !== serial.toUpperCase()) return null;
    const [from, until] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
    return { serial, key: certificate.publicKey, from, until };
  } catch {
    return null;
  }
}
