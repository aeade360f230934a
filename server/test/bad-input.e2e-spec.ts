import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import type { CommissionReceipt } from '@mall/shared/guides';
import { HqRole } from '@mall/shared/hq';
import type { OrderDetail, Quote } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { HqUserEntity } from '../src/hq/users/hq-user.entity.js';
import { SessionStore } from '../src/platform/auth/session-store.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { expectProblem, type RawCall, send } from './support/e2e-http.js';
import { expectLedgerExact, expectStockExact, snapshot } from './support/e2e-invariants.js';
import { sendNotice } from './support/e2e-notice.js';
import { type Basket, type GuidePerson, type Person, Shop, UNSERVED_PROVINCE } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const ULID = '01ZZZZZZZZZZZZZZZZZZZZZZZZ';
const TEN_MEGABYTES = 10 * 1024 * 1024;

describe.each(ENGINES)('bad input over HTTP [%s]', (engine) => {
  let shop: Shop;
  let anna: Person;
  let berta: Person;
  /** Lives where nothing is delivered. */
  let far: Person;
  let otherGuide: GuidePerson;
  /** Anna's, paid and unpaid. */
  let paid: OrderDetail;
  let unpaid: OrderDetail;
  let couponId: string;
  let before: Record<string, string[]>;

  beforeAll(async () => {
    shop = await Shop.open(engine);
    anna = await shop.newCustomer({ through: shop.guide.code, joins: true });
    berta = await shop.newCustomer();
    far = await shop.newCustomer({ province: UNSERVED_PROVINCE });
    otherGuide = await shop.newGuide('王敏');
    couponId = await shop.grantCoupon(anna, { kind: 'amount_off', thresholdFen: 100, discountFen: 321 });
    paid = await shop.buy(anna, { SHIRT: 1, BAG: 1 });
    unpaid = await shop.place(anna, { SCARF: 1 });
  });
  afterAll(() => shop.close());
  beforeEach(async () => {
    before = await snapshot(shop);
  });
  /** Whatever a test of this file sends, nothing of value may move. */
  afterEach(async () => {
    expect(await snapshot(shop)).toEqual(before);
    await expectLedgerExact(shop);
    await expectStockExact(shop);
  });

  const call = (method: string, path: string, options: RawCall = {}) => send(shop.mall.apiUrl, method, path, options);
  const quote = (lines: unknown, extra: object = {}) =>
    call('POST', '/api/quotes', {
      token: berta.token,
      body: { lines, addressId: berta.addressId, couponIds: [], ...extra },
    });
  const place = (body: unknown, key: string | undefined = randomUUID(), person = berta) =>
    call('POST', '/api/orders', { token: person.token, key, body });
  const asHq = (method: string, path: string, body?: unknown, key?: string) =>
    call(method, path, { token: shop.hqToken, body, key });

  describe('share codes', () => {
    it.each([
      ['forged', 'ZZZZZZZZ'],
      ['empty', ''],
      ['too long to be one', 'X'.repeat(64)],
      ['hostile', "'; DROP TABLE touches; --"],
      ['full of control characters', '\u0000\u0007\u001b[31m'],
      ['in another script', '优惠码🎁'],
    ])('R2.2: a code that is %s opens the page without a guide and says nothing alarming', async (_, shareCode) => {
      const answer = await call('POST', '/api/touches', { token: berta.token, body: { shareCode, scene: 1007 } });
      expect(answer.body).toEqual({ guide: null, target: null });
      expect(answer.status).toBe(200);
    });

    it('C26: a code that is longer than any of ours is cut off by its size, not by its content', async () => {
      const body = { shareCode: 'X'.repeat(65), scene: 1007 };
      expectProblem(
        await call('POST', '/api/touches', { token: berta.token, body }),
        422,
        ProblemType.ValidationFailed,
      );
    });
  });

  describe('orders', () => {
    it.each([
      ['0', 0],
      ['-1', -1],
      ['a thousand million', 1_000_000_000],
      ['one and a half', 1.5],
      ['the text "2"', '2'],
      ['null', null],
      ['true', true],
      ['past every integer', 1e300],
      ['a list', [1]],
    ])('R7.4: a quantity of %s is a 422, to the quote and to the order', async (_, quantity) => {
      const lines = [{ skuId: shop.skus.SHIRT, quantity }];
      const refused = expectProblem(await quote(lines), 422, ProblemType.ValidationFailed);
      expect(refused.faults).toEqual(expect.arrayContaining([expect.objectContaining({ path: 'lines.0.quantity' })]));
      const { quoteHash } = await shop.quote(berta, { SHIRT: 1 });
      const order = { lines, addressId: berta.addressId, couponIds: [], quoteHash };
      expectProblem(await place(order), 422, ProblemType.ValidationFailed);
    });

    it.each<[string, Basket | string, number, ProblemType]>([
      ['unknown', `sku_${ULID}`, 404, ProblemType.SkuNotFound],
      ['unpublished', { HIDDEN: 1 }, 409, ProblemType.SkuUnavailable],
    ])('R7.4: a SKU that is %s is refused, to the quote and to the order', async (_, what, status, type) => {
      const lines = typeof what === 'string' ? [{ skuId: what, quantity: 1 }] : shop.lines(what);
      expectProblem(await quote(lines), status, type);
      const order = { lines, addressId: berta.addressId, couponIds: [], quoteHash: 'x'.repeat(32) };
      expectProblem(await place(order), status, type);
    });

    it.each<[string, Basket, number]>([
      ['sold out', { SOLDOUT: 1 }, 0],
      ['short by one', { RARE: 11 }, 10],
      ['sold out beside goods that are there', { SHIRT: 2, SOLDOUT: 1 }, 0],
    ])('R7.3: goods that are %s are a 409 that says what is left', async (_, basket, available) => {
      const body = await shop.placement(berta, basket);
      expect(expectProblem(await place(body), 409, ProblemType.StockInsufficient).available).toBe(available);
    });

    it('R7.4: one SKU on two lines, no lines and too many lines are a 422', async () => {
      const line = { skuId: shop.skus.BAG, quantity: 1 };
      for (const lines of [
        [line, line],
        [],
        Array.from({ length: 51 }, (_, n) => ({ skuId: `sku_${n}`, quantity: 1 })),
      ]) {
        expectProblem(await quote(lines), 422, ProblemType.ValidationFailed);
        const order = { lines, addressId: berta.addressId, couponIds: [], quoteHash: 'x' };
        expectProblem(await place(order), 422, ProblemType.ValidationFailed);
      }
    });

    it('D15, R7.4: a price, a guide or a discount that the phone sends along is refused as an unknown field', async () => {
      const body = await shop.placement(berta, { SHIRT: 1 });
      const line = { ...body.lines[0], unitPriceFen: 1 };
      for (const forged of [
        { ...body, guideId: otherGuide.guideId },
        { ...body, totalFen: 1 },
        { ...body, lines: [line] },
      ]) {
        expectProblem(await place(forged), 422, ProblemType.ValidationFailed);
      }
    });

    it('R7.2: an order without a key, with a short one or with one of odd characters is a 400', async () => {
      const body = await shop.placement(berta, { SHIRT: 1 });
      for (const key of ['', '1234567', 'x'.repeat(81), 'has a space in it']) {
        expectProblem(await place(body, key), 400, ProblemType.IdempotencyKeyMissing);
      }
      expectProblem(
        await call('POST', '/api/orders', { token: berta.token, body }),
        400,
        ProblemType.IdempotencyKeyMissing,
      );
    });

    it('R7.4: a made-up quote is a 409 with the true one', async () => {
      const body = { ...(await shop.placement(berta, { SHIRT: 1 })), quoteHash: 'made-up' };
      const { quote: fresh } = expectProblem(await place(body), 409, ProblemType.QuoteStale);
      expect(fresh).toEqual(await shop.quote(berta, { SHIRT: 1 }));
    });

    it('R7.4: an address without delivery is a 422', async () => {
      const body = { lines: shop.lines({ SHIRT: 1 }), addressId: far.addressId, couponIds: [] };
      const answer = await call('POST', '/api/quotes', { token: far.token, body });
      expectProblem(answer, 422, ProblemType.AddressNotServed);
      const order = { ...body, quoteHash: 'x' };
      expectProblem(await place(order, randomUUID(), far), 422, ProblemType.AddressNotServed);
    });
  });

  describe("other people's things", () => {
    const address = { recipient: '林小雨', phone: '13800138000', province: '上海市', city: '上海市' };
    const wholeAddress = { ...address, district: '静安区', detail: '1 号', isDefault: false };

    it('R7: an order of somebody else is not found, by whatever is asked or told of it', async () => {
      for (const id of [paid.id, unpaid.id, `ord_${ULID}`, 'x', '%00', "'%20OR%20'1'='1"]) {
        const paths: [string, string][] = [
          ['GET', ''],
          ['GET', '/payment'],
          ['POST', '/payment'],
          ['POST', '/cancel'],
          ['POST', '/receipt'],
        ];
        for (const [method, rest] of paths) {
          const answer = await call(method, `/api/orders/${id}${rest}`, { token: berta.token });
          expectProblem(answer, 404, ProblemType.NotFound);
        }
      }
      const list = await call('GET', '/api/orders', { token: berta.token });
      expect(list.body).toEqual({ items: [], nextCursor: null });
    });

    it('R2.6: an address of somebody else is not found, to change, to delete, to quote and to order', async () => {
      for (const id of [anna.addressId, `adr_${ULID}`]) {
        const path = `/api/me/addresses/${id}`;
        expect((await call('PUT', path, { token: berta.token, body: wholeAddress })).status).toBe(404);
        expect((await call('DELETE', path, { token: berta.token })).status).toBe(404);
        const lines = shop.lines({ SHIRT: 1 });
        expectProblem(await quote(lines, { addressId: id }), 404, ProblemType.AddressMissing);
        const { quoteHash } = await shop.quote(anna, { SHIRT: 1 });
        const order = { lines, addressId: id, couponIds: [], quoteHash };
        expectProblem(await place(order), 404, ProblemType.AddressMissing);
      }
    });

    it('R6.1: a coupon of somebody else is refused exactly as one that does not exist', async () => {
      const body = await shop.placement(berta, { SHIRT: 1 });
      const answers = [];
      for (const id of [couponId, `cpn_${ULID}`]) {
        const problem = expectProblem(await place({ ...body, couponIds: [id] }), 409, ProblemType.CouponNotApplicable);
        answers.push({ ...problem, couponId: null, instance: null });
        const quoted = (await quote(body.lines, { couponIds: [id] })).body as Quote;
        expect(quoted).toMatchObject({ discountFen: 0, coupons: [] });
      }
      expect(answers[0]).toEqual(answers[1]);
    });

    it('R5.6: a receipt of another guide is not found; customers have none', async () => {
      const [entry] = (await shop.entries(paid.id)).filter(({ payeeKind }) => payeeKind === 'guide');
      const [forStore] = (await shop.entries(paid.id)).filter(({ payeeKind }) => payeeKind === 'store');
      const path = `/api/guide/commissions/${entry?.id}`;
      expect((await call('GET', path, { token: shop.guide.token })).body as CommissionReceipt).toMatchObject({
        id: entry?.id,
      });
      expectProblem(await call('GET', path, { token: otherGuide.token }), 404, ProblemType.NotFound);
      expectProblem(await call('GET', path, { token: berta.token }), 403, ProblemType.NotGuide);
      const store = `/api/guide/commissions/${forStore?.id}`;
      expectProblem(await call('GET', store, { token: shop.guide.token }), 404, ProblemType.NotFound);
    });

    it('R8: a share link of another guide cannot be revoked', async () => {
      const path = `/api/guide/share-links/${shop.guide.code}/revoke`;
      expectProblem(await call('POST', path, { token: otherGuide.token, body: {} }), 404, ProblemType.NotFound);
      const opened = await call('POST', '/api/touches', {
        token: berta.token,
        body: { shareCode: shop.guide.code, scene: 1 },
      });
      expect(opened.body).toMatchObject({ guide: { name: '陈静' } });
    });

    it('R5.3: a refund that names a line of another order is not found and takes nothing', async () => {
      const lines = [
        { orderLineId: paid.lines[0]?.id, amountFen: 1 },
        { orderLineId: unpaid.lines[0]?.id, amountFen: 1 },
      ];
      const path = `/api/hq/orders/${paid.id}/refunds`;
      expectProblem(await asHq('POST', path, { lines, reason: '测试原因' }, randomUUID()), 404, ProblemType.NotFound);
    });

    it.each([
      [`/api/hq/orders/ord_${ULID}`, 'GET', undefined],
      [`/api/hq/orders/ord_${ULID}/attribution`, 'GET', undefined],
      [`/api/hq/commissions/cme_${ULID}`, 'GET', undefined],
      [`/api/hq/orders/ord_${ULID}/shipments`, 'POST', { carrier: 'SF', trackingNumber: 'SF12345' }],
      [`/api/hq/orders/ord_${ULID}/refunds`, 'POST', { lines: [], freightFen: 1, reason: '测试原因' }],
      [`/api/hq/skus/sku_${ULID}/stock-adjustments`, 'POST', { delta: 1, reason: '测试原因' }],
      [`/api/hq/products/prd_${ULID}/publish`, 'POST', {}],
      [`/api/hq/products/prd_${ULID}/unpublish`, 'POST', {}],
      [`/api/hq/guides/gde_${ULID}/suspend`, 'POST', { reason: '测试原因' }],
      [`/api/hq/guides/gde_${ULID}/leave`, 'POST', { reason: '测试原因' }],
      [`/api/hq/coupon-campaigns/cam_${ULID}/end`, 'POST', {}],
      [`/api/hq/coupon-campaigns/cam_${ULID}/arms`, 'GET', undefined],
      [`/api/hq/coupon-templates/cpt_${ULID}/grants`, 'POST', { memberId: `mem_${ULID}`, reason: '测试原因' }],
      ['/api/products/prd_unknown', 'GET', undefined],
      ['/api/codes/ZZZZZZZZ.png', 'GET', undefined],
    ])('R7: %s (%s) of nothing is a 404', async (path, method, body) => {
      const answer = await asHq(method, path, body, method === 'POST' ? randomUUID() : undefined);
      expect([ProblemType.NotFound, ProblemType.SkuNotFound]).toContain((answer.body as { type: string })?.type);
      expect(answer.status).toBe(404);
    });
  });

  describe('who may do what', () => {
    it('an expired or ended session is a 401 that says so; a garbage token is a 401 that asks to sign in', async () => {
      const guest = await shop.mall.emulator.post<{ code: string }>('/device/login-code', { persona: berta.persona });
      const session = await shop.mall.api.post<{ token: string; me: { id: string } }>('/api/sessions/wechat', guest);
      const me = () => call('GET', '/api/me', { token: session.token });
      expect((await me()).status).toBe(200);
      await shop.execute(
        'UPDATE sessions SET expiresAt = 1 WHERE subjectId = ? AND createdAt = (SELECT MAX(n.createdAt) FROM (SELECT createdAt FROM sessions WHERE subjectId = ?) n)',
        [berta.memberId, berta.memberId],
      );
      expectProblem(await me(), 401, ProblemType.SessionExpired);
      expectProblem(
        await call('POST', '/api/orders', { token: session.token, body: {} }),
        401,
        ProblemType.SessionExpired,
      );
      for (const token of ['x', 'x'.repeat(43), '../../etc/passwd', 'null', 'x'.repeat(8_000)]) {
        expectProblem(await call('GET', '/api/me', { token }), 401, ProblemType.NotAuthenticated);
      }
      for (const authorization of ['', 'Bearer', `Basic ${berta.token}`, `bearer ${berta.token}`, berta.token]) {
        const answer = await call('GET', '/api/me', { headers: { authorization } });
        expectProblem(answer, 401, ProblemType.NotAuthenticated);
      }
    });

    it('R2.6: roles of HQ reach what is theirs and nothing else; the owner reaches everything', async () => {
      const token = async (role: HqRole): Promise<string> => {
        const userId = `hqu_${role}`;
        const user = {
          id: userId,
          username: role,
          passwordHash: '-',
          hqRole: role,
          storeId: null,
          createdAt: 1,
          disabledAt: null,
        };
        const opened = await shop.mall.app.get(UnitOfWork).run(async (tx) => {
          await tx.insert(HqUserEntity, user);
          return shop.mall.app.get(SessionStore).open(tx, { kind: 'hq', userId });
        });
        return opened.token;
      };
      const { Operator, Finance, Auditor } = HqRole;
      const all: HqRole[] = [Operator, Finance, Auditor];
      const matrix: [string, string, readonly HqRole[]][] = [
        ['GET', '/api/hq/orders', all],
        ['GET', `/api/hq/orders/${paid.id}/attribution`, all],
        ['GET', '/api/hq/stock?skuIds=x', all],
        ['GET', '/api/hq/commission-rules', all],
        ['POST', '/api/hq/commission-rules', [Operator]],
        ['POST', `/api/hq/orders/${paid.id}/shipments`, [Operator]],
        ['POST', `/api/hq/orders/${paid.id}/refunds`, [Operator, Finance]],
        ['POST', '/api/hq/catalogue/imports', [Operator]],
        ['PUT', '/api/hq/freight-rules', [Operator]],
        ['POST', '/api/hq/stores', [Operator]],
        ['POST', '/api/hq/guide-invitations', [Operator]],
        ['POST', '/api/hq/coupon-campaigns', [Operator]],
        ['POST', `/api/hq/skus/${shop.skus.SHIRT}/stock-adjustments`, [Operator]],
        ['POST', `/api/hq/guides/${otherGuide.guideId}/suspend`, [Operator]],
        ['GET', '/api/hq/ledger/summary', [Finance, Auditor]],
        ['GET', '/api/hq/audit-log', [Auditor]],
      ];
      const wrong: string[] = [];
      for (const role of [...all, HqRole.Owner]) {
        const roleToken = await token(role);
        for (const [method, path, allowed] of matrix) {
          // An empty body: who may come in is told that it is incomplete, who may not is told nothing.
          const answer = await call(method, path, { token: roleToken, body: method === 'GET' ? undefined : {} });
          const mayCome = role === HqRole.Owner || allowed.includes(role);
          if ((answer.status === 403) === mayCome) wrong.push(`${role} ${method} ${path}: ${answer.status}`);
        }
      }
      expect(wrong).toEqual([]);
    });
  });

  describe('notices that are not WeChat’s', () => {
    const other = (): string => shop.mall.running.credentials.merchantSerial;

    it('R7.5: a good notice about an order that is not ours is taken and changes no order', async () => {
      expect((await sendNotice(shop)).status).toBe(204);
      before = { ...before, wechat_notices: (await snapshot(shop)).wechat_notices ?? [] };
    });

    it.each<[string, () => Parameters<typeof sendNotice>[1], string]>([
      ['without a signature', () => ({ headers: { 'Wechatpay-Signature': undefined } }), 'missing_header'],
      ['with a wrong signature', () => ({ headers: { 'Wechatpay-Signature': 'AAAA' } }), 'bad_signature'],
      [
        'with a probe signature',
        () => ({ headers: { 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/x' } }),
        'bad_signature',
      ],
      ['changed under way', () => ({ tamper: (body) => body.replace('成功', '失败') }), 'bad_signature'],
      ['with a byte more', () => ({ tamper: (body) => `${body} ` }), 'bad_signature'],
      ['signed ten minutes ago', () => ({ lateBySeconds: 600 }), 'stale'],
      ['signed in the future', () => ({ lateBySeconds: -600 }), 'stale'],
      ['under an unknown serial', () => ({ headers: { 'Wechatpay-Serial': other() } }), 'unknown_serial'],
      ['that cannot be decrypted', () => ({ apiV3Key: '0123456789abcdef0123456789abcdef' }), 'undecryptable'],
      ['of another merchant', () => ({ resource: { mchid: '1900000001' } }), 'foreign_merchant'],
      ['of another app', () => ({ resource: { appid: 'wx0000000000000000' } }), 'foreign_merchant'],
      ['without content', () => ({ envelope: { resource: undefined } }), 'malformed'],
      ['with half a transaction', () => ({ resource: { out_trade_no: undefined, amount: undefined } }), 'malformed'],
    ])('R7.5: a notice %s is a 401 and changes nothing', async (_, bend, reason) => {
      const answer = await sendNotice(shop, bend());
      expect(expectProblem(answer, 401, ProblemType.SignatureInvalid).reason).toBe(reason);
    });

    it('R7.5: a notice that is cut off or empty is a 400 before anybody looks at its signature', async () => {
      const cut = await sendNotice(shop, { tamper: (body) => body.slice(0, -20) });
      expectProblem(cut, 400, ProblemType.MalformedRequest);
      for (const content of ['', '{', 'a=b']) {
        const answer = await call('POST', '/api/wechat/pay-notices', { raw: { type: 'application/json', content } });
        expectProblem(answer, 400, ProblemType.MalformedRequest);
      }
      for (const content of ['null', '[]', '"x"', '{}']) {
        const answer = await call('POST', '/api/wechat/pay-notices', { raw: { type: 'application/json', content } });
        expectProblem(answer, 401, ProblemType.SignatureInvalid);
      }
      expectProblem(await call('POST', '/api/wechat/pay-notices'), 401, ProblemType.SignatureInvalid);
    });
  });

  describe('bodies', () => {
    /** By hand: the server may answer and hang up before it has read ten megabytes. */
    const sendBig = (path: string, token: string | null, chunked: boolean) =>
      new Promise<{ status: number; body: string }>((resolve, reject) => {
        const content = Buffer.from(JSON.stringify({ remark: 'x'.repeat(TEN_MEGABYTES) }));
        const headers: Record<string, string> = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
        if (token !== null) headers.authorization = `Bearer ${token}`;
        if (!chunked) headers['content-length'] = String(content.length);
        const sent = request(shop.mall.apiUrl + path, { method: 'POST', headers }, (answer) => {
          let body = '';
          answer.on('data', (piece: Buffer) => {
            body += piece.toString();
          });
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
        });
        sent.on('error', reject);
        sent.end(content);
      });

    it.each([
      ['/api/orders', 'customer', false],
      ['/api/quotes', 'customer', true],
      ['/api/touches', 'customer', false],
      ['/api/me/addresses', 'customer', false],
      ['/api/sessions/wechat', 'nobody', false],
      ['/api/hq/sessions', 'nobody', true],
      ['/api/hq/stores', 'hq', false],
      ['/api/wechat/pay-notices', 'nobody', false],
      ['/api/wechat/pay-notices', 'nobody', true],
    ])('ten megabytes to %s by a %s (chunked: %s) are a 413', async (path, who, chunked) => {
      const token = who === 'customer' ? berta.token : who === 'hq' ? shop.hqToken : null;
      const { status, body } = await sendBig(path, token, chunked);
      expect(status).toBe(413);
      expect(JSON.parse(body)).toMatchObject({ type: ProblemType.PayloadTooLarge, status: 413 });
    });

    it.each<[string, RawCall['raw'], number, ProblemType]>([
      ['is no JSON', { type: 'application/json', content: '{"lines":' }, 400, ProblemType.MalformedRequest],
      ['is empty', { type: 'application/json', content: '' }, 400, ProblemType.MalformedRequest],
      [
        'poisons prototypes',
        { type: 'application/json', content: '{"__proto__":{"x":1}}' },
        400,
        ProblemType.MalformedRequest,
      ],
      ['is plain text', { type: 'text/plain', content: '{"lines":[]}' }, 415, ProblemType.UnsupportedMediaType],
      ['is XML', { type: 'application/xml', content: '<a/>' }, 415, ProblemType.UnsupportedMediaType],
      ['is null', { type: 'application/json', content: 'null' }, 422, ProblemType.ValidationFailed],
      ['is a list', { type: 'application/json', content: '[]' }, 422, ProblemType.ValidationFailed],
      ['is a number', { type: 'application/json', content: '7' }, 422, ProblemType.ValidationFailed],
      ['has none of the fields', { type: 'application/json', content: '{}' }, 422, ProblemType.ValidationFailed],
      [
        'has a field too many',
        { type: 'application/json', content: '{"shareCode":"A","scene":1,"guideId":"x"}' },
        422,
        ProblemType.ValidationFailed,
      ],
    ])('a body that %s is refused with its type', async (_, raw, status, type) => {
      expectProblem(await call('POST', '/api/touches', { token: berta.token, raw }), status, type);
    });

    it('a file that is no product CSV is refused whole', async () => {
      for (const content of ['', 'hello', 'a,b\n1,2\n', '\u0000\u0001\u0002', 'x'.repeat(100_000)]) {
        const answer = await call('POST', '/api/hq/catalogue/imports', {
          token: shop.hqToken,
          raw: { type: 'text/csv', content },
        });
        expect([400, 422]).toContain(answer.status);
        expect([ProblemType.CatalogueFileRefused, ProblemType.MalformedRequest]).toContain(
          (answer.body as { type: string }).type,
        );
      }
    });

    it.each([
      '/nowhere',
      '/api/nowhere',
      '/api/orders/%E0%A4%A',
      '/media/../../etc/passwd',
      '/media/%2e%2e%2f%2e%2e%2fetc/passwd',
      '/media/none.png',
    ])('the address %s is a 4xx problem', async (path) => {
      const answer = await call('GET', path);
      expect([400, 403, 404]).toContain(answer.status);
      expect(answer.type).toContain('application/problem+json');
    });
  });
});
