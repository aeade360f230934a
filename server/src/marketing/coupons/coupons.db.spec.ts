import { CouponKind } from '@mall/shared/coupons';
import { fen } from '@mall/shared/money';
import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { DAY_MS } from '../../platform/clock/business-day.js';
import { CouponsQueries } from './coupons.queries.js';
import { Coupons } from './coupons.service.js';
import { CreateTemplateService, type TemplateDraft } from './create-template.service.js';
import type { CouponLine } from './domain/coupon-offer.js';
import { IssueCouponService, type IssueOutcome } from './issue-coupon.service.js';
import { UseCouponsService } from './use-coupons.service.js';
import { VoidCouponsService } from './void-coupons.service.js';

const NOW = 1_790_000_000_000;

describe.each(ENGINES)('coupons [%s]', (engine) => {
  let test: TestDatabase;
  const queries = new CouponsQueries();
  const coupons = new Coupons(queries, new UseCouponsService());
  const issueCoupon = new IssueCouponService();
  const voidCoupons = new VoidCouponsService();
  let serial = 0;

  beforeAll(async () => {
    test = await openTestDatabase(engine);
  });
  afterAll(() => test.close());

  /** An id that no other test uses. */
  const fresh = (kind: string): string => {
    serial += 1;
    return `${kind}_${serial}`;
  };
  const template = (over: Partial<TemplateDraft> = {}): Promise<string> =>
    test.unitOfWork.run((tx) =>
      new CreateTemplateService().execute(
        tx,
        {
          name: '复购券',
          kind: CouponKind.AmountOff,
          thresholdFen: 15_000,
          discountFen: 3_000,
          validity: { days: 30 },
          ...over,
        },
        NOW,
      ),
    );
  const issue = (templateId: string, memberId: string, orderId: string, guideId: string | null = null) =>
    test.unitOfWork.run((tx) =>
      issueCoupon.execute(tx, {
        templateId,
        memberId,
        source: { kind: 'campaign', campaignId: 'cam_1', orderId, guideId },
        at: NOW,
      }),
    );
  const issued = async (memberId: string, orderId = fresh('ord')): Promise<string> => {
    const result = await issue(await template(), memberId, orderId, 'gde_7');
    if (result.outcome !== 'issued') throw new Error(`not issued: ${JSON.stringify(result)}`);
    return result.couponId;
  };
  const lock = (memberId: string, couponIds: string[], orderId: string, at = NOW + 1) =>
    test.unitOfWork.run((tx) => coupons.lock(tx, { memberId, couponIds, orderId, at }));
  const row = (id: string) =>
    test.database.first<{ state: string; lockedByOrderId: string | null; redeemedAt: number | null }>(
      'SELECT state, lockedByOrderId, redeemedAt FROM coupons WHERE id = ?',
      [id],
    );
  const count = async (sql: string, parameters: string[]): Promise<number> =>
    (await test.database.first<{ n: number }>(`SELECT COUNT(*) AS n FROM ${sql}`, parameters))?.n ?? -1;
  const tally = (results: IssueOutcome[], outcome: string): number =>
    results.filter((result) => result.outcome === outcome).length;

  it('R6.3: issues once per campaign, member and source order, even when asked ten times at once', async () => {
    const [templateId, memberId, orderId] = [await template(), fresh('mem'), fresh('ord')];
    const results = await Promise.all(Array.from({ length: 10 }, () => issue(templateId, memberId, orderId)));
    expect([tally(results, 'issued'), tally(results, 'already')]).toEqual([1, 9]);
    expect(await count('coupons WHERE memberId = ?', [memberId])).toBe(1);
    const stock = await test.database.first('SELECT issuedCount FROM coupon_templates WHERE id = ?', [templateId]);
    expect(stock).toEqual({ issuedCount: 1 });
    expect((await issue(templateId, memberId, fresh('ord'))).outcome).toBe('issued');
  });

  it('D17: a limit of 3 a member holds under 20 parallel issues', async () => {
    const [templateId, memberId] = [await template({ perMemberLimit: 3 }), fresh('mem')];
    const results = await Promise.all(Array.from({ length: 20 }, () => issue(templateId, memberId, fresh('ord'))));
    expect([tally(results, 'issued'), tally(results, 'refused')]).toEqual([3, 17]);
    expect(results.find((result) => result.outcome === 'refused')).toMatchObject({ reason: 'member_limit' });
    expect(await count('coupons WHERE memberId = ?', [memberId])).toBe(3);
    expect((await issue(templateId, fresh('mem'), fresh('ord'))).outcome).toBe('issued');
  });

  it('D17: a stock of 7 holds under 20 parallel issues, and who is refused keeps her slot', async () => {
    const templateId = await template({ stockLimit: 7, perMemberLimit: 1 });
    const members = Array.from({ length: 20 }, () => fresh('mem'));
    const results = await Promise.all(members.map((memberId) => issue(templateId, memberId, fresh('ord'))));
    expect([tally(results, 'issued'), tally(results, 'refused')]).toEqual([7, 13]);
    expect(await count('coupons WHERE templateId = ?', [templateId])).toBe(7);
    expect(await count('coupon_member_slots WHERE templateId = ?', [templateId])).toBe(7);
  });

  it('R6.1: of two orders that race for one coupon, one locks it', async () => {
    const memberId = fresh('mem');
    const couponId = await issued(memberId);
    const orders = Array.from({ length: 8 }, () => fresh('ord'));
    const results = await Promise.all(orders.map((orderId) => lock(memberId, [couponId], orderId)));
    expect(results.filter((result) => result === null)).toHaveLength(1);
    expect(results.filter((result) => result === couponId)).toHaveLength(7);
    expect((await row(couponId))?.lockedByOrderId).toBe(orders[results.indexOf(null)]);
  });

  it('R6.1: locking, redeeming and releasing again changes nothing', async () => {
    const [memberId, orderId] = [fresh('mem'), fresh('ord')];
    const couponId = await issued(memberId);
    expect(await lock(memberId, [couponId], orderId)).toBeNull();
    expect(await lock(memberId, [couponId], orderId)).toBeNull();
    await test.unitOfWork.run((tx) => coupons.redeem(tx, orderId, NOW + 5));
    await test.unitOfWork.run((tx) => coupons.redeem(tx, orderId, NOW + 9));
    await test.unitOfWork.run((tx) => coupons.release(tx, orderId));
    expect(await row(couponId)).toEqual({ state: 'redeemed', lockedByOrderId: orderId, redeemedAt: NOW + 5 });
    expect(await lock(memberId, [couponId], fresh('ord'))).toBe(couponId);
  });

  it('R6.1: a cancelled order gives its coupon back, and another order can lock it', async () => {
    const [memberId, first, second] = [fresh('mem'), fresh('ord'), fresh('ord')];
    const couponId = await issued(memberId);
    await lock(memberId, [couponId], first);
    await test.unitOfWork.run((tx) => coupons.release(tx, first));
    expect(await row(couponId)).toEqual({ state: 'issued', lockedByOrderId: null, redeemedAt: null });
    expect(await lock(memberId, [couponId], second)).toBeNull();
    await test.unitOfWork.run((tx) => coupons.release(tx, first));
    expect((await row(couponId))?.lockedByOrderId).toBe(second);
  });

  it('R1.4: an expired coupon cannot be locked; one locked in time is redeemed though it expires meanwhile', async () => {
    const [memberId, orderId] = [fresh('mem'), fresh('ord')];
    const [couponId, lateId] = [await issued(memberId), await issued(memberId)];
    const expiry = NOW + 30 * DAY_MS;
    expect(await lock(memberId, [lateId], fresh('ord'), expiry)).toBe(lateId);
    expect(await lock(memberId, [couponId], orderId, expiry - 1)).toBeNull();
    await test.unitOfWork.run((tx) => coupons.redeem(tx, orderId, expiry + 1));
    expect((await row(couponId))?.state).toBe('redeemed');
    expect(await coupons.usable(test.database, memberId, expiry)).toEqual([]);
    expect((await queries.list(test.database, memberId, 'expired', expiry)).map(({ id }) => id)).toEqual([lateId]);
  });

  it('refuses a coupon that is somebody else’s, and says which of several could not be locked', async () => {
    const [memberId, thief] = [fresh('mem'), fresh('mem')];
    const [own, theirs] = [await issued(thief), await issued(memberId)];
    expect(await lock(thief, [own, theirs], fresh('ord'))).toBe(theirs);
    expect((await row(theirs))?.state).toBe('issued');
  });

  it('R6.3: a full refund voids what is unused and leaves what was redeemed', async () => {
    const [memberId, source, order] = [fresh('mem'), fresh('ord'), fresh('ord')];
    const used = await issued(memberId, source);
    await lock(memberId, [used], order);
    await test.unitOfWork.run((tx) => coupons.redeem(tx, order, NOW + 5));
    const other = await test.unitOfWork.run(async (tx) =>
      issueCoupon.execute(tx, {
        templateId: await new CreateTemplateService().execute(
          tx,
          { name: '二', kind: CouponKind.FreeFreight, thresholdFen: 0, validity: { days: 3 } },
          NOW,
        ),
        memberId,
        source: { kind: 'campaign', campaignId: 'cam_2', orderId: source, guideId: null },
        at: NOW,
      }),
    );
    const unused = other.outcome === 'issued' ? other.couponId : '';
    const unrelated = await issued(memberId);
    await test.unitOfWork.run((tx) => voidCoupons.execute(tx, source, NOW + 7));
    await test.unitOfWork.run((tx) => voidCoupons.execute(tx, source, NOW + 8));
    expect((await row(used))?.state).toBe('redeemed');
    expect(await count('coupons WHERE id = ? AND voidedAt IS NULL', [used])).toBe(1);
    expect((await row(unused))?.state).toBe('voided');
    expect((await row(unrelated))?.state).toBe('issued');
    expect(await lock(memberId, [unused], fresh('ord'))).toBe(unused);
  });

  it('R6.3: a coupon that an unpaid order holds turns void when that order is cancelled, not before', async () => {
    const [memberId, source, order] = [fresh('mem'), fresh('ord'), fresh('ord')];
    const couponId = await issued(memberId, source);
    await lock(memberId, [couponId], order);
    await test.unitOfWork.run((tx) => voidCoupons.execute(tx, source, NOW + 7));
    expect((await row(couponId))?.state).toBe('locked');
    await test.unitOfWork.run((tx) => coupons.release(tx, order));
    expect(await row(couponId)).toEqual({ state: 'voided', lockedByOrderId: null, redeemedAt: null });
  });

  it('R6.3: issues nothing for an order whose full refund was learned first, and leaves none when both race', async () => {
    const [memberId, source, templateId] = [fresh('mem'), fresh('ord'), await template()];
    await test.unitOfWork.run((tx) => voidCoupons.execute(tx, source, NOW));
    expect(await issue(templateId, memberId, source)).toEqual({ outcome: 'refused', reason: 'source_refunded' });
    const orders = Array.from({ length: 10 }, () => fresh('ord'));
    await Promise.all(
      orders.flatMap((orderId) => [
        issue(templateId, memberId, orderId),
        test.unitOfWork.run((tx) => voidCoupons.execute(tx, orderId, NOW)),
      ]),
    );
    expect(await count(`coupons WHERE memberId = ? AND state <> 'voided'`, [memberId])).toBe(0);
  });

  it('R3.2b: names the guide of a used coupon and the lines that it discounted', async () => {
    const [memberId, orderId] = [fresh('mem'), fresh('ord')];
    const templateId = await template({ scope: { kind: 'brand', id: 'north' }, thresholdFen: 0 });
    const result = await issue(templateId, memberId, fresh('ord'), 'gde_9');
    const couponId = result.outcome === 'issued' ? result.couponId : '';
    await lock(memberId, [couponId], orderId);
    const line = (brandId: string): CouponLine => ({
      skuId: brandId,
      productId: 'p',
      categoryId: null,
      categoryPath: [],
      brandId,
      goodsFen: fen(8_000),
    });
    expect(await coupons.usedOn(test.database, orderId, [line('south'), line('north')])).toEqual([
      { couponId, templateId, name: '复购券', sourceGuideId: 'gde_9', lineIndexes: [1] },
    ]);
  });

  it('lists what she can use, and by state what she had', async () => {
    const memberId = fresh('mem');
    const [free, locked] = [await issued(memberId), await issued(memberId)];
    await lock(memberId, [locked], fresh('ord'));
    const held = await coupons.usable(test.database, memberId, NOW + 1);
    expect(held.map(({ id, state }) => [id, state]).sort()).toEqual(
      [
        [free, 'issued'],
        [locked, 'locked'],
      ].sort(),
    );
    expect(held[0]).toMatchObject({ thresholdFen: 15_000, discountFen: 3_000, expiresAt: NOW + 30 * DAY_MS });
    const [mine] = await queries.list(test.database, memberId, 'issued', NOW + 1);
    expect(mine).toMatchObject({ id: free, state: 'issued', scopeText: '全场可用', issuedAt: NOW });
    expect(await queries.list(test.database, memberId, undefined, NOW + 1)).toHaveLength(2);
    expect(await queries.list(test.database, fresh('mem'), undefined, NOW + 1)).toEqual([]);
  });

  it('refuses a template whose amounts do not fit its kind', async () => {
    await expect(template({ kind: CouponKind.PercentOff })).rejects.toMatchObject({
      status: 422,
      extension: { faults: [{ path: 'discountFen' }, { path: 'rateBps' }] },
    });
    await expect(template({ discountFen: undefined })).rejects.toMatchObject({ status: 422 });
  });
});
