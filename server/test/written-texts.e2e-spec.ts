import type { MyNickname } from '@mall/shared/texts';
import { send } from './support/e2e-http.js';
import { type Person, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';
import { FOR_STAFF_ALONE, IS_NO_WORDS, TEXTS_PEOPLE_WRITE } from './support/texts-people-write.data.js';

interface Schema {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  items?: Schema;
  allOf?: Schema[];
  properties?: Record<string, Schema>;
}
type Content = Record<string, { schema?: Schema }>;
interface Operation {
  requestBody?: { content: Content };
  responses?: Record<string, { content?: Content }>;
}
interface Docs {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** Names of the strings that are no choice among words of ours, at any depth. */
function stringsOf(docs: Docs, schema: Schema | undefined, name = ''): string[] {
  if (schema === undefined) return [];
  const referred = schema.$ref?.split('/').at(-1);
  if (referred !== undefined) return stringsOf(docs, docs.components.schemas[referred], name);
  if (schema.items) return stringsOf(docs, schema.items, `${name}[]`);
  const nested = Object.entries(schema.properties ?? {}).flatMap(([field, each]) => stringsOf(docs, each, field));
  const joined = (schema.allOf ?? []).flatMap((each) => stringsOf(docs, each, name));
  const own = schema.type === 'string' && schema.enum === undefined ? [name] : [];
  return [...own, ...nested, ...joined];
}

describe.each(ENGINES)('texts that people write (§9) [%s]', (engine) => {
  let shop: Shop;
  let docs: Docs;
  let person: Person;
  beforeAll(async () => {
    shop = await Shop.open(engine);
    docs = await shop.mall.api.get<Docs>('/docs-json');
    person = await shop.newCustomer({ through: shop.guide.code, joins: true });
  });
  afterAll(() => shop.close());

  const operations = () =>
    Object.entries(docs.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
    );
  const write = (nickname: string) =>
    send(shop.mall.apiUrl, 'PUT', '/api/me/nickname', { token: person.token, body: { nickname } });
  const mine = async () =>
    (await send(shop.mall.apiUrl, 'GET', '/api/me/nickname', { token: person.token })).body as MyNickname;
  const lever = (name: string, body: object) => shop.mall.emulator.post(`/control/${name}`, body);

  it('are all on the list that says who reads them: a new one is checked, or only staff sees it', () => {
    const found = operations()
      .filter(({ path }) => !path.startsWith('/api/hq'))
      .flatMap(({ path, method, operation }) =>
        Object.values(operation.requestBody?.content ?? {})
          .flatMap(({ schema }) => stringsOf(docs, schema))
          .filter((name) => !IS_NO_WORDS.test(name))
          .map((name) => `${method} ${path} ${name}`),
      );
    expect(found.sort()).toEqual(Object.keys(TEXTS_PEOPLE_WRITE).sort());
  });

  it('for staff alone are in no answer to a guide or to a stranger', () => {
    const shown = operations()
      .filter(({ path }) => path.startsWith('/api/') && !/^\/api\/(hq|me|orders|quotes|demo)/.test(path))
      .flatMap(({ path, operation }) =>
        Object.values(operation.responses ?? {})
          .flatMap(({ content }) => Object.values(content ?? {}))
          .flatMap(({ schema }) => stringsOf(docs, schema))
          .map((name) => `${path} ${name}`),
      );
    expect(shown.length).toBeGreaterThan(50);
    expect(shown.filter((each) => FOR_STAFF_ALONE.some((name) => each.endsWith(` ${name}`)))).toEqual([]);
  });

  it('pass and risky come from WeChat, and the emulator was asked with her openid', async () => {
    expect((await write('开衫控')).body).toEqual({ shown: '开衫控', waiting: null, refused: null });
    const refused = await write('低俗小雨');
    expect([refused.status, (refused.body as { detail: string }).detail]).toEqual([422, '含有不雅的字眼，换一个就好']);
    expect(await mine()).toMatchObject({ shown: '开衫控', refused: { text: '低俗小雨' } });
    const asked = shop.mall.running.emulator.content.all().slice(-2);
    const accounts = await shop.query<{ openid: string }>('SELECT openid FROM member_identities WHERE memberId = ?', [
      person.memberId,
    ]);
    expect(asked.map(({ text, scene }) => [text, scene])).toEqual([
      ['开衫控', 1],
      ['低俗小雨', 1],
    ]);
    expect(asked.map(({ openid }) => openid)).toEqual([accounts[0]?.openid, accounts[0]?.openid]);
  });

  it('of somebody whom WeChat has not seen for two hours (61010) wait for HQ, which passes them', async () => {
    const { openid } = (
      await shop.query<{ openid: string }>('SELECT openid FROM member_identities WHERE memberId = ?', [person.memberId])
    )[0] as { openid: string };
    shop.mall.running.emulator.content.see(openid, shop.mall.running.emulator.clock.now() - 2 * 3_600_000);
    expect((await write('夜里来')).body).toMatchObject({ shown: '开衫控', waiting: { text: '夜里来' } });
    const queue = await shop.hqGet<{ items: { id: string; cause: string }[] }>('/api/hq/texts');
    expect(queue.items).toEqual([expect.objectContaining({ cause: 'unseen', text: '夜里来' })]);
    const path = `/api/hq/texts/${queue.items[0]?.id}/pass`;
    const passed = await send(shop.mall.apiUrl, 'POST', path, { token: shop.hqToken, body: { reason: '没有问题' } });
    expect(passed.status).toBe(200);
    expect(await mine()).toEqual({ shown: '夜里来', waiting: null, refused: null });
    shop.mall.running.emulator.content.see(openid);
  });

  it('wait while WeChat is down: the request is answered, and nobody sees them', async () => {
    await lever('faults', { kind: 'refuse', path: '/wxa/msg_sec_check' });
    expect((await write('断网了')).body).toMatchObject({ shown: '夜里来', waiting: { text: '断网了' } });
    const [row] = await shop.query<{ waitingFor: string; tries: number }>(
      `SELECT waitingFor, tries FROM written_texts WHERE state = 'waiting'`,
    );
    expect(row).toEqual({ waitingFor: 'check', tries: 1 });
  });
});
