import { APP_ID, OPENING_MS, PeopleApp } from '../../../test/support/people-app.js';
import { ENGINES } from '../../../test/support/test-database.js';
import { Members } from '../../membership/members/members.public.js';
import { MergeMembers } from '../../membership/merging/merging.public.js';
import { ChooseGuide } from '../profile/profile.public.js';
import { type BindingCause } from './binding-reads.js';
import { Bindings } from './bindings.js';

const DAY = 86_400_000;

describe.each(ENGINES)('bindings of two entries of one person [%s]', (engine) => {
  let app: PeopleApp;
  let bindings: Bindings;
  let storeId: string;
  let a: string;
  let b: string;
  let one: string;
  let other: string;
  let now: number;
  let people = 0;
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
    bindings = app.nest.get(Bindings, { strict: false });
    const hq = await app.hqToken();
    storeId = await app.openStore(hq, 'SH-JA');
    a = (await app.guide(hq, storeId, 'A', '13900000001')).id;
    b = (await app.guide(hq, storeId, 'B', '13900000002')).id;
  }, OPENING_MS);
  afterAll(() => app.close());
  beforeEach(async () => {
    people += 1;
    one = await entry('one');
    other = await entry('other');
    now = app.clock.now();
    await app.unitOfWork.run((tx) =>
      tx.execute('UPDATE members SET joinedAt = ? WHERE id IN (?, ?)', [now - 50 * DAY, one, other]),
    );
  });

  const entry = async (name: string): Promise<string> => {
    const person = { appId: APP_ID, openid: `openid-${name}-${people}`, unionid: null };
    const members = app.nest.get(Members, { strict: false });
    return (await app.unitOfWork.run((tx) => members.findOrCreateByWechat(tx, person))).id;
  };
  const merge = () =>
    app.unitOfWork.run((tx) => app.nest.get(MergeMembers, { strict: false }).execute(tx, one, other, 'hq'));
  const bind = async (memberId: string, guideId: string | null, at: number, cause: BindingCause = 'join') => {
    const bound = await app.unitOfWork.run(async (tx) => {
      const expectedSequence = await bindings.sequence(tx, memberId);
      const change = { memberId, expectedSequence, guideId, storeId, cause, causeId: null, at, actorId: memberId };
      return bindings.bind(tx, change);
    });
    if (bound.outcome !== 'bound') throw new Error('not bound');
    return bound.binding;
  };
  const standing = async () => {
    const row = await app.database.first<{ id: string }>(
      'SELECT id FROM members WHERE id IN (?, ?) AND mergedInto IS NULL',
      [one, other],
    );
    return row?.id ?? '';
  };
  const current = async (at = app.clock.now()) => bindings.current(app.database, await standing(), at);
  const swap = () => {
    [one, other] = [other, one];
  };

  it.each(['stays', 'closes'])(
    'R2.1, R2.5: nobody, whom she chose yesterday, wins over an unprotected binding: %s',
    async (side) => {
      if (side === 'closes') swap();
      await bind(one, a, now - 80 * DAY);
      await bind(one, null, now - DAY, 'member_choice');
      await bind(other, b, now - 30 * DAY);
      await merge();
      expect((await current())?.guideId ?? null).toBeNull();
      const retry = app.nest.get(ChooseGuide, { strict: false }).execute(await standing(), { guideId: b });
      await expect(retry).rejects.toThrow(/changed a short while ago/);
    },
  );

  it.each(['stays', 'closes'])(
    'R2.1, R2.5: a choice of hers older than the days binds nothing, and a protected binding wins over a fresh one: %s',
    async (side) => {
      if (side === 'closes') swap();
      await bind(one, a, now - 80 * DAY);
      await bind(one, null, now - 40 * DAY, 'member_choice');
      await bind(other, b, now - 5 * DAY);
      await merge();
      expect((await current())?.guideId).toBe(b);
    },
  );

  it('R2.5: a merge does not give her a second change within the days', async () => {
    await bind(other, a, now - 20 * DAY, 'member_choice');
    await merge();
    expect((await current())?.guideId).toBe(a);
    const change = app.nest.get(ChooseGuide, { strict: false }).execute(await standing(), { guideId: b });
    await expect(change).rejects.toThrow(/changed a short while ago/);
  });

  it.each(['stays', 'closes'])(
    'R2.1, R2.3: with one guide in both, the open order of the other goes on to hold and renews: %s',
    async (side) => {
      if (side === 'closes') swap();
      await bind(one, a, now - 14 * DAY);
      const bound = await bind(other, a, now - 10 * DAY);
      const order = { orderId: `ord_same_${people}`, orderedAt: now - 5 * DAY, paidAt: now - 5 * DAY };
      await app.unitOfWork.run((tx) => bindings.holdByOrder(tx, bound, order));
      await merge();
      const at = now + 100 * DAY;
      expect(await current(now + DAY)).toMatchObject({ relationSince: now - 14 * DAY, protectedUntil: now + 5 * DAY });
      expect(await current(at)).toMatchObject({ guideId: a, isProtected: true, isValid: true });
      const ended = await app.unitOfWork.run((tx) => bindings.endOrder(tx, order.orderId, at));
      const renewal = { orderId: order.orderId, bindingId: ended?.bindingId ?? '', at };
      expect(await app.unitOfWork.run((tx) => bindings.renewOnCompletedOrder(tx, renewal))).toBe('renewed');
      expect(await current(at)).toMatchObject({ cause: 'renewal', protectedUntil: at + 15 * DAY });
    },
  );

  it('R2.1: an order that held across a gap in the windows of the binding that stays goes on to hold', async () => {
    const long = await bind(one, a, now - 40 * DAY);
    const renewed = { orderId: `ord_r_${people}`, bindingId: long.id, at: now - 6 * DAY };
    await app.unitOfWork.run((tx) => bindings.renewOnCompletedOrder(tx, renewed));
    const bound = await bind(other, a, now - 20 * DAY);
    const order = { orderId: `ord_gap_${people}`, orderedAt: now - 19 * DAY, paidAt: now - 19 * DAY };
    await app.unitOfWork.run((tx) => bindings.holdByOrder(tx, bound, order));
    await merge();
    expect(await current(now + 20 * DAY)).toMatchObject({
      guideId: a,
      isProtected: true,
      relationSince: now - 40 * DAY,
    });
  });
});
