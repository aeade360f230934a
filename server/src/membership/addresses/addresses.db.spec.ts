import type { Address } from '@mall/shared/membership';
import { OPENING_MS, PeopleApp } from '../../../test/support/people-app.js';
import { ENGINES } from '../../../test/support/test-database.js';
import { Addresses } from './addresses.js';

const INPUT = {
  recipient: '王小雨',
  phone: '13800138001',
  province: '上海市',
  city: '上海市',
  district: '静安区',
  detail: '南京西路 1 号 801 室',
  isDefault: false,
};

describe.each(ENGINES)('the address book [%s]', (engine) => {
  let app: PeopleApp;
  let token: string;
  let memberId: string;
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
  }, OPENING_MS);
  afterAll(() => app.close());
  let person = 0;
  beforeEach(async () => {
    person += 1;
    const session = await app.signIn(`buyer${person}`);
    token = session.token;
    memberId = session.me.id;
  });

  const add = (change: object = {}) =>
    app.call<Address>('POST', '/me/addresses', { token, body: { ...INPUT, ...change } });
  const list = async () => (await app.call<Address[]>('GET', '/me/addresses', { token })).body;

  it('gives back what was put in, and the door finds it', async () => {
    const { status, body } = await add({ isDefault: true });
    expect(status).toBe(201);
    expect(body).toEqual({ ...INPUT, isDefault: true, id: body.id });
    expect(await list()).toEqual([body]);
    expect(await app.nest.get(Addresses, { strict: false }).find(app.database, memberId, body.id)).toEqual(body);
  });

  it('keeps name, number and house sealed at rest', async () => {
    const { body } = await add();
    const row = await app.database.first('SELECT * FROM addresses WHERE id = ?', [body.id]);
    for (const secret of [INPUT.recipient, INPUT.phone, INPUT.detail])
      expect(JSON.stringify(row)).not.toContain(secret);
  });

  it('has one default: a new one replaces the old', async () => {
    const first = (await add({ isDefault: true })).body;
    const second = (await add({ isDefault: true })).body;
    expect((await list()).map(({ id, isDefault }) => [id, isDefault])).toEqual([
      [second.id, true],
      [first.id, false],
    ]);
    await app.call('PUT', `/me/addresses/${first.id}`, { token, body: { ...INPUT, isDefault: true, city: '苏州市' } });
    expect((await list()).filter(({ isDefault }) => isDefault)).toEqual([
      expect.objectContaining({ id: first.id, city: '苏州市' }),
    ]);
  });

  it('has one default when several are made so at once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => add({ isDefault: true })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 201]);
    expect((await list()).filter(({ isDefault }) => isDefault)).toHaveLength(1);
  });

  it('holds 20, also when 24 are sent at once', async () => {
    const answers = await Promise.all(Array.from({ length: 24 }, () => add()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(4);
    expect(await list()).toHaveLength(20);
  });

  it('answers 404 for what is not hers, and changes nothing', async () => {
    const { body } = await add();
    const other = (await app.signIn('nosy')).token;
    const put = await app.call('PUT', `/me/addresses/${body.id}`, { token: other, body: INPUT });
    const removal = await app.call('DELETE', `/me/addresses/${body.id}`, { token: other });
    expect([put.status, put.body.type, removal.status]).toEqual([404, '/problems/not-found', 404]);
    expect(await list()).toEqual([body]);
    const nosyId = (await app.signIn('nosy')).me.id;
    expect(await app.nest.get(Addresses, { strict: false }).find(app.database, nosyId, body.id)).toBeNull();
  });

  it('removes an address once', async () => {
    const { body } = await add();
    expect((await app.call('DELETE', `/me/addresses/${body.id}`, { token })).status).toBe(204);
    expect((await app.call('DELETE', `/me/addresses/${body.id}`, { token })).status).toBe(404);
  });

  it.each([
    ['phone', '12800138001'],
    ['phone', '1380013800'],
    ['recipient', '  '],
    ['detail', 'x'.repeat(121)],
    ['isDefault', 'yes'],
    ['memberId', 'mem_other'],
  ])('refuses %s "%s" and names the field', async (path, value) => {
    const { status, body } = await add({ [path]: value });
    expect(status).toBe(422);
    expect((body as unknown as { faults: { path: string }[] }).faults.map((fault) => fault.path)).toContain(path);
  });

  it('asks for a sign-in', async () => {
    expect((await app.call('GET', '/me/addresses')).status).toBe(401);
  });
});
