import type { HandOver, MemberBindings } from '@mall/shared/bindings';
import type { GuideNotice } from '@mall/shared/guides';
import type { AuditEntry } from '@mall/shared/hq';
import type { Page } from '@mall/shared/paging';
import { OPENING_MS, PeopleApp, type ProblemBody } from '../../../test/support/people-app.js';
import { ENGINES } from '../../../test/support/test-database.js';
import { Worker } from '../../platform/jobs/worker.js';
import { Bindings } from './bindings.js';
import { MoveMembers } from './move-members.service.js';
import { StartHandOver } from './start-hand-over.service.js';

const DAY = 86_400_000;

describe.each(ENGINES)('handing members over [%s]', (engine) => {
  let app: PeopleApp;
  let hq: string;
  let storeId: string;
  let bindings: Bindings;
  let phones = 0;
  let people = 0;
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
    hq = await app.hqToken();
    storeId = await app.openStore(hq, 'SH-JA');
    bindings = app.nest.get(Bindings, { strict: false });
  }, OPENING_MS);
  afterAll(() => app.close());

  const newGuide = (name: string) => {
    phones += 1;
    return app.guide(hq, storeId, name, `139${String(phones).padStart(8, '0')}`);
  };
  const bind = (memberId: string, guideId: string, at = app.clock.now()) =>
    app.unitOfWork.run(async (tx) => {
      const expectedSequence = await bindings.sequence(tx, memberId);
      const cause = { cause: 'join', causeId: null, at, actorId: memberId } as const;
      return bindings.bind(tx, { memberId, expectedSequence, guideId, storeId, ...cause });
    });
  const customersOf = async (guideId: string, count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) {
      people += 1;
      const id = `mem_${engine}_${people}`;
      await bind(id, guideId);
      ids.push(id);
    }
    return ids;
  };
  const post = <T = HandOver & ProblemBody>(guideId: string, toGuideIds: string[]) =>
    app.call<T>('POST', `/hq/guides/${guideId}/hand-over`, { token: hq, body: { toGuideIds, reason: '离职交接' } });
  const guideOf = async (memberId: string) =>
    (await bindings.current(app.database, memberId, app.clock.now()))?.guideId ?? null;
  const spread = async (memberIds: string[]) => {
    const counts = new Map<string | null, number>();
    for (const id of memberIds) {
      const guideId = await guideOf(id);
      counts.set(guideId, (counts.get(guideId) ?? 0) + 1);
    }
    return counts;
  };

  it('R2.4: splits the members of a guide who left evenly, each by one new row, tells the takers and audits it', async () => {
    const [from, b, c] = [await newGuide('走'), await newGuide('乙'), await newGuide('丙')];
    const members = await customersOf(from.id, 61);
    await app.call('POST', `/hq/guides/${from.id}/leave`, { token: hq, body: { reason: '离职' } });
    const { status, body } = await post(from.id, [b.id, c.id]);
    expect([status, body.moved, body.finished]).toEqual([200, 61, true]);
    expect(await spread(members)).toEqual(
      new Map([
        [b.id, 31],
        [c.id, 30],
      ]),
    );
    const [, second, ...more] = await bindings.history(app.database, members[0] ?? '');
    expect(more).toEqual([]);
    expect(second).toMatchObject({ fromGuideId: from.id, cause: 'hand_over', causeId: body.handOverId });
    const { body: notices } = await app.call<Page<GuideNotice>>('GET', '/guide/notices', { token: b.token });
    expect(notices.items).toEqual([
      expect.objectContaining({ kind: 'customers_received', subjectId: body.handOverId, title: '收到 31 位客户' }),
    ]);
    const { body: log } = await app.call<Page<AuditEntry>>('GET', `/hq/audit-log?subject=${from.id}`, { token: hq });
    expect(log.items.map(({ action, reason }) => [action, reason])).toContainEqual(['guide.hand-over', '离职交接']);
    const { body: read } = await app.call<HandOver>('GET', `/hq/hand-overs/${body.handOverId}`, { token: hq });
    expect(read).toEqual(body);
  });

  it('R2.4: moves only whom she still has validly, and nobody to herself', async () => {
    const [from, b] = [await newGuide('现'), await newGuide('收')];
    const [gone, moved] = await customersOf(from.id, 2);
    await bind(gone ?? '', b.id);
    const [expired] = [`mem_${engine}_expired`];
    await bind(expired, from.id, app.clock.now() - 90 * DAY);
    const own = (await app.database.first<{ memberId: string }>('SELECT memberId FROM guides WHERE id = ?', [b.id]))
      ?.memberId;
    await bind(own ?? '', from.id);
    const { body } = await post(from.id, [b.id]);
    expect([body.moved, body.finished]).toEqual([1, true]);
    expect(await guideOf(moved ?? '')).toBe(b.id);
    expect(await bindings.history(app.database, gone ?? '')).toHaveLength(2);
    expect(await bindings.history(app.database, expired)).toHaveLength(1);
    expect(await guideOf(own ?? '')).toBe(from.id);
  });

  it('R2.4: pressed twice at once it moves each member once and the shares stay even', async () => {
    const [from, b, c] = [await newGuide('双'), await newGuide('左'), await newGuide('右')];
    const members = await customersOf(from.id, 60);
    const answers = await Promise.all([post(from.id, [b.id, c.id]), post(from.id, [b.id, c.id])]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect([...(await spread(members)).values()]).toEqual([30, 30]);
    for (const id of members) expect(await bindings.history(app.database, id)).toHaveLength(2);
    expect(await app.count('hand_overs', 'fromGuideId = ? AND moved = 60 AND openOf IS NULL', [from.id])).toBe(1);
  });

  it('R2.4: what a process that died left is finished by the job, or by calling again', async () => {
    const [from, b] = [await newGuide('断'), await newGuide('续')];
    const members = await customersOf(from.id, 55);
    const starting = app.nest.get(StartHandOver, { strict: false });
    const mover = app.nest.get(MoveMembers, { strict: false });
    const spy = jest.spyOn(mover, 'execute').mockImplementationOnce((id) => {
      spy.mockRestore();
      return mover.execute(id, 1);
    });
    const request = { toGuideIds: [b.id], reason: '中断' };
    const half = await starting.execute({ id: 'hqu_1', name: 'admin' }, from.id, request);
    expect([half.moved, half.finished]).toEqual([25, false]);
    const other = await post(from.id, [(await newGuide('旁')).id]);
    expect([other.status, other.body.type]).toEqual([409, '/problems/binding-conflict']);
    await app.nest.get(Worker).settle();
    const { body } = await app.call<HandOver>('GET', `/hq/hand-overs/${half.handOverId}`, { token: hq });
    expect([body.moved, body.finished]).toEqual([55, true]);
    expect(await spread(members)).toEqual(new Map([[b.id, 55]]));
  });

  it('R2.4: a member who moves meanwhile is moved or left, never both and never lost', async () => {
    const [from, b, c] = [await newGuide('争'), await newGuide('接'), await newGuide('选')];
    const members = await customersOf(from.id, 40);
    const [answer] = await Promise.all([post(from.id, [b.id]), ...members.slice(20).map((id) => bind(id, c.id))]);
    expect(answer.body.finished).toBe(true);
    expect(await app.count('bindings', `cause = 'hand_over' AND causeId = ?`, [answer.body.handOverId])).toBe(
      answer.body.moved,
    );
    for (const id of members) expect([b.id, c.id]).toContain(await guideOf(id));
  });

  it('refuses takers who do not serve, are named twice, or are she herself; 404 for unknown ones', async () => {
    const [from, b] = [await newGuide('拒'), await newGuide('停')];
    await app.call('POST', `/hq/guides/${b.id}/suspend`, { token: hq, body: { reason: '测试' } });
    expect((await post(from.id, [b.id])).body.type).toBe('/problems/guide-not-serving');
    expect((await post(from.id, [from.id])).status).toBe(422);
    expect((await post(from.id, [b.id, b.id])).status).toBe(422);
    expect((await post(from.id, [])).status).toBe(422);
    expect((await post(from.id, [`gde_${'0'.repeat(26)}`])).status).toBe(404);
    expect((await post('gde_unknown', [from.id])).status).toBe(404);
    expect(await app.count('hand_overs', 'fromGuideId = ?', [from.id])).toBe(0);
  });

  describe('of one member', () => {
    const transfer = (memberId: string, body: object) =>
      app.call<MemberBindings & ProblemBody>('POST', `/hq/members/${memberId}/transfer`, {
        token: hq,
        body: { reason: '会员要求', ...body },
      });

    it('R2.4: HQ transfers one member with a reason, and the history says who, why and when in words', async () => {
      const [a, b] = [await newGuide('陈静'), await newGuide('阿华')];
      const { me } = await app.signIn(`moved-${engine}`);
      await bind(me.id, a.id);
      const answer = await transfer(me.id, { guideId: b.id });
      expect(answer.status).toBe(200);
      expect(answer.body.steps[0]).toMatchObject({ from: { name: '陈静' }, to: { name: '阿华' }, cause: 'transfer' });
      expect(answer.body.steps[0]?.sentence).toMatch(
        /^\d{4}-\d\d-\d\d \d\d:\d\d 由陈静变更为阿华（总部单独调整，操作人：总部 admin，原因：会员要求）$/,
      );
      expect(answer.body.steps[1]).toMatchObject({ to: { name: '陈静' }, cause: 'join', actor: '会员本人' });
      await transfer(me.id, { guideId: b.id });
      const nobody = await transfer(me.id, { guideId: null });
      expect(nobody.body.steps.map(({ to }) => to?.name ?? null)).toEqual([null, '阿华', '陈静']);
      expect(nobody.body.steps[0]?.storeName).toBe('SH-JA店');
      const { body: log } = await app.call<Page<AuditEntry>>('GET', `/hq/audit-log?subject=${me.id}`, { token: hq });
      expect(log.items.map(({ old, new: to }) => [old, to])).toEqual([
        [{ guideId: b.id }, { guideId: null }],
        [{ guideId: a.id }, { guideId: b.id }],
      ]);
    });

    it('refuses an unknown member, a guide who does not serve, herself, and a binding that changed meanwhile', async () => {
      const [a, b] = [await newGuide('甲'), await newGuide('乙二')];
      const { me } = await app.signIn(`refused-${engine}`);
      expect((await transfer('mem_unknown', { guideId: a.id })).status).toBe(404);
      const seen = await transfer(me.id, { guideId: a.id, seenBindingId: 'bnd_other' });
      expect([seen.status, seen.body.type]).toEqual([409, '/problems/binding-conflict']);
      await app.call('POST', `/hq/guides/${b.id}/leave`, { token: hq, body: { reason: '离职' } });
      expect((await transfer(me.id, { guideId: b.id })).body.type).toBe('/problems/guide-not-serving');
      const own = await app.database.first<{ memberId: string }>('SELECT memberId FROM guides WHERE id = ?', [a.id]);
      expect((await transfer(own?.memberId ?? '', { guideId: a.id })).body.type).toBe('/problems/guide-not-serving');
    });
  });
});
