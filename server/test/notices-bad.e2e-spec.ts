import { Logger } from '@nestjs/common';
import { NOTICE_BENDS, type NoticeBend } from '../wechat-emulator/notice-bends.js';
import { expectLedgerExact, snapshot } from './support/e2e-invariants.js';
import { Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

/** What README.md documents. A notice that is well signed and does not fit is taken in, so that it is not repeated. */
const STATUS: Record<NoticeBend, number> = {
  wrong_key: 401,
  unknown_serial: 401,
  stale: 401,
  unsigned: 401,
  probe: 401,
  // No JSON any more: refused before anybody looks at its signature.
  truncated: 400,
  undecryptable: 401,
  oversized: 413,
  wrong_amount: 204,
  wrong_merchant: 401,
  wrong_appid: 401,
  wrong_payer: 204,
  unknown_number: 204,
};
/** What cannot be read is refused before our code sees it; the line of the request is what is said of it. */
const UNSEEN: readonly NoticeBend[] = ['oversized', 'truncated'];
/** The mall asks WeChat at once what is true, and may know it before this test looks. */
const ASKED_ABOUT: readonly NoticeBend[] = ['wrong_amount', 'wrong_payer'];

describe.each(ENGINES)('§5: bad notices [%s]', (engine) => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open(engine);
  });
  afterAll(() => shop.close());
  afterEach(() => jest.restoreAllMocks());

  const resend = (id: string, body: object) =>
    shop.mall.emulator.post<{ answer: number }>(`/control/notices/${id}/resend`, body);

  async function valuables(): Promise<object> {
    const { wechat_notices: _, ...rest } = await snapshot(shop);
    return rest;
  }

  it.each(NOTICE_BENDS)('answers one that is %s as documented, says so once, and changes nothing', async (bend) => {
    const person = await shop.newCustomer({ through: shop.guide.code });
    await shop.mall.emulator.post('/control/notices', { mode: 'hold' });
    const order = await shop.place(person, { SOCKS: 1 });
    await shop.pressPay(person, await shop.openPayment(person, order.id));
    const id = shop.mall.running.emulator.notices.all().at(-1)?.id ?? '';
    await shop.mall.settle();
    const before = await valuables();
    const said: unknown[] = [];
    for (const level of ['warn', 'error'] as const) {
      jest.spyOn(Logger.prototype, level).mockImplementation((...lines: unknown[]) => void said.push(lines));
    }
    expect((await resend(id, { bend })).answer).toBe(STATUS[bend]);
    expect(said.length).toBe(UNSEEN.includes(bend) ? 0 : 1);
    const openid = shop.mall.running.emulator.personas.named(person.persona)?.openid ?? 'nobody';
    expect(JSON.stringify(said)).not.toContain(openid);
    expect(JSON.stringify(said)).not.toContain('ciphertext');
    if (!ASKED_ABOUT.includes(bend)) expect(await valuables()).toEqual(before);
    expect(await shop.count('payments', `state = 'disputed'`)).toBe(0);
    jest.restoreAllMocks();
    // The true notice comes after all.
    expect((await resend(id, {})).answer).toBe(204);
    await shop.mall.settle();
    const [paid] = await shop.query(
      'SELECT o.state, p.amountFen FROM orders o JOIN payments p ON p.orderId = o.id WHERE o.id = ?',
      [order.id],
    );
    expect(paid).toEqual({ state: 'paid', amountFen: order.totalFen });
    await expectLedgerExact(shop);
  });
});
