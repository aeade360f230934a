import { deepStrictEqual, match, notStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { Bench } from './bench.js';
import { checksOf } from './check.js';
import { type Merchant, verdict } from './merchant.js';
import { vectorText } from './vectors.js';

const DAY = 86_400_000;
const CHINA = 8 * 3_600_000;

async function platformNow(merchant: Merchant): Promise<number> {
  return Number((await merchant.plain('GET', '/control/clock')).json.now);
}

/** Moves the platform to that hour of a day of China, so many days from today. */
async function goTo(merchant: Merchant, days: number, hour: number): Promise<void> {
  const now = await platformNow(merchant);
  const midnight = Math.floor((now + CHINA) / DAY) * DAY - CHINA;
  await merchant.advance(midnight + days * DAY + hour * 3_600_000 - now);
}

async function dayOf(merchant: Merchant, back = 0): Promise<string> {
  return new Date((await platformNow(merchant)) + CHINA - back * DAY).toISOString().slice(0, 10);
}

/** A payment and a refund of it on one day, told by its date; it is ten o'clock of the next day. */
async function soldYesterday(bench: Bench): Promise<{ merchant: Merchant; day: string }> {
  const merchant = await bench.merchant();
  await goTo(merchant, 1, 9);
  const day = await dayOf(merchant);
  await merchant.paid('order-0001', { description: '针织开衫, 米白' });
  await merchant.refund('order-0001', 'refund-1', 61);
  await goTo(merchant, 1, 10);
  return { merchant, day };
}

function apply(merchant: Merchant, day: string, kind = 'tradebill', more = '&bill_type=ALL&tar_type=GZIP') {
  return merchant.get(`/v3/bill/${kind}?bill_date=${day}${more}`);
}

async function download(merchant: Merchant, url: unknown) {
  const { pathname, search, origin } = new URL(String(url));
  strictEqual(origin, merchant.baseUrl);
  return merchant.get(pathname + search);
}

async function text(merchant: Merchant, day: string): Promise<{ text: string; hash: unknown }> {
  const { json } = await apply(merchant, day);
  const { bytes } = await download(merchant, json.download_url);
  return { text: gunzipSync(bytes).toString('utf8'), hash: json.hash_value };
}

const sha1 = (content: string): string => createHash('sha1').update(content).digest('hex');
/** Cells stand behind back-quotes, and a comma may stand in a cell. */
const cells = (line = ''): string[] => line.slice(1).split(',`');

export const billChecks = checksOf('§5', {
  'the bill of a day is ready after 10:00 of the next, STATEMENT_CREATING until then': async (bench) => {
    const merchant = await bench.merchant();
    await goTo(merchant, 1, 9);
    const day = await dayOf(merchant);
    await merchant.paid('order-0001');
    await goTo(merchant, 1, 9.99);
    strictEqual(verdict(await apply(merchant, day)), '400 STATEMENT_CREATING');
    await goTo(merchant, 0, 10);
    strictEqual((await apply(merchant, day)).status, 200);
  },
  'today and tomorrow have no bill': async (bench) => {
    const { merchant } = await soldYesterday(bench);
    strictEqual(verdict(await apply(merchant, await dayOf(merchant))), '400 INVALID_REQUEST');
    strictEqual(verdict(await apply(merchant, await dayOf(merchant, -1))), '400 INVALID_REQUEST');
  },
  'a day without trade is NO_STATEMENT_EXIST': async (bench) => {
    const { merchant } = await soldYesterday(bench);
    strictEqual(verdict(await apply(merchant, await dayOf(merchant, 2))), '400 NO_STATEMENT_EXIST');
  },
  'bills go three months back': async (bench) => {
    const { merchant, day } = await soldYesterday(bench);
    await merchant.advance(88 * DAY);
    strictEqual((await apply(merchant, day)).status, 200);
    await merchant.advance(5 * DAY);
    strictEqual(verdict(await apply(merchant, day)), '400 INVALID_REQUEST');
  },
  'bill_date is yyyy-MM-DD': async (bench) => {
    const { merchant, day } = await soldYesterday(bench);
    for (const wrong of [day.replaceAll('-', ''), '2026-02-30', '', 'yesterday']) {
      strictEqual(verdict(await apply(merchant, wrong)), '400 PARAM_ERROR', wrong);
    }
  },
  'the answer is the SHA1 of the unzipped file and a link': async (bench) => {
    const { merchant, day } = await soldYesterday(bench);
    const { json, headers, text: body } = await apply(merchant, day);
    strictEqual(json.hash_type, 'SHA1');
    ok(merchant.isSigned(headers, body));
    const { bytes } = await download(merchant, json.download_url);
    strictEqual(sha1(gunzipSync(bytes).toString('utf8')), json.hash_value);
    notStrictEqual(createHash('sha1').update(bytes).digest('hex'), json.hash_value);
  },
  'without tar_type the file comes as it is': async (bench) => {
    const { merchant, day } = await soldYesterday(bench);
    const { json } = await apply(merchant, day, 'tradebill', '');
    strictEqual(sha1((await download(merchant, json.download_url)).text), json.hash_value);
  },
  'the download is not signed, its request is': async (bench) => {
    const { merchant, day } = await soldYesterday(bench);
    const { json } = await apply(merchant, day);
    const reply = await download(merchant, json.download_url);
    strictEqual(reply.headers.get('wechatpay-signature'), null);
    const { pathname, search } = new URL(String(json.download_url));
    strictEqual((await merchant.plain('GET', pathname + search)).status, 401);
  },
  'the link lives for 5 minutes': async (bench) => {
    const { merchant, day } = await soldYesterday(bench);
    const { json } = await apply(merchant, day);
    await merchant.advance(295_000);
    strictEqual((await download(merchant, json.download_url)).status, 200);
    await merchant.advance(5_000);
    strictEqual((await download(merchant, json.download_url)).status, 400);
  },
  'the file has the byte order mark, the headers and the line ends of the official sample': async (bench) => {
    const { merchant, day } = await soldYesterday(bench);
    const official = vectorText('bill.ALL.csv').split('\n');
    const made = (await text(merchant, day)).text.split('\n');
    strictEqual(made[0], official[0]);
    strictEqual(made.at(-3), official.at(-3));
    strictEqual(made.at(-1), official.at(-1));
    strictEqual(cells(made[1]).length, cells(official[1]).length);
    strictEqual(cells(made.at(-2)).length, cells(official.at(-2)).length);
  },
  'a bill is in yuan, every cell behind a back-quote': async (bench) => {
    const { merchant, day } = await soldYesterday(bench);
    const [, paid, back] = (await text(merchant, day)).text.split('\n');
    ok(paid?.startsWith('`') && back?.startsWith('`'));
    const [sale, refund] = [cells(paid), cells(back)];
    deepStrictEqual([sale[6], sale[9], sale[12], sale[14], sale[24]], ['order-0001', 'SUCCESS', '88.61', '0', '88.61']);
    strictEqual(sale[20], '针织开衫, 米白');
    deepStrictEqual(
      [refund[9], refund[12], refund[15], refund[16], refund[19]],
      ['REFUND', '0.00', 'refund-1', '0.61', 'SUCCESS'],
    );
    match(sale[0] ?? '', new RegExp(`^${day} \\d\\d:\\d\\d:\\d\\d$`));
  },
  'the last line sums up the lines': async (bench) => {
    const { merchant, day } = await soldYesterday(bench);
    const sums = cells((await text(merchant, day)).text.split('\n').at(-2));
    deepStrictEqual(sums, ['2.0', '88.61', '0.61', '0.0', '0.53', '88.61', '0.61']);
  },
  'a bill stays as it was written': async (bench) => {
    const { merchant, day } = await soldYesterday(bench);
    const first = await text(merchant, day);
    await merchant.refund('order-0001', 'refund-2', 7);
    strictEqual((await text(merchant, day)).text, first.text);
  },
  'the fund flow bill has payments in, refunds and arrived transfers out': async (bench) => {
    const merchant = await bench.merchant({ transferPace: { moveMs: 0 } });
    await goTo(merchant, 1, 9);
    const day = await dayOf(merchant);
    await merchant.paid('order-0001');
    await merchant.refund('order-0001', 'refund-1', 61);
    await merchant.until(
      () => merchant.refundState('refund-1'),
      ({ status }) => status === 'SUCCESS',
    );
    await merchant.confirm((await merchant.transfer('bill1')).json.package_info);
    await goTo(merchant, 1, 10);
    const { json } = await apply(merchant, day, 'fundflowbill', '');
    const file = await download(merchant, json.download_url);
    strictEqual(sha1(file.text), json.hash_value);
    const lines = file.text.split('\n');
    deepStrictEqual(
      lines.slice(1, 4).map((line) => [cells(line)[5], cells(line)[6], cells(line)[10]]),
      [
        ['收入', '88.61', 'order-0001'],
        ['支出', '0.61', 'refund-1'],
        ['支出', '33.07', 'bill1'],
      ],
    );
    deepStrictEqual(cells(lines.at(-2)), ['3.0', '1.0', '88.61', '2.0', '33.68']);
  },
  'a bill can be made wrong: a row missing, a foreign row, another sum, another hash': async (bench) => {
    const { merchant, day } = await soldYesterday(bench);
    const rows = async (): Promise<string[][]> => (await text(merchant, day)).text.split('\n').slice(1, -3).map(cells);
    await merchant.control('bills', { day, kind: 'amount', number: 'order-0001', fen: 8_860 });
    strictEqual((await rows())[0]?.[12], '88.60');
    await merchant.control('bills', { day, kind: 'drop', number: 'refund-1' });
    await merchant.control('bills', { day, kind: 'foreign', number: 'elsewhere-1', fen: 5 });
    deepStrictEqual(
      (await rows()).map((row) => row[6]),
      ['order-0001', 'elsewhere-1'],
    );
    await merchant.control('bills', { day, kind: 'hash' });
    const wrong = await text(merchant, day);
    notStrictEqual(sha1(wrong.text), wrong.hash);
    await merchant.control('bills', { day, kind: 'none' });
    strictEqual((await rows()).length, 2);
  },
});
