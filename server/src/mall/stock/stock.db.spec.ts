import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Stock } from './stock.public.js';

describe.each(ENGINES)('stock [%s]', (engine) => {
  let test: TestDatabase;
  const stock = new Stock(new BusinessClock(new WallClock()));
  beforeAll(async () => {
    test = await openTestDatabase(engine);
  });
  afterAll(() => test.close());

  const open = (skuId: string, quantity: number) =>
    test.unitOfWork.run((tx) => stock.open(tx, skuId, quantity, '期初', 'hqu_1'));
  const level = async (skuId: string) => (await stock.levels(test.database, [skuId]))[0];
  const deltas = async (skuId: string) =>
    (
      await test.database.query<{ delta: number }>('SELECT delta FROM stock_adjustments WHERE skuId = ? ORDER BY id', [
        skuId,
      ])
    ).map(({ delta }) => delta);

  it('R7.3: 30 buyers racing for 10 pieces end with exactly 10 reservations', async () => {
    await open('sku_race', 10);
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, () =>
        test.unitOfWork.run((tx) => stock.reserve(tx, [{ skuId: 'sku_race', quantity: 1 }])),
      ),
    );
    expect(outcomes.filter((shortage) => shortage === null)).toHaveLength(10);
    expect(outcomes.filter((shortage) => shortage?.skuId === 'sku_race')).toHaveLength(20);
    expect(await level('sku_race')).toEqual({ skuId: 'sku_race', received: 10, reserved: 10, sold: 0, available: 0 });
  });

  it('R7.3: buyers of the same SKUs in opposite order all get their pieces', async () => {
    await open('sku_x', 40);
    await open('sku_y', 40);
    const cart = [
      { skuId: 'sku_x', quantity: 1 },
      { skuId: 'sku_y', quantity: 2 },
    ];
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, buyer) =>
        test.unitOfWork.run((tx) => stock.reserve(tx, buyer % 2 === 0 ? cart : [...cart].reverse())),
      ),
    );
    expect(outcomes.every((shortage) => shortage === null)).toBe(true);
    expect((await level('sku_x'))?.reserved).toBe(20);
    expect((await level('sku_y'))?.reserved).toBe(40);
  });

  it('R7.3: reserves all lines or none, and names the first SKU that lacks', async () => {
    await open('sku_full', 6);
    await open('sku_low', 3);
    const shortage = await test.unitOfWork.run((tx) =>
      stock.reserve(tx, [
        { skuId: 'sku_low', quantity: 4 },
        { skuId: 'sku_full', quantity: 2 },
      ]),
    );
    expect(shortage).toEqual({ skuId: 'sku_low', available: 3 });
    expect(await level('sku_full')).toMatchObject({ available: 6, reserved: 0 });
  });

  it('R7.3: an unknown SKU has nothing to reserve', async () => {
    const shortage = await test.unitOfWork.run((tx) => stock.reserve(tx, [{ skuId: 'sku_none', quantity: 1 }]));
    expect(shortage).toEqual({ skuId: 'sku_none', available: 0 });
  });

  it('R7.3: pieces go from available to reserved to sold and back, and none is lost', async () => {
    await open('sku_walk', 9);
    const lines = [{ skuId: 'sku_walk', quantity: 4 }];
    await test.unitOfWork.run(async (tx) => {
      await stock.reserve(tx, lines);
      await stock.sell(tx, lines);
      await stock.reserve(tx, [{ skuId: 'sku_walk', quantity: 3 }]);
      await stock.release(tx, [{ skuId: 'sku_walk', quantity: 1 }]);
      await stock.restock(tx, [{ skuId: 'sku_walk', quantity: 2 }]);
    });
    expect(await level('sku_walk')).toEqual({ skuId: 'sku_walk', received: 9, reserved: 2, sold: 2, available: 5 });
  });

  it('R7.3: an order that gives back more than it holds is a bug and changes nothing', async () => {
    await open('sku_over', 5);
    const selling = test.unitOfWork.run(async (tx) => {
      await stock.reserve(tx, [{ skuId: 'sku_over', quantity: 2 }]);
      await stock.sell(tx, [{ skuId: 'sku_over', quantity: 3 }]);
    });
    await expect(selling).rejects.toThrow('holds fewer');
    expect(await level('sku_over')).toMatchObject({ available: 5, reserved: 0, sold: 0 });
  });

  it('R7.3: an adjustment changes what was received and never takes more than is there', async () => {
    await open('sku_adjust', 8);
    const adjust = (delta: number) =>
      test.unitOfWork.run((tx) => stock.adjust(tx, { skuId: 'sku_adjust', delta, reason: '盘点', actorId: 'hqu_1' }));
    expect(await adjust(5)).toBe(true);
    expect(await adjust(-14)).toBe(false);
    expect(await adjust(-13)).toBe(true);
    expect(await level('sku_adjust')).toMatchObject({ available: 0, received: 0 });
    expect(await deltas('sku_adjust')).toEqual([8, 5, -13]);
  });

  it('R7.3: an adjustment as far as possible empties the shelf and says how many it took', async () => {
    await open('sku_far', 7);
    const taken = await test.unitOfWork.run(async (tx) => {
      await stock.reserve(tx, [{ skuId: 'sku_far', quantity: 5 }]);
      return stock.adjustAsFarAsPossible(tx, { skuId: 'sku_far', delta: -6, reason: '导入', actorId: 'hqu_1' });
    });
    expect(taken).toBe(-2);
    expect(await level('sku_far')).toEqual({ skuId: 'sku_far', received: 5, reserved: 5, sold: 0, available: 0 });
    expect(await deltas('sku_far')).toEqual([7, -2]);
  });

  it('R7.3: the database itself refuses a row that leaks', async () => {
    await open('sku_leak', 2);
    const leaking = test.unitOfWork.run((tx) =>
      tx.execute("UPDATE stock_levels SET sold = sold + 1 WHERE skuId = 'sku_leak'"),
    );
    await expect(leaking).rejects.toThrow(/CHK_stock_never_leaks|constraint/i);
  });
});
