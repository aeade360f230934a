import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareLedger } from '../tools/model/compare.js';
import { balances, FOLDER, lines, orders, rates, tails } from './fixtures/thousand-orders/read-sheets.js';
import { ThousandOrdersShop } from './fixtures/thousand-orders/thousand-orders-shop.js';
import { ENGINES } from './support/test-database.js';

const LONG_MS = 20 * 60_000;
const END_DAY = 158;

interface Happening {
  at: number;
  /** What HQ decides takes effect before what happens in the same minute. */
  first: number;
  play(shop: ThousandOrdersShop): Promise<void>;
}

function happenings(): Happening[] {
  const all: Happening[] = [
    ...rates.map((rate) => ({ at: rate.from, first: 0, play: (shop: ThousandOrdersShop) => shop.publishRate(rate) })),
    ...tails.map((tail) => ({ at: tail.from, first: 0, play: (shop: ThousandOrdersShop) => shop.publishTail(tail) })),
  ];
  for (const order of orders) {
    all.push({ at: order.at, first: 1, play: (shop) => shop.order(order) });
    if (order.receivedAt !== null) {
      all.push({ at: order.receivedAt, first: 2, play: (shop) => shop.receive(order.order) });
    }
    for (const refund of order.refunds) {
      all.push({ at: refund.at, first: 3, play: (shop) => shop.refund(order.order, refund) });
    }
  }
  return all.sort((a, b) => a.at - b.at || a.first - b.first);
}

interface Entry {
  orderLineId: string;
  payeeKind: 'guide' | 'store';
  baseFen: number;
  rateBps: number;
  postedFen: number;
  standingFen: number;
  tailFen: number;
}

async function entriesByLine(shop: ThousandOrdersShop): Promise<Map<string, Entry>> {
  const rows = await shop.database.query<Entry>(
    `SELECT orderLineId, payeeKind, baseFen, rateBps, postedFen, postedFen - reversedFen - lapsedFen AS standingFen, tailFen
     FROM commission_entries`,
  );
  return new Map(rows.map((row) => [`${row.orderLineId} ${row.payeeKind}`, row]));
}

describe('a thousand orders, computed by another hand', () => {
  it('is what the sheets’ script writes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mall-sheets-'));
    try {
      cpSync(join(FOLDER, 'generate.mjs'), join(folder, 'generate.mjs'));
      execFileSync(process.execPath, [join(folder, 'generate.mjs')]);
      const written = readdirSync(folder).filter((name) => name.endsWith('.csv'));
      expect(written.sort()).toEqual(
        readdirSync(FOLDER)
          .filter((name) => name.endsWith('.csv'))
          .sort(),
      );
      for (const name of written) {
        expect(readFileSync(join(folder, name), 'utf8')).toBe(readFileSync(join(FOLDER, name), 'utf8'));
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('has orders of every kind: discounts, refunds before and after finality, goodwill, tails that lapse', () => {
    expect(orders).toHaveLength(1_000);
    const late = orders.flatMap(({ receivedAt, refunds }) =>
      refunds.filter(({ at }) => receivedAt !== null && at >= receivedAt + 60 * 1_440),
    );
    const count = (some: (order: (typeof orders)[number]) => boolean): number => orders.filter(some).length;
    expect(late.length).toBeGreaterThan(20);
    expect(count(({ discountFen }) => discountFen > 0)).toBeGreaterThan(300);
    expect(count(({ refunds }) => refunds.some(({ goodwill }) => goodwill))).toBeGreaterThan(100);
    expect(count(({ refunds }) => refunds.length > 1)).toBeGreaterThan(100);
    expect(lines.filter(({ tailFen }) => tailFen > 0).length).toBeGreaterThan(300);
    expect(lines.filter(({ guideBps }) => guideBps === null).length).toBeGreaterThan(0);
  });
});

describe.each(ENGINES)('a thousand orders through the mall [%s]', (engine) => {
  let shop: ThousandOrdersShop;
  beforeAll(async () => {
    shop = await ThousandOrdersShop.open(engine);
    for (const happening of happenings()) {
      await shop.at(happening.at);
      await happening.play(shop);
    }
    await shop.at(END_DAY * 1_440);
  }, LONG_MS);
  afterAll(() => shop.close());

  it('R4.1 to R4.6, R5.3: every line has the base, rate and commission of the sheets, to the fen', async () => {
    const entries = await entriesByLine(shop);
    const found = lines.map(({ order, line, baseFen }) => {
      const id = shop.orderOf(order).lineIds[line] ?? '';
      const guide = entries.get(`${id} guide`);
      const store = entries.get(`${id} store`);
      return {
        order,
        line,
        baseFen: guide?.baseFen ?? baseFen,
        guideBps: guide?.rateBps ?? null,
        // A store without a share has no entry.
        storeBps: guide === undefined ? null : (store?.rateBps ?? 0),
        guidePostedFen: guide?.postedFen ?? 0,
        storePostedFen: store?.postedFen ?? 0,
        headFen: (guide?.standingFen ?? 0) - (guide?.tailFen ?? 0),
        tailFen: guide?.tailFen ?? 0,
        storeFen: store?.standingFen ?? 0,
      };
    });
    expect(found).toEqual(lines);
  });

  it('R5.1, R5.2: every guide and store has the balances of the sheets, to the fen', async () => {
    const rows = await shop.database.query<{ ownerKind: string; ownerId: string; bucket: string; balanceFen: number }>(
      'SELECT ownerKind, ownerId, bucket, balanceFen FROM ledger_balances WHERE balanceFen <> 0',
    );
    const names = new Map([...shop.ids].map(([name, id]) => [id, name]));
    const found = rows.map(({ ownerId, bucket, balanceFen }) => `${names.get(ownerId)} ${bucket} ${balanceFen}`);
    expect(found.sort()).toEqual([...balances].sort());
    expect(await compareLedger(shop)).toEqual([]);
  });

  it('R1.2: freight and discounts are those of the sheets', async () => {
    const rows = await shop.database.query<{ id: string; freightFen: number; discountFen: number }>(
      'SELECT id, freightFen, discountFen FROM orders',
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    const found = orders.map(({ order }) => {
      const { freightFen, discountFen } = byId.get(shop.orderOf(order).id) ?? {};
      return { order, freightFen, discountFen };
    });
    expect(found).toEqual(orders.map(({ order, freightFen, discountFen }) => ({ order, freightFen, discountFen })));
  });
});
