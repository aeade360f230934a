import { type CouponCampaignInput, CouponKind } from '@mall/shared/coupons';
import { EventType } from '@mall/shared/events';
import { fen } from '@mall/shared/money';
import { Test, type TestingModule } from '@nestjs/testing';
import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { Members } from '../../membership/members/members.public.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { SealedText } from '../../platform/crypto/sealed-text.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Idempotency } from '../../platform/http/idempotency.js';
import type { OutboxEvent } from '../../platform/outbox/event-handler.js';
import { Settings } from '../../platform/settings/settings.js';
import { WECHAT_CONFIG, WechatSubscribeClient } from '../../wechat/wechat.public.js';
import { Coupons, CouponsModule, GrantCouponService } from '../coupons/coupons.public.js';
import { CampaignsQueries } from './campaigns.queries.js';
import { CreateCampaignService } from './create-campaign.service.js';
import { EndCampaignService } from './end-campaign.service.js';
import { EnsureDemoCampaign } from './ensure-demo-campaign.service.js';
import { IssueRepurchaseCouponWhenFirstOrderPaid } from './issue-repurchase-coupon-when-first-order-paid.handler.js';
import { IssueRepurchaseCouponWhenOrderReceived } from './issue-repurchase-coupon-when-order-received.handler.js';
import { RepurchaseModule } from './repurchase.module.js';
import { VoidUnusedCouponsWhenOrderFullyRefunded } from './void-unused-coupons-when-order-fully-refunded.handler.js';

const START = 1_790_000_000_000;
const HQ: HqActor = {
  kind: 'hq',
  sessionId: 'ses_1',
  userId: 'hqu_1',
  username: 'lin',
  role: 'operator',
  storeId: null,
};

class Ground {}

class SetClock extends WallClock {
  at = START;
  override now(): number {
    return this.at;
  }
}

/** The rooms of this wing on a database of the test; membership knows everybody but `mem_no`. */
function openRoom({ unitOfWork, database }: TestDatabase, wall: WallClock): Promise<TestingModule> {
  const ground = [
    { provide: UnitOfWork, useValue: unitOfWork },
    { provide: Database, useValue: database },
    { provide: WallClock, useValue: wall },
    { provide: SealedText, useValue: {} },
    // No template is set, so no message is sent.
    { provide: WECHAT_CONFIG, useValue: {} },
    { provide: WechatSubscribeClient, useValue: {} },
    AuditLog,
    BusinessClock,
    Idempotency,
    Settings,
  ];
  const provided = ground.map((one) => ('provide' in one ? one.provide : one));
  return Test.createTestingModule({
    imports: [{ module: Ground, global: true, providers: ground, exports: provided }, CouponsModule, RepurchaseModule],
  })
    .overrideProvider(Members)
    .useValue({ find: async (_: unknown, id: string) => (id === 'mem_no' ? null : { id }) })
    .compile();
}

describe.each(ENGINES)('repurchase campaigns [%s]', (engine) => {
  let test: TestDatabase;
  let serial = 0;
  const wall = new SetClock();
  const queries = new CampaignsQueries();
  let room: TestingModule;
  let coupons: Coupons;
  let whenReceived: IssueRepurchaseCouponWhenOrderReceived;
  let whenPaid: IssueRepurchaseCouponWhenFirstOrderPaid;
  let whenRefunded: VoidUnusedCouponsWhenOrderFullyRefunded;

  beforeAll(async () => {
    test = await openTestDatabase(engine);
    room = await openRoom(test, wall);
    coupons = room.get(Coupons, { strict: false });
    whenReceived = room.get(IssueRepurchaseCouponWhenOrderReceived);
    whenPaid = room.get(IssueRepurchaseCouponWhenFirstOrderPaid);
    whenRefunded = room.get(VoidUnusedCouponsWhenOrderFullyRefunded);
  });
  afterAll(async () => {
    await room.close();
    await test.close();
  });
  // Each test starts later and ends its campaigns, so that no campaign of another test is in force.
  beforeEach(async () => {
    wall.at += 1_000;
    await test.unitOfWork.run((tx) =>
      tx.execute('UPDATE coupon_campaigns SET endedAt = ? WHERE endedAt IS NULL', [wall.at]),
    );
    wall.at += 1_000;
  });

  const fresh = (kind: string): string => {
    serial += 1;
    return `${kind}_${serial}`;
  };
  const campaign = (over: Partial<CouponCampaignInput> = {}): Promise<string> =>
    room.get(CreateCampaignService).execute(
      { id: HQ.userId, name: HQ.username },
      {
        name: '收货后复购',
        trigger: 'received',
        holdoutBps: 0,
        coupon: { name: '复购券', kind: CouponKind.AmountOff, thresholdFen: 15_000, discountFen: 3_000, validDays: 30 },
        ...over,
      },
    );
  const received = (memberId: string, orderId: string, at = wall.at): OutboxEvent<'order.received'> => ({
    id: fresh('evt'),
    type: EventType.OrderReceived,
    streamId: orderId,
    occurredAt: at,
    payload: { orderId, orderNumber: '1', memberId, guideId: 'gde_3', bindingId: null, at },
  });
  const paid = (memberId: string, orderId: string): OutboxEvent<'order.paid'> => ({
    id: fresh('evt'),
    type: EventType.OrderPaid,
    streamId: orderId,
    occurredAt: wall.at,
    payload: {
      orderId,
      orderNumber: '1',
      memberId,
      guideId: 'gde_3',
      storeId: null,
      attribution: { branch: 'c', bindingId: null, touchId: null },
      totalFen: fen(100),
      freightFen: fen(0),
      createdAt: wall.at,
      paidAt: wall.at,
      lines: [],
    },
  });
  const refunded = (
    memberId: string,
    orderId: string,
    orderFullyRefunded: boolean,
  ): OutboxEvent<'refund.succeeded'> => ({
    id: fresh('evt'),
    type: EventType.RefundSucceeded,
    streamId: orderId,
    occurredAt: wall.at,
    payload: {
      refundId: fresh('rfd'),
      requestedAt: wall.at,
      orderId,
      memberId,
      goodwill: false,
      amountFen: fen(100),
      freightFen: fen(0),
      orderFullyRefunded,
      at: wall.at,
      lines: [],
    },
  });
  const handleReceived = (event: OutboxEvent<'order.received'>) =>
    test.unitOfWork.run((tx) => whenReceived.handle(tx, event));
  const handlePaid = (event: OutboxEvent<'order.paid'>) => test.unitOfWork.run((tx) => whenPaid.handle(tx, event));
  const purse = (memberId: string) => coupons.usable(test.database, memberId, wall.at);

  it('R6.3: issues one coupon at receipt, though the event is delivered twice and at once', async () => {
    const campaignId = await campaign();
    const [memberId, orderId] = [fresh('mem'), fresh('ord')];
    const event = received(memberId, orderId);
    await Promise.all([handleReceived(event), handleReceived(event)]);
    await handleReceived(event);
    const held = await purse(memberId);
    expect(held).toHaveLength(1);
    expect(held[0]).toMatchObject({ name: '复购券', sourceGuideId: 'gde_3', startsAt: wall.at });
    await handleReceived(received(memberId, fresh('ord')));
    expect(await purse(memberId)).toHaveLength(2);
    expect(await queries.one(test.database, campaignId)).toMatchObject({ issued: 2, redeemed: 0, heldOut: 0 });
  });

  it('R6.3: issues for the first paid order alone, whichever of two at once that is', async () => {
    await campaign({ trigger: 'first_paid' });
    const memberId = fresh('mem');
    const events = [paid(memberId, fresh('ord')), paid(memberId, fresh('ord')), paid(memberId, fresh('ord'))];
    await Promise.all(events.map(handlePaid));
    for (const event of events) await handlePaid(event);
    expect(await purse(memberId)).toHaveLength(1);
  });

  it('R6.3: a first order that was paid before the campaign began earns nothing, and neither does the second', async () => {
    const memberId = fresh('mem');
    await handlePaid(paid(memberId, fresh('ord')));
    await campaign({ trigger: 'first_paid' });
    await handlePaid(paid(memberId, fresh('ord')));
    expect(await purse(memberId)).toEqual([]);
  });

  it('counts for what happens in [start, end), however late it is learned', async () => {
    const started = wall.at;
    const campaignId = await campaign();
    wall.at += 500;
    const end = room.get(EndCampaignService);
    await end.execute(HQ, campaignId);
    await end.execute(HQ, campaignId);
    expect((await queries.one(test.database, campaignId)).endedAt).toBe(wall.at);
    const memberId = fresh('mem');
    for (const at of [started - 1, started, started + 499, started + 500]) {
      await handleReceived(received(memberId, fresh('ord'), at));
    }
    expect((await purse(memberId)).map(({ startsAt }) => startsAt)).toEqual([started, started + 499]);
    await expect(end.execute(HQ, 'cam_unknown')).rejects.toMatchObject({ status: 404 });
  });

  it('R6.3: a full refund voids the coupon of that order, a partial one does not', async () => {
    await campaign();
    const [memberId, orderId] = [fresh('mem'), fresh('ord')];
    await handleReceived(received(memberId, orderId));
    await test.unitOfWork.run((tx) => whenRefunded.handle(tx, refunded(memberId, orderId, false)));
    expect(await purse(memberId)).toHaveLength(1);
    await test.unitOfWork.run((tx) => whenRefunded.handle(tx, refunded(memberId, orderId, true)));
    expect(await purse(memberId)).toEqual([]);
  });

  it('R6.5: held-out members get nothing from the campaign and are counted, treated ones get it', async () => {
    const campaignId = await campaign({ holdoutBps: 5_000 });
    const members = Array.from({ length: 40 }, () => fresh('mem'));
    for (const memberId of members) {
      await handleReceived(received(memberId, fresh('ord')));
      await handleReceived(received(memberId, fresh('ord')));
    }
    const held = await Promise.all(members.map(async (memberId) => (await purse(memberId)).length));
    const { issued, heldOut } = await queries.one(test.database, campaignId);
    expect(heldOut).toBe(held.filter((coupon) => coupon === 0).length);
    expect(heldOut).toBeGreaterThan(0);
    expect(heldOut).toBeLessThan(40);
    expect(issued).toBe(2 * (40 - heldOut));
  });

  it('C23: a held-out member who uses an HQ grant is counted in the hold-out arm', async () => {
    const campaignId = await campaign({ holdoutBps: 10_000 });
    const [memberId, orderId] = [fresh('mem'), fresh('ord')];
    await handleReceived(received(memberId, fresh('ord')));
    expect(await purse(memberId)).toEqual([]);
    const grant = room.get(GrantCouponService, { strict: false });
    const templateId =
      (
        await test.database.first<{ templateId: string }>('SELECT templateId FROM coupon_campaigns WHERE id = ?', [
          campaignId,
        ])
      )?.templateId ?? '';
    const asked = { templateId, memberId, reason: '投诉补偿', key: fresh('key-of-grant') };
    const [couponId, again] = await Promise.all([grant.execute(HQ, asked), grant.execute(HQ, asked)]);
    expect(again).toBe(couponId);
    expect(await purse(memberId)).toHaveLength(1);
    await test.unitOfWork.run((tx) => coupons.lock(tx, { memberId, couponIds: [couponId], orderId, at: wall.at }));
    await test.unitOfWork.run((tx) => coupons.redeem(tx, orderId, wall.at));
    expect(await queries.arms(test.database, campaignId)).toEqual([
      { arm: 'holdout', members: 1, membersWhoRedeemed: 1, couponsRedeemed: 1 },
    ]);
    expect(await queries.one(test.database, campaignId)).toMatchObject({ issued: 0, redeemed: 0, heldOut: 1 });
    const entries = await test.database.query<{ actorName: string; reason: string }>(
      `SELECT actorName, reason FROM audit_entries WHERE action = 'coupon.grant' AND subject = ?`,
      [memberId],
    );
    expect(entries).toEqual([{ actorName: 'lin', reason: '投诉补偿' }]);
    await expect(grant.execute(HQ, { ...asked, memberId: 'mem_no', key: 'another-key' })).rejects.toMatchObject({
      status: 404,
    });
    await expect(grant.execute(HQ, { ...asked, templateId: 'cpt_no', key: 'a-third-key' })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('makes the demo campaign once, and not where HQ has a campaign', async () => {
    const other = await openTestDatabase(engine);
    const otherRoom = await openRoom(other, wall);
    const demo = () => otherRoom.get(EnsureDemoCampaign).execute();
    expect([await demo(), await demo()]).toEqual([true, false]);
    expect(await queries.list(other.database)).toMatchObject([{ trigger: 'received', holdoutBps: 0, endedAt: null }]);
    await otherRoom.close();
    await other.close();
  });
});
