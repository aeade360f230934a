import type { GuideSummary, Store } from '@mall/shared/guides';
import type { AuditEntry } from '@mall/shared/hq';
import type { Me } from '@mall/shared/membership';
import type { Page } from '@mall/shared/paging';
import { OPENING_MS, PeopleApp } from '../../../test/support/people-app.js';
import { ENGINES } from '../../../test/support/test-database.js';
import { Guides } from './guides.js';

const DAY = 86_400_000;

describe.each(ENGINES)('stores and guides [%s]', (engine) => {
  let app: PeopleApp;
  let hq: string;
  let storeId: string;
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
    hq = await app.hqToken();
    storeId = await app.openStore(hq, 'SH-JA');
  }, OPENING_MS);
  afterAll(() => app.close());

  const accept = (token: string, code: string) => app.call<Me>('POST', `/guide-invitations/${code}/accept`, { token });
  const typeOf = (answer: { body: unknown }) => (answer.body as { type: string }).type;

  it('opens a store once per code and lists it', async () => {
    const body = { code: 'SH-XH', name: '徐汇店', type: 'franchise', province: '上海市', city: '上海市' };
    const first = await app.call<Store>('POST', '/hq/stores', { token: hq, body });
    const second = await app.call('POST', '/hq/stores', { token: hq, body: { ...body, name: '另一家' } });
    expect(first).toEqual({ status: 201, body: { id: first.body.id, ...body } });
    expect([second.status, second.body.type]).toEqual([409, '/problems/store-conflict']);
    const { body: all } = await app.call<Store[]>('GET', '/hq/stores', { token: hq });
    expect(all.map(({ code }) => code)).toEqual(['SH-JA', 'SH-XH']);
  });

  it('keeps stores and invitations from customers', async () => {
    const { token } = await app.signIn('customer');
    expect((await app.call('GET', '/hq/stores', { token })).status).toBe(403);
    expect((await app.call('POST', '/hq/guide-invitations', { token, body: {} })).status).toBe(403);
  });

  it('makes one guide of an invitation that is accepted twice at once by one person', async () => {
    const { token } = await app.join('twice', '13900000001');
    const code = await app.invite(hq, storeId, '陈静');
    const answers = await Promise.all([accept(token, code), accept(token, code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { body } = await app.call<Me>('GET', '/me', { token });
    expect(body.guide).toMatchObject({ name: '陈静', storeId, storeName: 'SH-JA店' });
    expect(await app.count('guides', 'memberId = ?', [body.id])).toBe(1);
    expect(await app.count('guide_status_changes', 'guideId = ?', [body.guide?.id ?? ''])).toBe(1);
  });

  it('makes one guide of an invitation that two people accept at once', async () => {
    const one = await app.join('rival1', '13900000011');
    const two = await app.join('rival2', '13900000012');
    const code = await app.invite(hq, storeId, '争');
    const answers = await Promise.all([accept(one.token, code), accept(two.token, code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.filter(({ status }) => status === 409).map(typeOf)).toEqual(['/problems/invitation-invalid']);
    expect(await app.count('guides', 'memberId IN (?, ?)', [one.me.id, two.me.id])).toBe(1);
  });

  it('takes two invitations of one person at once as one, and leaves the other good', async () => {
    const { token } = await app.join('eager', '13900000021');
    const codes = [await app.invite(hq, storeId, '甲'), await app.invite(hq, storeId, '乙')];
    const answers = await Promise.all(codes.map((code) => accept(token, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.filter(({ status }) => status === 409).map(typeOf)).toEqual(['/problems/already-guide']);
    expect(await app.count('guide_invitations', `code IN (?, ?) AND acceptedAt IS NULL`, codes)).toBe(1);
  });

  it('refuses a visitor, an unknown code and an expired invitation', async () => {
    const visitor = await app.signIn('visitor');
    const code = await app.invite(hq, storeId, '访客');
    expect(typeOf(await accept(visitor.token, code))).toBe('/problems/not-member');
    expect((await accept(visitor.token, 'NOSUCHCD')).status).toBe(404);
    const { token } = await app.join('tardy', '13900000031');
    const before = app.clock.offset;
    app.clock.setOffset(before + 7 * DAY);
    expect(typeOf(await accept(token, code))).toBe('/problems/invitation-invalid');
    app.clock.setOffset(before);
    expect((await accept(token, code)).status).toBe(200);
  });

  it('records each state of a guide with time and reason, and audits who did it (R2.4)', async () => {
    const { id, token } = await app.guide(hq, storeId, '静', '13900000041');
    const change = (what: string) =>
      app.call<GuideSummary>('POST', `/hq/guides/${id}/${what}`, { token: hq, body: { reason: '测试原因' } });
    expect((await change('suspend')).body.status).toBe('suspended');
    expect(typeOf(await change('suspend'))).toBe('/problems/guide-state-conflict');
    expect((await app.call('POST', '/guide/share-links', { token, body: { placement: 'card' } })).status).toBe(403);
    expect((await app.call('GET', '/guide/share-links', { token })).status).toBe(200);
    expect((await change('reactivate')).body.status).toBe('active');
    expect((await change('leave')).body.status).toBe('left');
    expect(typeOf(await app.call('GET', '/guide/share-links', { token }))).toBe('/problems/not-guide');
    expect((await app.call<Me>('GET', '/me', { token })).body.guide).toBeNull();

    const guides = app.nest.get(Guides, { strict: false });
    const states = await guides.statusChanges(app.database, [id]);
    expect(states.map(({ status }) => status)).toEqual(['active', 'suspended', 'active', 'left']);
    const log = await app.call<Page<AuditEntry>>('GET', `/hq/audit-log?subject=${id}`, { token: hq });
    expect(log.body.items.map(({ actor, new: to, reason }) => [actor, to, reason])).toEqual([
      ['admin', { status: 'left' }, '测试原因'],
      ['admin', { status: 'active' }, '测试原因'],
      ['admin', { status: 'suspended' }, '测试原因'],
    ]);
  });

  it('changes a state once when two users press at once', async () => {
    const { id } = await app.guide(hq, storeId, '双', '13900000051');
    const press = () => app.call('POST', `/hq/guides/${id}/suspend`, { token: hq, body: { reason: '同时操作' } });
    const answers = await Promise.all([press(), press()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await app.count('guide_status_changes', `guideId = ? AND status = 'suspended'`, [id])).toBe(1);
  });

  describe('terms of a guide', () => {
    const change = (id: string, what: string, body: object) =>
      app.call<GuideSummary & { type: string }>('POST', `/hq/guides/${id}/${what}`, {
        token: hq,
        body: { reason: '年度评级', ...body },
      });

    it('R4.2, R5.5: HQ changes tier, payee type and store, each audited with old, new and reason, once', async () => {
      const { id } = await app.guide(hq, storeId, '约', '13900000061');
      const elsewhere = await app.openStore(hq, 'HZ-XH');
      expect((await change(id, 'tier', { tier: '金牌-2' })).body.tier).toBe('金牌-2');
      expect((await change(id, 'tier', { tier: '金牌-2' })).status).toBe(200);
      expect((await change(id, 'payee-type', { payeeType: 'employee' })).status).toBe(200);
      expect((await change(id, 'transfer-store', { storeId: elsewhere })).body.storeId).toBe(elsewhere);
      expect(await app.count('guides', `id = ? AND payeeType = 'employee'`, [id])).toBe(1);
      const log = await app.call<Page<AuditEntry>>('GET', `/hq/audit-log?subject=${id}`, { token: hq });
      expect(log.body.items.map(({ action, old, new: to, reason }) => [action, old, to, reason])).toEqual([
        ['guide.transfer-store', { storeId }, { storeId: elsewhere }, '年度评级'],
        ['guide.payee-type', { payeeType: 'contractor' }, { payeeType: 'employee' }, '年度评级'],
        ['guide.tier', { tier: '标准' }, { tier: '金牌-2' }, '年度评级'],
      ]);
    });

    it('takes a tier as a word that people read, at the invitation as later, and refuses the rest', async () => {
      const { id } = await app.guide(hq, storeId, '级', '13900000071');
      for (const tier of ['', '金 牌', 'a'.repeat(21), '银牌!', 'x_y']) {
        expect((await change(id, 'tier', { tier })).status).toBe(422);
      }
      const invite = (tier: string) =>
        app.call('POST', '/hq/guide-invitations', { token: hq, body: { storeId, guideName: '新', tier } });
      expect([(await invite('标准')).status, (await invite('Senior')).status, (await invite('a b')).status]).toEqual([
        201, 201, 422,
      ]);
      expect((await change(id, 'payee-type', { payeeType: 'friend' })).status).toBe(422);
      expect((await change(id, 'transfer-store', { storeId: 'str_unknown' })).status).toBe(404);
      expect((await change('gde_unknown', 'tier', { tier: '标准' })).status).toBe(404);
    });
  });

  it('pages guides, newest first, without repeating one', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const page: { body: Page<GuideSummary> } = await app.call('GET', `/hq/guides?limit=2${query}`, { token: hq });
      seen.push(...page.body.items.map(({ id }) => id));
      cursor = page.body.nextCursor;
    } while (cursor !== null);
    expect(seen).toHaveLength(await app.count('guides'));
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
  });
});
