import type { AccountClosurePreview, DataExport, DataExportContent } from '@mall/shared/privacy';
import { ProblemType } from '@mall/shared/problems';
import { SealedText } from '../src/platform/crypto/sealed-text.js';
import { expectProblem, send } from './support/e2e-http.js';
import { expectLedgerExact } from './support/e2e-invariants.js';
import { type Person, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

describe.each(ENGINES)('my data and the end of my account over HTTP [%s]', (engine) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open(engine);
  });
  afterAll(() => shop.close());

  const codeOf = async (persona: string): Promise<string> =>
    (await shop.mall.emulator.post<{ code: string }>('/device/login-code', { persona })).code;
  const close = (person: Person, code: string) =>
    send(shop.mall.apiUrl, 'POST', '/api/me/account-closure', { token: person.token, body: { code, confirmed: true } });
  const preview = (person: Person) => shop.mall.api.get<AccountClosurePreview>('/api/me/account-closure', person.token);

  async function completed(): Promise<{ person: Person; orderId: string }> {
    const person = await shop.newCustomer({ through: shop.guide.code, joins: true });
    const { id } = await shop.buy(person, { SHIRT: 1 });
    await shop.ship(id);
    await shop.receive(person, id);
    await shop.advance({ days: 8 });
    await shop.mall.settle();
    return { person: { ...person, token: (await signInAgain(person)).token }, orderId: id };
  }
  const signInAgain = async (person: Person) =>
    shop.mall.api.post<{ token: string; me: { id: string } }>('/api/sessions/wechat', {
      code: await codeOf(person.persona),
    });

  it('§8: a copy holds what every room knows of her, once a day, and nobody else reads it', async () => {
    const { person } = await completed();
    const asked = await shop.mall.api.call<DataExport>('POST', '/api/me/data-exports', {
      token: person.token,
      body: {},
      expect: [202],
    });
    await shop.mall.settle();
    const { id } = (asked as { body: DataExport }).body;
    const content = await shop.mall.api.get<DataExportContent>(`/api/me/data-exports/${id}/content`, person.token);
    const titles = content.sections.filter(({ items }) => items.length > 0).map(({ title }) => title);
    expect(titles).toEqual(
      expect.arrayContaining([
        '我的资料',
        '微信账号',
        '收货地址',
        '同意记录',
        '订单',
        '为我服务的导购',
        '通过分享进入的记录',
      ]),
    );
    const text = JSON.stringify(content);
    expect(text).toContain('南京西路 1 号');
    const [{ openid } = { openid: '' }] = await shop.query<{ openid: string }>(
      'SELECT openid FROM member_identities WHERE memberId = ?',
      [person.memberId],
    );
    expect(openid).not.toBe('');
    expect(text).not.toContain(openid);
    const path = `/api/me/data-exports/${id}/content`;
    const other = await shop.newCustomer();
    expectProblem(await send(shop.mall.apiUrl, 'GET', path, { token: other.token }), 404, ProblemType.NotFound);
    const again = await send(shop.mall.apiUrl, 'POST', '/api/me/data-exports', { token: person.token, body: {} });
    expectProblem(again, 429, ProblemType.RateLimited);
  });

  it('§8: an account with an order under way stays open, and says what to do', async () => {
    const person = await shop.newCustomer({ joins: true });
    await shop.place(person, { SOCKS: 1 });
    expect((await preview(person)).obstacles).toEqual(['有 1 个订单还没有付款，请先付款或取消']);
    const answer = await close(person, await codeOf(person.persona));
    expectProblem(answer, 409, ProblemType.AccountNotClosable);
    expect(await shop.count('account_closures', 'memberId = ?', [person.memberId])).toBe(0);
    expect(await shop.count('members', 'id = ? AND closedAt IS NULL', [person.memberId])).toBe(1);
  });

  it('§8: a guide who sells or has money under way keeps her account', async () => {
    const { obstacles } = await preview(shop.guide);
    expect(obstacles.some((sentence) => sentence.includes('佣金账户'))).toBe(true);
    expect(obstacles.at(-1)).toContain('您还是导购');
  });

  it("§8: only she closes it: another person's login code is refused", async () => {
    const person = await shop.newCustomer({ joins: true });
    const other = await shop.newCustomer();
    expectProblem(await close(person, await codeOf(other.persona)), 403, ProblemType.Forbidden);
  });

  it('§8: a closed account tells nobody who she was, its order keeps its numbers, and signing in makes somebody new', async () => {
    const { person, orderId } = await completed();
    const sums = () => shop.query('SELECT totalFen, refundedFen, state, memberId FROM orders WHERE id = ?', [orderId]);
    const before = await sums();
    expect((await close(person, await codeOf(person.persona))).status).toBe(204);
    const [row] = await shop.query(
      'SELECT unionid, nickname, phoneSealed, phoneHash, phoneTail FROM members WHERE id = ?',
      [person.memberId],
    );
    expect(row).toEqual({ unionid: null, nickname: null, phoneSealed: null, phoneHash: null, phoneTail: null });
    for (const table of ['member_identities', 'addresses', 'data_exports']) {
      expect([table, await shop.count(table, 'memberId = ?', [person.memberId])]).toEqual([table, 0]);
    }
    const [order] = await shop.query<{ addressSealed: string }>('SELECT addressSealed FROM orders WHERE id = ?', [
      orderId,
    ]);
    expect(shop.mall.app.get(SealedText).open(order?.addressSealed ?? '')).toBe('null');
    expect(await shop.count('payments', `orderId = ? AND payerOpenid <> ''`, [orderId])).toBe(0);
    expect(await sums()).toEqual(before);
    expect((await send(shop.mall.apiUrl, 'GET', '/api/me', { token: person.token })).status).toBe(401);
    expect((await signInAgain(person)).me.id).not.toBe(person.memberId);
    const history = await shop.hqGet<{ nicknameMasked: string }>(`/api/hq/members/${person.memberId}/bindings`);
    expect(history.nicknameMasked).toBe('已注销用户');
    await expectLedgerExact(shop);
  });

  it('§8: erasing goes on after a crash between the rooms, and ends', async () => {
    const { person, orderId } = await completed();
    // What a crash right after the first transaction leaves: closed, and nothing erased in the rooms above.
    await shop.execute('UPDATE members SET closedAt = 1 WHERE id = ?', [person.memberId]);
    await shop.execute(
      `INSERT INTO account_closures (id, memberId, state, closedAt, recordedAt, dueAt, runs, doneAt)
       VALUES ('acl_crashed', ?, 'erasing', 1, 1, 1, 0, NULL)`,
      [person.memberId],
    );
    await shop.mall.settle();
    expect(await shop.count('account_closures', `id = 'acl_crashed' AND state = 'done'`)).toBe(1);
    expect(await shop.count('addresses', 'memberId = ?', [person.memberId])).toBe(0);
    expect(await shop.count('payments', `orderId = ? AND payerOpenid <> ''`, [orderId])).toBe(0);
  });
});
