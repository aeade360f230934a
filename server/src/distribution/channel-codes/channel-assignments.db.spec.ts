import type { ChannelCode } from '@mall/shared/codes';
import { APP_ID, OPENING_MS, PeopleApp } from '../../../test/support/people-app.js';
import { ENGINES } from '../../../test/support/test-database.js';
import { Members } from '../../membership/members/members.public.js';
import { MergeMembers } from '../../membership/merging/merging.public.js';
import { RecordTouch } from '../share-links/share-links.public.js';
import { ChannelCodes } from './channel-codes.js';
import { MergeChannelAssignments } from './merge-channel-assignments.part.js';
import { ChannelAssignmentPersonalData } from './personal-channel-assignments.part.js';

describe.each(ENGINES)('whom a visitor meets behind a code [%s]', (engine) => {
  let app: PeopleApp;
  let hq: string;
  let store: string;
  const guides: string[] = [];
  let people = 0;
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
    hq = await app.hqToken();
    store = await app.openStore(hq, 'SH-JA');
    for (const n of [1, 2, 3]) guides.push((await app.guide(hq, store, `导购${n}`, `1390000000${n}`)).id);
  }, OPENING_MS);
  afterAll(() => app.close());

  const print = async (...weights: number[]): Promise<ChannelCode> => {
    const list = weights.map((weight, n) => ({ guideId: guides[n] ?? '', weight }));
    const target = { kind: 'home', id: null };
    const body = { kind: 'channel', label: '灯箱', storeId: null, target, guides: list };
    return (await app.call<ChannelCode>('POST', '/hq/channel-codes', { token: hq, body })).body;
  };
  /** Visitors without a sign-in over HTTP, of which only so many a minute are let through. */
  const visitors = (count: number): Promise<string[]> =>
    Promise.all(
      Array.from({ length: count }, async () => {
        people += 1;
        const person = { appId: APP_ID, openid: `openid-${people}`, unionid: null };
        const members = app.nest.get(Members, { strict: false });
        return (await app.unitOfWork.run((tx) => members.findOrCreateByWechat(tx, person))).id;
      }),
    );
  const arrive = (memberId: string, { code }: ChannelCode) =>
    app.nest.get(RecordTouch, { strict: false }).execute(memberId, { shareCode: code, scene: 1047 });
  const assigned = async ({ id }: ChannelCode): Promise<number[]> => {
    const sql = 'SELECT assigned FROM channel_code_guides WHERE channelCodeId = ? ORDER BY position';
    return (await app.database.query<{ assigned: number }>(sql, [id])).map((row) => row.assigned);
  };
  const guideOf = async ({ id }: ChannelCode, memberId: string): Promise<string | undefined> => {
    const sql = 'SELECT guideId FROM channel_assignments WHERE channelCodeId = ? AND memberId = ?';
    return (await app.database.first<{ guideId: string }>(sql, [id, memberId]))?.guideId;
  };
  const revoke = ({ id }: ChannelCode) =>
    app.call('POST', `/hq/channel-codes/${id}/revoke`, { token: hq, body: { reason: '印错了' } });

  it('R2.2: shares simultaneous visitors by weight, exactly, whoever reports twice or three times', async () => {
    const code = await print(1, 2, 3);
    const crowd = await visitors(24);
    await Promise.all([...crowd, ...crowd, ...crowd.slice(0, 8)].map((memberId) => arrive(memberId, code)));
    expect(await assigned(code)).toEqual([4, 8, 12]);
    expect(await app.count('channel_assignments', 'channelCodeId = ?', [code.id])).toBe(24);
  });

  it('R2.2: a guide who comes back from leave is not given everybody until she has caught up', async () => {
    const code = await print(1, 1);
    const away = guides[0] ?? '';
    const act = (verb: string) =>
      app.call('POST', `/hq/guides/${away}/${verb}`, { token: hq, body: { reason: '休假' } });
    expect((await act('suspend')).status).toBe(200);
    for (const memberId of await visitors(6)) await arrive(memberId, code);
    expect((await act('reactivate')).status).toBe(200);
    const crowd = await visitors(6);
    for (const memberId of crowd) await arrive(memberId, code);
    const hers = await Promise.all(crowd.map((memberId) => guideOf(code, memberId)));
    // Half of six, and the turn in which she came back.
    expect(hers.filter((id) => id === away)).toHaveLength(4);
    const { body } = await app.call<ChannelCode>('GET', `/hq/channel-codes/${code.id}`, { token: hq });
    expect(body.guides.map((guide) => guide.assigned)).toEqual([4, 8]);
  });

  it('R3.2e: a store’s code sends nobody to a guide who has moved to another store', async () => {
    const mover = guides[2] ?? '';
    const target = { kind: 'home', id: null };
    const list = [{ guideId: mover, weight: 1 }];
    const body = { kind: 'store', label: '收银台', storeId: store, target, guides: list };
    const code = (await app.call<ChannelCode>('POST', '/hq/channel-codes', { token: hq, body })).body;
    const [before = '', after = ''] = await visitors(2);
    expect((await arrive(before, code)).guide?.name).toBe('导购3');
    const moves = async (storeId: string) => {
      const to = { storeId, reason: '调店' };
      expect((await app.call('POST', `/hq/guides/${mover}/transfer-store`, { token: hq, body: to })).status).toBe(200);
    };
    await moves(await app.openStore(hq, 'HZ-9'));
    for (const memberId of [before, after]) expect((await arrive(memberId, code)).guide).toBeNull();
    expect(await app.count('touches', 'memberId = ? AND guideId IS NULL AND storeId = ?', [after, store])).toBe(1);
    await moves(store);
    expect((await arrive(before, code)).guide?.name).toBe('导购3');
  });

  it('R3.3: who waits for her turn while HQ revokes the code meets nobody', async () => {
    const code = await print(1, 1);
    const [waiting = ''] = await visitors(1);
    const codes = app.nest.get(ChannelCodes, { strict: false });
    const read = codes.byCode;
    // Between her first look at the code and her turn.
    codes.byCode = async (reader, text) => {
      const row = await read.call(codes, reader, text);
      const sql = 'UPDATE channel_codes SET revokedAt = ? WHERE id = ?';
      await (reader as typeof app.database & { execute(sql: string, values: unknown[]): Promise<number> }).execute(
        sql,
        [app.clock.now(), code.id],
      );
      return row;
    };
    try {
      expect(await arrive(waiting, code)).toEqual({ guide: null, target: { kind: 'home', id: null } });
    } finally {
      codes.byCode = read;
    }
    expect([await assigned(code), await guideOf(code, waiting)]).toEqual([[0, 0], undefined]);
    expect(await app.count('touches', "memberId = ? AND validity = 'revoked' AND guideId IS NULL", [waiting])).toBe(1);
  });

  it('R3.3: every arrival through a code that is revoked meanwhile is either valid with a guide or revoked without', async () => {
    const code = await print(1, 1, 1);
    const crowd = await visitors(20);
    const arrivals = crowd.map((memberId) => arrive(memberId, code));
    const [, ...answers] = await Promise.all([revoke(code), ...arrivals]);
    expect(answers).toHaveLength(20);
    const valid = await app.count('touches', "channelCodeId = ? AND validity = 'valid' AND guideId IS NOT NULL", [
      code.id,
    ]);
    const revoked = await app.count('touches', "channelCodeId = ? AND validity = 'revoked' AND guideId IS NULL", [
      code.id,
    ]);
    expect(valid + revoked).toBe(20);
    expect((await assigned(code)).reduce((sum, n) => sum + n, 0)).toBe(valid);
    const [late = ''] = await visitors(1);
    expect((await arrive(late, code)).guide).toBeNull();
  });

  it('R2.1: two entries of one person keep one guide behind each code, however often they are merged', async () => {
    const [both, one] = [await print(1, 1), await print(1)];
    const [older = '', younger = ''] = await visitors(2);
    await arrive(older, both);
    await arrive(younger, both);
    await arrive(younger, one);
    const kept = await guideOf(both, older);
    expect(kept).not.toBe(await guideOf(both, younger));
    const merging = app.nest.get(MergeMembers, { strict: false });
    const merged = await app.unitOfWork.run((tx) => merging.execute(tx, older, younger, 'hq'));
    const into = (merged as { memberId: string }).memberId;
    const from = into === older ? younger : older;
    const stays = await guideOf(both, into);
    expect(stays).toBe(into === older ? kept : stays);
    const part = app.nest.get(MergeChannelAssignments, { strict: false });
    const merge = { id: 'mrg_1', fromMemberId: from, intoMemberId: into, at: 0, sweep: true };
    await app.unitOfWork.run((tx) => part.merge(tx, merge));
    expect(await app.count('channel_assignments', 'memberId = ?', [from])).toBe(0);
    expect([await guideOf(both, into), await guideOf(one, into)]).toEqual([stays, guides[0]]);
    // What was counted stays counted: they came as two.
    expect(await assigned(both)).toEqual([1, 1]);
  });

  it('§8: she reads whom she met in the copy of her data, and it goes with her account', async () => {
    const code = await print(1);
    const [memberId = '', other = ''] = await visitors(2);
    await arrive(memberId, code);
    await arrive(other, code);
    const part = app.nest.get(ChannelAssignmentPersonalData, { strict: false });
    const subject = { memberId, entryIds: [memberId] };
    expect(await part.export(app.database, subject)).toEqual([
      { title: '扫码后接待您的导购', items: [{ 时间: expect.stringMatching(/^20/), 二维码: '灯箱', 导购: '导购1' }] },
    ]);
    for (const _ of [1, 2]) {
      expect(await app.unitOfWork.run((tx) => part.erase(tx, { ...subject, at: 0 }))).toBe('done');
    }
    expect(await part.export(app.database, subject)).toEqual([]);
    expect([await guideOf(code, memberId), await guideOf(code, other)]).toEqual([undefined, guides[0]]);
    expect(await assigned(code)).toEqual([2]);
  });
});
