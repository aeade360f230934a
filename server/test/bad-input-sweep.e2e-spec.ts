import { randomUUID } from 'node:crypto';
import type { OrderDetail, Quote } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { expectProblem, type RawAnswer, send } from './support/e2e-http.js';
import { expectLedgerExact, expectStockExact, snapshot } from './support/e2e-invariants.js';
import { type Person, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
}
interface Operation {
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
interface Route {
  method: string;
  path: string;
  query: string[];
  fields: string[];
}

const NOISE: readonly unknown[] = [
  null,
  '',
  ' ',
  -1,
  0.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  true,
  [],
  [null],
  [[[[]]]],
  {},
  { kind: 'any', id: {} },
  { length: 1e9 },
  "' OR '1'='1'; DROP TABLE orders; --",
  '\u0000\u0001\u001b[2J',
  '\ud800',
  'A'.repeat(5_000),
  '{{7*7}}<script>alert(1)</script>',
  '../../../../etc/passwd',
  '🎁'.repeat(300),
];
const QUERY_NOISE = ['', '%00', '-1', '1e400', "'%20OR%201=1--", '%F0%9F%8E%81', 'x'.repeat(2_000), 'null', '%5B%5D'];
const ID_NOISE = [
  'x',
  '%00',
  '0',
  "'%20OR%20'1'='1",
  '%F0%9F%8E%81',
  '..%2f..%2fetc',
  'ord_01ZZZZZZZZZZZZZZZZZZZZZZZZ',
  'x'.repeat(300),
];

const AT_ONCE = 8;

const nested = (depth: number): unknown => {
  let value: unknown = 'end';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { lines: value };
  return value;
};

/** The body with each of its fields, at any depth, replaced by each piece of noise in turn. */
function variations(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const copy = (name: string, member: unknown): unknown =>
    Array.isArray(value) ? Object.assign([...value], { [name]: member }) : { ...value, [name]: member };
  return Object.entries(value).flatMap(([name, member]) => [
    ...NOISE.map((noise) => copy(name, noise)),
    ...variations(member).map((varied) => copy(name, varied)),
  ]);
}

/** What the API's own documents say there is. */
async function documentedRoutes(shop: Shop): Promise<Route[]> {
  const docs = await shop.mall.api.get<{
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, Schema> };
  }>('/docs-json');
  return Object.entries(docs.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => {
      const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
      const name = schema?.$ref?.split('/').at(-1) ?? '';
      return {
        method: method.toUpperCase(),
        path,
        query: parameters.filter((each) => each.in === 'query').map((each) => each.name),
        fields: Object.keys(docs.components.schemas[name]?.properties ?? {}),
      };
    }),
  );
}

const isPublic = (path: string): boolean =>
  !path.startsWith('/api/') ||
  /^\/api\/(sessions\/wechat|hq\/sessions$|brands|categories|products|skus|shop-front|codes|posters|client-config|demo|wechat|wecom|privacy\/policy)/.test(
    path,
  );

describe.each(ENGINES)('every documented route [%s]', (engine) => {
  let shop: Shop;
  let routes: Route[];
  let person: Person;

  beforeAll(async () => {
    shop = await Shop.open(engine);
    routes = await documentedRoutes(shop);
    person = await shop.newCustomer({ through: shop.guide.code });
  });
  afterAll(() => shop.close());

  const fill = (path: string, id: string): string => path.replace(/\{\w+\}/g, id);
  const tokenFor = (path: string): string => (path.startsWith('/api/hq') ? shop.hqToken : shop.guide.token);
  const probe = ({ method }: Route, path: string, body: unknown, token?: string): Promise<RawAnswer> =>
    send(shop.mall.apiUrl, method, path, { token, key: randomUUID(), body: method === 'GET' ? undefined : body });

  /** Null when the answer is fit to be seen, else what is wrong with it. */
  function faultIn(answer: RawAnswer): string | null {
    if (answer.status < 400) return null;
    const type = (answer.body as { type?: string } | null)?.type;
    const isTyped =
      answer.type.includes('application/problem+json') && Object.values<unknown>(ProblemType).includes(type);
    return answer.status < 500 && isTyped ? null : `${answer.status} ${answer.text.slice(0, 200)}`;
  }

  async function faultsOf(route: Route, tries: readonly [path: string, body: unknown][]): Promise<string[]> {
    const token = tokenFor(route.path);
    const faults: string[] = [];
    for (let start = 0; start < tries.length; start += AT_ONCE) {
      const batch = tries.slice(start, start + AT_ONCE).map(async ([path, body]) => {
        const fault = faultIn(await probe(route, path, body, token));
        const text = JSON.stringify(body)?.slice(0, 200);
        if (fault !== null) faults.push(`${route.method} ${path.slice(0, 200)} ${text} → ${fault}`);
      });
      await Promise.all(batch);
    }
    return faults;
  }

  /** Signing out would end the sweep. */
  const swept = (): Route[] => routes.filter(({ path }) => !path.endsWith('/sessions/current'));

  it('is closed to strangers, to customers at headquarters and to headquarters among customers', async () => {
    expect(routes.length).toBeGreaterThan(50);
    const wrong: string[] = [];
    for (const route of swept().filter(({ path }) => !isPublic(path))) {
      const path = fill(route.path, 'x');
      const foreign = route.path.startsWith('/api/hq') ? person.token : shop.hqToken;
      const stranger = await probe(route, path, {});
      const other = await probe(route, path, {}, foreign);
      if (stranger.status !== 401 || other.status !== 403)
        wrong.push(`${route.method} ${path}: ${stranger.status}, ${other.status}`);
      if (faultIn(stranger) !== null || faultIn(other) !== null) wrong.push(`${route.method} ${path}: untyped`);
    }
    expect(wrong).toEqual([]);
  });

  it('answers garbage in its address and its query with a typed 4xx, never with a 5xx', async () => {
    const faults: string[] = [];
    for (const route of swept()) {
      const ids = route.path.includes('{') ? ID_NOISE : ['x'];
      const paths = ids.map((id) => fill(route.path, id));
      const base = fill(route.path, 'x');
      for (const name of route.query) {
        paths.push(...QUERY_NOISE.map((noise) => `${base}?${name}=${noise}`));
        paths.push(`${base}?${name}=a&${name}=b`, `${base}?${name}[a]=b`, `${base}?${name}[]=`);
      }
      paths.push(`${base}?__proto__=1&constructor=2`, `${base}?${'a=1&'.repeat(500)}`);
      faults.push(
        ...(await faultsOf(
          route,
          paths.map((path) => [path, {}]),
        )),
      );
    }
    expect(faults).toEqual([]);
  });

  it('answers garbage in its body with a typed 4xx, never with a 5xx', async () => {
    const faults: string[] = [];
    for (const route of swept().filter(({ method }) => method !== 'GET')) {
      const path = fill(route.path, 'x');
      const bodies: unknown[] = [...NOISE, nested(60), nested(2_000)];
      bodies.push(...NOISE.map((noise) => Object.fromEntries(route.fields.map((field) => [field, noise]))));
      faults.push(
        ...(await faultsOf(
          route,
          bodies.map((body) => [path, body]),
        )),
      );
    }
    expect(faults).toEqual([]);
  });

  it('answers one bad field in an otherwise good body with a typed 4xx, never with a 5xx', async () => {
    const order = await shop.buy(person, { SHIRT: 1, BAG: 2 });
    const any = { kind: 'any' };
    const coupon = { name: '券', kind: 'amount_off', thresholdFen: 100, discountFen: 50, validDays: 3 };
    const rule = { provinces: [], name: '快递', freightFen: 1_200, freeFromFen: null, served: true };
    const place = { province: '上海市', city: '上海市', district: '静安区', detail: '1 号' };
    const rate = { productScope: any, sellerScope: any, guideBps: 1, storeBps: 1, reason: '测试' };
    const good: [method: string, path: string, body: Record<string, unknown>][] = [
      ['POST', '/api/quotes', { lines: shop.lines({ SHIRT: 1 }), addressId: shop.guide.addressId, couponIds: [] }],
      ['POST', '/api/orders', { ...(await shop.placement(shop.guide, { SHIRT: 1 })), remark: '快' }],
      ['POST', '/api/me/addresses', { recipient: '林', phone: '13800138000', ...place, isDefault: false }],
      ['POST', '/api/touches', { shareCode: 'A', scene: 1007 }],
      ['POST', `/api/hq/orders/${order.id}/refunds`, { lines: [{ orderLineId: 'x', amountFen: 1 }], reason: '测试' }],
      ['POST', `/api/hq/orders/${order.id}/shipments`, { carrier: 'SF', trackingNumber: 'SF12345' }],
      ['PUT', '/api/hq/freight-rules', { rules: [rule] }],
      ['POST', '/api/hq/stores', { code: 'X-1', name: '店', type: 'direct', province: '上海市', city: '上海市' }],
      ['POST', '/api/hq/guide-invitations', { storeId: shop.store.id, guideName: '王', tier: 'a' }],
      ['POST', '/api/hq/commission-rules', rate],
      ['POST', '/api/hq/coupon-campaigns', { name: '活动', trigger: 'received', holdoutBps: 0, coupon }],
      ['POST', `/api/hq/skus/${shop.skus.BAG}/stock-adjustments`, { delta: 1, reason: '测试' }],
    ];
    const faults: string[] = [];
    for (const [method, path, body] of good) {
      const route = { method, path, query: [], fields: [] };
      const bodies = variations(body).map((each): [string, unknown] => [path, each]);
      faults.push(...(await faultsOf(route, bodies)));
    }
    expect(faults).toEqual([]);
  });

  it('left the shop in order after all that', async () => {
    await shop.mall.settle();
    await expectLedgerExact(shop);
    await expectStockExact(shop);
    const rules = [{ provinces: [], name: '普通快递', freightFen: 1_200, freeFromFen: null, served: true }];
    await shop.mall.api.call('PUT', '/api/hq/freight-rules', { body: { rules }, token: shop.hqToken });
    expect((await shop.buy(person, { SHIRT: 1 })).state).toBe('paid');
  });
});

describe.each(ENGINES)('what has changed meanwhile [%s]', (engine) => {
  let shop: Shop;
  let person: Person;

  beforeAll(async () => {
    shop = await Shop.open(engine);
    person = await shop.newCustomer();
  });
  afterAll(() => shop.close());

  const place = (body: unknown, key: string = randomUUID()) =>
    send(shop.mall.apiUrl, 'POST', '/api/orders', { token: person.token, key, body });

  async function setPrice(handle: string, code: string, yuan: string): Promise<void> {
    const head =
      'Handle,Title,Vendor,Type,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price';
    const content = `${head}\n${handle},羊毛围巾,山屋,配件,true,Title,Default Title,${code},500,${yuan}`;
    const text = { type: 'text/csv', content };
    await shop.mall.api.call('POST', '/api/hq/catalogue/imports', { text, token: shop.hqToken });
  }

  it('R7.4: a price that rose after the quote is a 409 with the new quote, by which the order can be placed', async () => {
    const body = await shop.placement(person, { SCARF: 2 });
    await setPrice('wool-scarf', 'SCARF', '123.45');
    const before = await snapshot(shop);
    const stale = expectProblem(await place(body), 409, ProblemType.QuoteStale);
    expect(await snapshot(shop)).toEqual(before);
    const fresh = stale.quote as Quote;
    expect(fresh).toMatchObject({ goodsFen: 24_690, totalFen: 24_690 + 1_200 });
    const placed = await place({ ...body, quoteHash: fresh.quoteHash });
    expect(placed.body).toMatchObject({ totalFen: 25_890, state: 'created' });
    await setPrice('wool-scarf', 'SCARF', '100.00');
    expect((await shop.order(person, (placed.body as OrderDetail).id)).totalFen).toBe(25_890);
  });

  it('R7.4: goods that were taken off the shelf after the quote are a 409', async () => {
    const body = await shop.placement(person, { SOCKS: 1 });
    const detail = (await shop.quote(person, { SOCKS: 1 })).lines[0];
    await shop.hq(`/api/hq/products/${detail?.productId}/unpublish`);
    expectProblem(await place(body), 409, ProblemType.SkuUnavailable);
    await shop.hq(`/api/hq/products/${detail?.productId}/publish`);
    expect((await place(body)).status).toBe(201);
  });

  it('R7.2: a key that comes back with another body is a 409, with the same body the same order, in any order of its fields', async () => {
    const body = await shop.placement(person, { SHIRT: 1 });
    const key = randomUUID();
    const made = (await place(body, key)).body as OrderDetail;
    const other = await shop.placement(person, { SHIRT: 2 });
    const before = await snapshot(shop);
    expectProblem(await place(other, key), 409, ProblemType.IdempotencyKeyReused);
    const turned = Object.fromEntries(Object.entries(body).reverse());
    expect(((await place(turned, key)).body as OrderDetail).id).toBe(made.id);
    expect(await snapshot(shop)).toEqual(before);
    const somebody = await shop.newCustomer();
    const theirs = await shop.placement(somebody, { SHIRT: 1 });
    const own = await send(shop.mall.apiUrl, 'POST', '/api/orders', { token: somebody.token, key, body: theirs });
    expect(own.status).toBe(201);
  });

  it('R7.2: a refused order leaves its key free for the corrected one', async () => {
    const good = await shop.placement(person, { BAG: 1 });
    const key = randomUUID();
    expectProblem(await place({ ...good, quoteHash: 'stale' }, key), 409, ProblemType.QuoteStale);
    expect((await place(good, key)).status).toBe(201);
  });

  it('R3.3, C26: a revoked card opens its page without the guide, and the order is nobody’s', async () => {
    const link = await shop.share(shop.guide.token);
    await shop.mall.api.post(`/api/guide/share-links/${link.code}/revoke`, {}, shop.guide.token);
    const visitor = await shop.newCustomer();
    expect(await shop.touch(visitor, link.code)).toEqual({ guide: null, target: { kind: 'home', id: null } });
    const order = await shop.buy(visitor, { BAG: 1 });
    expect(order.attribution.guide).toBeNull();
    expect(await shop.entries(order.id)).toEqual([]);
  });
});
