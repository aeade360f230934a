import type { OpenAPIObject } from '@nestjs/swagger';
import { send } from './support/e2e-http.js';
import { Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

describe.each(ENGINES)('what a guide sees of customers (R2.6) [%s]', (engine) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open(engine);
  });
  afterAll(() => shop.close());

  it("no answer of a guide's endpoints holds a number, a recipient, an address or an account", async () => {
    const person = await shop.newCustomer({ through: shop.guide.code, joins: true });
    const order = await shop.buy(person, { SHIRT: 1 });
    const [entry] = await shop.query<{ id: string }>('SELECT id FROM commission_entries WHERE orderId = ?', [order.id]);
    const ids: Record<string, string> = {
      '/api/guide/orders/{id}': order.id,
      '/api/guide/orders/{orderId}': order.id,
      '/api/guide/commissions/{id}': entry?.id ?? '',
      '/api/guide/statements/{month}': new Date(await shop.now()).toISOString().slice(0, 7),
    };
    const document = await shop.mall.api.get<OpenAPIObject>('/docs-json');
    const paths = Object.entries(document.paths).filter(([path, item]) => path.startsWith('/api/guide') && item.get);
    const answers: { path: string; status: number; text: string }[] = [];
    for (const [path] of paths) {
      const filled = path.replace(/\{\w+\}/, ids[path] ?? order.id);
      const answer = await send(shop.mall.apiUrl, 'GET', filled, { token: shop.guide.token });
      answers.push({ path, status: answer.status, text: JSON.stringify(answer) });
    }
    const read = answers.filter(({ status }) => status === 200).map(({ path }) => path);
    expect(read).toEqual(
      expect.arrayContaining(['/api/guide/customers', '/api/guide/orders', '/api/guide/commissions']),
    );
    expect(read.length).toBeGreaterThan(8);
    const accounts = await shop.query<{ openid: string }>('SELECT openid FROM member_identities WHERE memberId = ?', [
      person.memberId,
    ]);
    const needles = ['林小雨', '13800138000', '南京西路', ...accounts.map(({ openid }) => openid)];
    expect(needles).toHaveLength(4);
    for (const { path, text } of answers) {
      for (const needle of needles) expect([path, text.includes(needle)]).toEqual([path, false]);
      // Her verified number, which the fixture draws: nothing of eleven digits may stand there but a tail of four.
      expect([path, /\b1[3-9]\d{9}\b/.exec(text)?.[0] ?? null]).toEqual([path, null]);
    }
  });
});
