import { setTimeout as wait } from 'node:timers/promises';
import type { Bench } from './bench.js';
import type { Json, Merchant } from './merchant.js';

export const UPLOAD = 'upload_shipping_info';

/** A merchant with an access token and one paid order. */
export class ShippingDesk {
  private constructor(
    readonly merchant: Merchant,
    readonly transactionId: string,
    readonly openid: string,
  ) {}

  static async open(bench: Bench): Promise<ShippingDesk> {
    const merchant = await bench.merchant();
    const transactionId = await merchant.paid('order-0001');
    return new ShippingDesk(merchant, transactionId, await merchant.openid());
  }

  async ask(name: string, body: Json, token: string | null = null): Promise<Json> {
    const key = token ?? (await this.token());
    return (await this.merchant.plain('POST', `/wxa/sec/order/${name}?access_token=${key}`, body)).json;
  }

  /** Asked for each time: checks move the clock by days, and a token lives two hours. */
  private async token(): Promise<string> {
    const { appId, appSecret } = this.merchant.agreed;
    const body = { grant_type: 'client_credential', appid: appId, secret: appSecret };
    return String((await this.merchant.plain('POST', '/cgi-bin/stable_token', body)).json.access_token);
  }

  /** An upload of one parcel; the errcode. `minute` moves the upload time. */
  async upload(change: Json = {}, minute = 0): Promise<unknown> {
    return (await this.ask(UPLOAD, this.uploadOf(change, minute))).errcode;
  }

  uploadOf(change: Json = {}, minute = 0): Json {
    return {
      order_key: { order_number_type: 2, transaction_id: this.transactionId },
      logistics_type: 1,
      delivery_mode: 1,
      shipping_list: [parcel('YT0001')],
      upload_time: new Date(Date.UTC(2026, 10, 22, 3, minute)).toISOString(),
      payer: { openid: this.openid },
      ...change,
    };
  }

  async state(): Promise<unknown> {
    const { order } = await this.ask('get_order', { transaction_id: this.transactionId });
    return (order as Json).order_state;
  }

  /** Waits until the order is there; the last state when it never is. */
  async until(wanted: number): Promise<unknown> {
    for (let turn = 0; turn < 150; turn += 1) {
      if ((await this.state()) === wanted) return wanted;
      await wait(20);
    }
    return this.state();
  }

  confirm(action: 'confirm' | 'cancel', persona = 'xiaoyu'): Promise<{ json: Json }> {
    const body = { persona, transaction_id: this.transactionId, action };
    return this.merchant.plain('POST', '/device/confirm-receive', body);
  }
}

export function parcel(trackingNo: string, change: Json = {}): Json {
  return { tracking_no: trackingNo, express_company: 'YTO', item_desc: '针织开衫 1 件', ...change };
}

export const list = (...parcels: Json[]): Json => ({ shipping_list: parcels });
