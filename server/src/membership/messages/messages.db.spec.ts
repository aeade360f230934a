import { ContactPreference } from '@mall/shared/membership';
import { MessageKind, SubscriptionMoment, SubscriptionOutcome } from '@mall/shared/subscriptions';
import { Logger } from '@nestjs/common';
import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { DAY_MS } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { SealedText } from '../../platform/crypto/sealed-text.js';
import { newId } from '../../platform/ids/ids.js';
import { Settings } from '../../platform/settings/settings.js';
import type { SubscribeMessage, WechatConfig, WechatSubscribeClient } from '../../wechat/wechat.public.js';
import { MemberEntity, MemberIdentityEntity, Members } from '../members/members.public.js';
import { AskForMessages } from './ask-for-messages.service.js';
import { MessageClocks } from './message-clocks.js';
import { MessageGrants } from './message-grants.js';
import { MessageLimits } from './message-limits.js';
import { MessageTurns } from './message-turns.js';
import { Messages } from './messages.js';
import { SendMessage } from './send-message.service.js';
import { SendMessages } from './send-messages.job.js';
import type { SubscribeMessageEntity } from './subscribe-message.entity.js';

const START = Date.UTC(2026, 10, 28, 4);
const KEYS = { coupon: 'thing1', time: 'time2' };
const config = {
  appId: 'wx1',
  messages: {
    'coupon-expiring': { id: 'tpl-coupon', keys: KEYS },
    'commission-available': { id: 'tpl-money', keys: { amount: 'amount1', hint: 'thing2' } },
    'order-shipped': { id: 'tpl-ship', keys: { goods: 'thing1', trackingNumber: 'character_string2' } },
  },
} as unknown as WechatConfig;

class HandClock extends WallClock {
  at = START;
  override now(): number {
    return this.at;
  }
}

type Answer = Awaited<ReturnType<WechatSubscribeClient['send']>>;

describe.each(ENGINES)('subscribe messages [%s]', (engine) => {
  let test: TestDatabase;
  let wall: HandClock;
  let clock: BusinessClock;
  let sent: SubscribeMessage[];
  let answer: () => Promise<Answer>;
  beforeAll(async () => {
    Logger.overrideLogger(false);
    test = await openTestDatabase(engine);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    wall = new HandClock();
    clock = new BusinessClock(wall);
    sent = [];
    answer = async () => ({ outcome: 'ok', value: null });
    await test.unitOfWork.run((tx) => tx.execute('DELETE FROM subscribe_messages'));
  });

  /** A worker of its own, as another node has one. */
  function worker() {
    const grants = new MessageGrants();
    const members = new Members(clock, new SealedText({ dataKey: Buffer.alloc(32, 7), dataKeysOld: [] }));
    const client = {
      send: async (message: SubscribeMessage) => {
        sent.push(message);
        return answer();
      },
    } as unknown as WechatSubscribeClient;
    const clocks = new MessageClocks(clock, wall);
    const limits = new MessageLimits(members, new MessageTurns(new Settings()));
    const send = new SendMessage(test.unitOfWork, grants, limits, client, clocks, config);
    return {
      messages: new Messages(grants, wall, config),
      ask: new AskForMessages(test.database, test.unitOfWork, members, grants, clock, config),
      send,
      job: new SendMessages(test.database, test.unitOfWork, send, clocks, wall),
    };
  }

  async function member(preference: string = ContactPreference.Guide): Promise<string> {
    const id = newId('mem');
    await test.unitOfWork.run(async (tx) => {
      await tx.insert(MemberEntity, {
        id,
        unionid: null,
        nickname: null,
        phoneSealed: null,
        phoneHash: null,
        phoneTail: null,
        joinedAt: START,
        createdAt: START,
        contactPreference: preference,
        mergedInto: null,
        closedAt: null,
      });
      const identity = { appId: 'wx1', openid: `o-${id}`, memberId: id, createdAt: START, signedInAt: START };
      await tx.insert(MemberIdentityEntity, identity);
    });
    return id;
  }

  let requests = 0;
  const report = (
    memberId: string,
    templateId: string,
    outcome: SubscriptionOutcome,
    requestId = `request-${++requests}`,
  ) =>
    worker().ask.record(memberId, {
      moment: SubscriptionMoment.Coupon,
      requestId,
      outcomes: [{ templateId, outcome }],
    });
  const accept = async (memberId: string, times = 1, templateId = 'tpl-coupon') => {
    for (let n = 0; n < times; n += 1) await report(memberId, templateId, SubscriptionOutcome.Accept);
  };
  const remind = (memberId: string, subjectId: string) =>
    test.unitOfWork.run((tx) =>
      worker().messages.draft(tx, MessageKind.CouponExpiring, [
        {
          memberId,
          subjectId,
          facts: { coupon: '满 100 减 20', expiresAt: START + DAY_MS },
          at: clock.now(),
        },
      ]),
    );
  const rows = () => test.database.query<SubscribeMessageEntity>('SELECT * FROM subscribe_messages ORDER BY id');
  const available = async (memberId: string) =>
    Number(
      (
        await test.database.first<{ n: number }>(
          'SELECT COALESCE(SUM(available), 0) AS n FROM message_grants WHERE memberId = ?',
          [memberId],
        )
      )?.n,
    );

  it('§4: one accept is one message, and without one nothing is drafted', async () => {
    const her = await member();
    await remind(her, 'cpn-0');
    expect(await rows()).toEqual([]);
    await accept(her);
    await remind(her, 'cpn-1');
    await remind(her, 'cpn-1');
    await remind(her, 'cpn-2');
    expect(await worker().job.run()).toBe(1);
    expect(sent).toEqual([
      {
        templateId: 'tpl-coupon',
        openid: `o-${her}`,
        page: 'packages/member/coupons/index',
        values: { thing1: '满 100 减 20', time2: '2026-11-29 12:00' },
      },
    ]);
    expect((await rows()).map(({ state, reasonCode }) => [state, reasonCode])).toEqual([
      ['sent', null],
      ['dropped', 'grant'],
    ]);
    expect(await available(her)).toBe(0);
  });

  it('counts an answer once, however often it is told', async () => {
    const her = await member();
    const told = Array.from({ length: 4 }, () => report(her, 'tpl-coupon', SubscriptionOutcome.Accept, 'request-same'));
    await Promise.all(told);
    expect(await available(her)).toBe(1);
  });

  it('two workers at once send one message once', async () => {
    const her = await member();
    await accept(her, 3);
    await remind(her, 'cpn-1');
    await Promise.all([worker().job.run(), worker().job.run(), worker().job.run()]);
    expect(sent).toHaveLength(1);
    expect(await available(her)).toBe(2);
  });

  it('two messages at once share no grant', async () => {
    const her = await member();
    await accept(her, 1);
    await remind(her, 'cpn-1');
    await remind(her, 'cpn-2');
    const [one, other] = (await rows()).map(({ id }) => id);
    await Promise.all([worker().send.execute(one ?? ''), worker().send.execute(other ?? '')]);
    expect(sent).toHaveLength(1);
    expect(await available(her)).toBe(0);
  });

  it('§4: a time-out is final: it is never sent again, and its grant is spent', async () => {
    const her = await member();
    await accept(her, 2);
    await remind(her, 'cpn-1');
    answer = async () => ({ outcome: 'unknown', reason: 'timeout', detail: 'no answer' });
    await worker().job.run();
    wall.at += DAY_MS;
    await worker().job.run();
    expect(sent).toHaveLength(1);
    expect(await rows()).toMatchObject([{ state: 'unknown', reasonCode: 'timeout', factsJson: '{}' }]);
    expect(await available(her)).toBe(1);
  });

  it('what a process took along when it died is not sent again', async () => {
    const her = await member();
    await accept(her);
    await remind(her, 'cpn-1');
    answer = async () => {
      throw new Error('the process ends here');
    };
    await worker().job.run();
    expect(await rows()).toMatchObject([{ state: 'sending' }]);
    answer = async () => ({ outcome: 'ok', value: null });
    wall.at += 5 * 60_000;
    await worker().job.run();
    expect(sent).toHaveLength(1);
    expect(await rows()).toMatchObject([{ state: 'unknown', reasonCode: 'stopped' }]);
  });

  it('is sent later when WeChat was busy, and not at all once it is stale', async () => {
    const her = await member();
    await accept(her);
    await remind(her, 'cpn-1');
    answer = async () => ({ outcome: 'unknown', reason: 'busy', detail: '45009', errcode: 45009 });
    await worker().job.run();
    expect(await rows()).toMatchObject([{ state: 'waiting', reasonCode: '45009' }]);
    expect(await available(her)).toBe(1);
    await worker().job.run();
    expect(sent).toHaveLength(1);
    wall.at += 4 * DAY_MS;
    await worker().job.run();
    expect(sent).toHaveLength(1);
    expect(await rows()).toMatchObject([{ state: 'dropped', reasonCode: 'late' }]);
    expect(await available(her)).toBe(1);
  });

  it.each([
    ['closed', 'UPDATE members SET closedAt = 1 WHERE id = ?'],
    ['contact', `UPDATE members SET contactPreference = '${ContactPreference.Nobody}' WHERE id = ?`],
  ])('R2.5: who says so between two tries is left alone: %s', async (code, sql) => {
    const her = await member();
    await accept(her);
    await remind(her, 'cpn-1');
    answer = async () => ({ outcome: 'unknown', reason: 'busy', detail: '45009', errcode: 45009 });
    await worker().job.run();
    await test.unitOfWork.run((tx) => tx.execute(sql, [her]));
    answer = async () => ({ outcome: 'ok', value: null });
    wall.at += DAY_MS;
    await worker().job.run();
    expect(sent).toHaveLength(1);
    expect(await rows()).toMatchObject([{ state: 'dropped', reasonCode: code }]);
    expect(await available(her)).toBe(1);
  });

  it('§4: 43101 is final and empties what we counted', async () => {
    const her = await member();
    await accept(her, 3);
    await remind(her, 'cpn-1');
    answer = async () => ({ outcome: 'refused', reason: 'not_allowed', code: '43101', message: '' });
    await worker().job.run();
    expect(await rows()).toMatchObject([{ state: 'refused', reasonCode: '43101' }]);
    expect(await available(her)).toBe(0);
  });

  it('R6.4: at most three reminders a member in seven days, then again', async () => {
    const her = await member();
    await accept(her, 6);
    for (const n of [1, 2, 3, 4]) await remind(her, `cpn-${n}`);
    await Promise.all([worker().job.run(), worker().job.run()]);
    expect((await rows()).map(({ state }) => state).sort()).toEqual(['dropped', 'sent', 'sent', 'sent']);
    expect(await available(her)).toBe(3);
    wall.at += 7 * DAY_MS;
    await remind(her, 'cpn-5');
    await worker().job.run();
    expect(sent).toHaveLength(4);
  });

  it('R6.4: the cap holds when eight workers send eight reminders at once', async () => {
    const her = await member();
    await accept(her, 8);
    const subjects = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `race-${n}`);
    for (const subject of subjects) await remind(her, subject);
    const ids = (await rows()).map(({ id }) => id);
    await Promise.all(ids.map((id) => worker().send.execute(id)));
    expect(sent).toHaveLength(3);
    expect(await available(her)).toBe(5);
  });

  it('R6.4: what she was told of her orders counts, and is not held back itself', async () => {
    const her = await member();
    await accept(her, 3);
    await accept(her, 4, 'tpl-ship');
    const ship = (subjectId: string) =>
      test.unitOfWork.run((tx) =>
        worker().messages.draft(tx, MessageKind.OrderShipped, [
          {
            memberId: her,
            subjectId,
            facts: { goods: '亚麻衬衫', orderNumber: '1', carrier: 'SF', trackingNumber: 'SF1', at: START },
            at: clock.now(),
          },
        ]),
      );
    for (const n of [1, 2, 3, 4]) await ship(`ord-${n}`);
    await worker().job.run();
    expect(sent).toHaveLength(4);
    await remind(her, 'cpn-1');
    await worker().job.run();
    expect(sent).toHaveLength(4);
    expect((await rows()).at(-1)).toMatchObject({ state: 'dropped', reasonCode: 'cap' });
  });

  it('a worker that had read the message before another one tried it in vain leaves it alone', async () => {
    const her = await member();
    await accept(her);
    await remind(her, 'cpn-1');
    const [id] = (await rows()).map((row) => row.id);
    answer = async () => ({ outcome: 'unknown', reason: 'busy', detail: '45009', errcode: 45009 });
    await Promise.all([worker().send.execute(id ?? ''), worker().send.execute(id ?? '')]);
    await worker().send.execute(id ?? '');
    expect(sent).toHaveLength(1);
    expect(await available(her)).toBe(1);
  });

  it('nothing is told of a coupon that has ended meanwhile', async () => {
    const her = await member();
    await accept(her);
    await test.unitOfWork.run((tx) =>
      worker().messages.draft(tx, MessageKind.CouponExpiring, [
        {
          memberId: her,
          subjectId: 'cpn-1',
          facts: { coupon: '满 100 减 20', expiresAt: START + 1_000 },
          at: START,
          until: START + 1_000,
        },
      ]),
    );
    wall.at += 1_000;
    await worker().job.run();
    expect(sent).toEqual([]);
    expect(await rows()).toMatchObject([{ state: 'dropped', reasonCode: 'late' }]);
  });

  it('R2.5: who wants to be left alone is neither asked nor reminded', async () => {
    const her = await member();
    await accept(her);
    await remind(her, 'cpn-1');
    await test.unitOfWork.run((tx) =>
      tx.execute("UPDATE members SET contactPreference = 'nobody' WHERE id = ?", [her]),
    );
    await worker().job.run();
    expect(sent).toEqual([]);
    expect(await rows()).toMatchObject([{ state: 'dropped', reasonCode: 'contact' }]);
    expect(await worker().ask.offer(her, SubscriptionMoment.Payment)).toEqual({ templateIds: [] });
  });

  it('asks for what is set up, and rests for 30 days after a no', async () => {
    const her = await member();
    const offer = async () => (await worker().ask.offer(her, SubscriptionMoment.Payment)).templateIds;
    expect(await offer()).toEqual(['tpl-ship', 'tpl-coupon']);
    await report(her, 'tpl-coupon', SubscriptionOutcome.Reject);
    expect(await offer()).toEqual(['tpl-ship']);
    wall.at += 30 * DAY_MS;
    expect(await offer()).toEqual(['tpl-ship', 'tpl-coupon']);
    await accept(her, 3, 'tpl-ship');
    expect(await offer()).toEqual(['tpl-coupon']);
    expect(await worker().ask.offer(her, SubscriptionMoment.Payout)).toEqual({ templateIds: ['tpl-money'] });
  });

  it('gathers a day’s commission into one message with the sum', async () => {
    const her = await member();
    await accept(her, 1, 'tpl-money');
    const release = (amountFen: number) =>
      test.unitOfWork.run((tx) =>
        worker().messages.draft(tx, MessageKind.CommissionAvailable, [
          {
            memberId: her,
            subjectId: 'gde 2026-11-28',
            facts: { at: clock.now() },
            amountFen,
            at: clock.now(),
          },
        ]),
      );
    for (const amount of [750, 1, 99]) await release(amount);
    await worker().job.run();
    expect(sent).toEqual([]);
    wall.at += 10 * 60_000;
    await worker().job.run();
    await release(5);
    wall.at += 10 * 60_000;
    await worker().job.run();
    expect(sent.map(({ values }) => values)).toEqual([{ amount1: '8.50元', thing2: '3 笔佣金已可提现' }]);
  });

  it('a value that WeChat would refuse is not sent, and HQ sees why', async () => {
    const her = await member();
    await accept(her, 1, 'tpl-ship');
    await test.unitOfWork.run((tx) =>
      worker().messages.draft(tx, MessageKind.OrderShipped, [
        {
          memberId: her,
          subjectId: 'ord-1',
          facts: { goods: '亚麻衬衫', orderNumber: '1', carrier: 'SF', trackingNumber: '单号待补', at: START },
          at: START,
        },
      ]),
    );
    await worker().job.run();
    expect(sent).toEqual([]);
    expect(await rows()).toMatchObject([{ state: 'dropped', reasonCode: 'unfit' }]);
    expect(await available(her)).toBe(1);
  });
});
