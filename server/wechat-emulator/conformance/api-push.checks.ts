import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { createDecipheriv, createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { checksOf } from './check.js';
import type { Json } from './merchant.js';
import { ShippingDesk } from './shipping-desk.js';

interface Pushed {
  readonly query: URLSearchParams;
  readonly body: string;
}

/** Where pushes arrive; echoes the check of the address. */
async function pushEndpoint(desk: ShippingDesk, arrived: Pushed[]): Promise<() => void> {
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams;
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      if (request.method === 'POST') arrived.push({ query, body: Buffer.concat(pieces).toString('utf8') });
      response.end(query.get('echostr') ?? 'success');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/push`;
  strictEqual((await desk.merchant.control('push', { url })).url, url);
  return () => {
    server.closeAllConnections();
    server.close();
  };
}

const sha1 = (...parts: string[]): string => createHash('sha1').update(parts.sort().join('')).digest('hex');

/** §10's scheme, undone by hand: random(16), length, text, receiver. */
function opened(encrypted: string, aesKey: string): { text: string; receiver: string } {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  const cipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([cipher.update(Buffer.from(encrypted, 'base64')), cipher.final()]);
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
  const end = 20 + plain.readUInt32BE(16);
  return { text: plain.subarray(20, end).toString('utf8'), receiver: plain.subarray(end).toString('utf8') };
}

export const pushChecks = checksOf('§7', {
  'settlement is pushed, signed and sealed: 1 for the buyer’s word': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    const arrived: Pushed[] = [];
    const close = await pushEndpoint(desk, arrived);
    try {
      strictEqual(await desk.upload(), 0);
      await desk.confirm('confirm');
      const { pushToken, pushAesKey, appId } = desk.merchant.agreed as unknown as Record<string, string>;
      const read = ({ query, body }: Pushed): Json => {
        const { Encrypt } = JSON.parse(body) as { Encrypt: string };
        const [time, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
        strictEqual(query.get('msg_signature'), sha1(String(pushToken), time, nonce, Encrypt));
        const { text, receiver } = opened(Encrypt, String(pushAesKey));
        strictEqual(receiver, appId);
        return JSON.parse(text) as Json;
      };
      const settlements = (): Json[] =>
        arrived.map(read).filter(({ Event }) => Event === 'trade_manage_order_settlement');
      for (let turn = 0; turn < 150 && settlements().length < 2; turn += 1) await wait(20);
      const [shipped, settled] = settlements();
      deepStrictEqual(
        [shipped?.Event, shipped?.settlement_time, typeof shipped?.estimated_settlement_time],
        ['trade_manage_order_settlement', undefined, 'number'],
      );
      deepStrictEqual(
        [settled?.Event, settled?.confirm_receive_method, settled?.merchant_trade_no, settled?.transaction_id],
        ['trade_manage_order_settlement', 1, 'order-0001', desk.transactionId],
      );
    } finally {
      close();
    }
  },
  'an address that does not echo is not taken': async (bench) => {
    const desk = await ShippingDesk.open(bench);
    const url = 'http://127.0.0.1:9/push';
    strictEqual((await desk.merchant.plain('POST', '/control/push', { url })).status, 400);
  },
});
