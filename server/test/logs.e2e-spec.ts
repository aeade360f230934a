import { createPino } from '../src/platform/logging/logger.js';
import { send } from './support/e2e-http.js';
import { Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';
import { startTestMall } from './support/test-mall.js';

describe.each(ENGINES)('logs and events without personal data (§8) [%s]', (engine) => {
  const lines: string[] = [];
  let shop: Shop;
  beforeAll(async () => {
    const logger = createPino('trace', { write: (line: string) => void lines.push(line) });
    shop = await Shop.openIn(await startTestMall(engine, { LOG_LEVEL: 'trace' }, undefined, logger));
  });
  afterAll(() => shop.close());

  it('a whole journey, refusals and faults included, leaves no number, name, address, account or token', async () => {
    const person = await shop.newCustomer({ through: shop.guide.code, joins: true });
    const { apiUrl } = shop.mall;
    const token = person.token;
    const { id } = await shop.buy(person, { SHIRT: 1 });
    await shop.ship(id);
    await shop.receive(person, id);
    await shop.refund(id, { lines: [], freight: true, goodwill: true } as never).catch(() => undefined);
    // Refused, unreadable, unknown and failing requests, each of which carries something personal.
    const body = { recipient: '林小雨', phone: '13800138000', detail: '南京西路 1 号' };
    await send(apiUrl, 'POST', '/api/me/addresses', { token, body });
    await send(apiUrl, 'PUT', '/api/me/nickname', { token, body: { nickname: '林小雨爱花' } });
    await shop.mall.emulator.post('/control/faults', { kind: 'refuse', path: '/wxa/msg_sec_check' });
    await send(apiUrl, 'PUT', '/api/me/nickname', { token, body: { nickname: '林小雨爱海' } });
    await send(apiUrl, 'GET', `/api/products?q=${encodeURIComponent('林小雨 13800138000')}`, { token });
    await send(apiUrl, 'GET', `/api/orders/${encodeURIComponent('13800138000')}`, { token });
    await send(apiUrl, 'POST', '/api/sessions/wechat', { body: { code: 'code-of-林小雨' } });
    await fetch(`${apiUrl}/api/me/addresses`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{"recipient":"林小雨","phone":"13800138000",',
    });
    // The database refuses: what was sealed cannot be opened, and the request is a 500.
    await shop.execute(`UPDATE addresses SET personSealed = 'v1.13800138000' WHERE memberId = ?`, [person.memberId]);
    expect((await send(apiUrl, 'GET', '/api/me/addresses', { token })).status).toBe(500);
    await shop.mall.settle();

    const identities = await shop.query<{ openid: string }>('SELECT openid FROM member_identities');
    const accounts = identities.map(({ openid }) => openid);
    const needles = ['林小雨', '13800138000', '南京西路', token, shop.hqToken, shop.mall.hqPassword, ...accounts];
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.some((line) => line.includes('"status":500') || line.includes('"statusCode":500'))).toBe(true);
    const said = lines.join('');
    const events = JSON.stringify(await shop.query('SELECT payloadJson, lastError FROM outbox_events'));
    for (const [index, needle] of needles.entries()) {
      expect(needle.length).toBeGreaterThan(2);
      expect([index, said.includes(needle)]).toEqual([index, false]);
      expect([index, events.includes(needle)]).toEqual([index, false]);
    }
  });
});
