import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { textOf } from './json-object.js';
import { done, type Outcome, unknown } from './outcome.js';
import { WechatPayExchange } from './pay-exchange.js';
import { type PayRefusal, WechatPayTransport } from './pay-transport.js';
import { WECHAT_CONFIG, type WechatConfig } from './wechat-config.js';

/** A day of a large shop is some megabytes; more than this is a bomb. */
const MOST_BYTES = 256 * 1024 * 1024;

/** `creating`: WeChat has not written it yet, ask again in half an hour. */
export type BillRefusal = 'creating' | PayRefusal;

/** Fetches bills: asks for one, follows the link, unpacks it and compares its SHA1. */
@Injectable()
export class WechatBillClient {
  constructor(
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
    private readonly transport: WechatPayTransport,
    private readonly exchange: WechatPayExchange,
  ) {}

  /** @returns the text of all trades of a day (`2026-11-27`, China), or null when there were none */
  async tradeBill(day: string): Promise<Outcome<string | null, BillRefusal>> {
    const sent = await this.transport.send(
      'GET',
      `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL&tar_type=GZIP`,
      null,
    );
    if (sent.outcome === 'refused') {
      if (sent.code === 'NO_STATEMENT_EXIST') return done(null);
      return sent.code === 'STATEMENT_CREATING' ? { ...sent, reason: 'creating' } : sent;
    }
    if (sent.outcome === 'unknown') return sent;
    const { hash_type: hashType, hash_value: hash, download_url: link } = sent.value;
    const path = this.pathOf(textOf(link) ?? '');
    if (hashType !== 'SHA1' || !textOf(hash) || path === null)
      return unknown('malformed', 'no usable link to the bill');
    return this.download(path, String(hash));
  }

  /** The link is followed only to a host of WeChat Pay that we talk to anyway; else our signature would go elsewhere. */
  private pathOf(link: string): string | null {
    const { payBaseUrl, payBackupUrl } = this.config;
    const allowed = [payBaseUrl, payBackupUrl ?? payBaseUrl].map((url) => new URL(url).origin);
    if (!URL.canParse(link)) return null;
    const { origin, pathname, search } = new URL(link);
    return allowed.includes(origin) ? `${pathname}${search}` : null;
  }

  /** The answer is not signed: the hash, which was, stands for it. */
  private async download(path: string, hash: string): Promise<Outcome<string, BillRefusal>> {
    const answer = await this.exchange.exchange({ method: 'GET', path, payload: null });
    if (answer.outcome === 'unknown') return answer;
    if (answer.status !== 200) return unknown('malformed', `HTTP ${answer.status} for the bill`);
    const file = unpack(answer.body);
    if (file === null) return unknown('malformed', 'the bill cannot be unpacked');
    const isWhole = createHash('sha1').update(file).digest('hex') === hash.toLowerCase();
    return isWhole ? done(file.toString('utf8')) : unknown('unverified', 'the SHA1 of the bill differs');
  }
}

function unpack(packed: Buffer): Buffer | null {
  try {
    return gunzipSync(packed, { maxOutputLength: MOST_BYTES });
  } catch {
    return null;
  }
}
