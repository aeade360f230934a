import { ProductSort } from '@mall/shared/catalogue';
import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Stock } from '../stock/stock.public.js';
import { Catalog, type ProductInput, type SkuInput, UpsertProduct } from './catalog.public.js';
import { findProductDetail, findSkuSummaries } from './product-detail.queries.js';
import { listBrands, listCategories } from './shelves.queries.js';

const sku = (values: string[], priceFen: number, rest: Partial<SkuInput> = {}): SkuInput => ({
  optionValues: values,
  code: '',
  priceFen,
  compareAtFen: null,
  costFen: null,
  imageUrl: null,
  quantity: 5,
  ...rest,
});

const product = (handle: string, title: string, skus: SkuInput[], rest: Partial<ProductInput> = {}): ProductInput => ({
  handle,
  title,
  subtitle: null,
  descriptionHtml: '',
  brandName: '青禾',
  categoryNames: ['服饰', '针织'],
  tags: [],
  publish: true,
  optionNames: skus[0]?.optionValues.length === 1 ? ['颜色'] : [],
  imageUrls: [],
  skus,
  complete: true,
  ...rest,
});

const author = { actorId: 'hqu_1', reason: '导入' };

describe.each(ENGINES)('catalogue [%s]', (engine) => {
  let test: TestDatabase;
  let upsert: UpsertProduct;
  const catalog = new Catalog();
  const clock = new BusinessClock(new WallClock());
  const stock = new Stock(clock);
  beforeAll(async () => {
    test = await openTestDatabase(engine);
    upsert = new UpsertProduct(test.unitOfWork, clock, stock);
    await upsert.execute(product('wool-cardigan', '羊毛开衫', [sku(['燕麦'], 59_900), sku(['松绿'], 62_900)]), author);
    await upsert.execute(product('tee', '重磅 T恤 Café', [sku([], 12_900, { compareAtFen: 15_900 })]), author);
    await upsert.execute(
      product('cup', '手工杯', [sku([], 8_900, { quantity: 0 })], { categoryNames: ['家居'] }),
      author,
    );
    await upsert.execute(product('gift', '赠品', [sku([], 0)]), author);
    await upsert.execute(product('draft', '未上架开衫', [sku([], 3_300)], { publish: false }), author);
  });
  afterAll(() => test.close());

  const titles = async (query: Parameters<Catalog['publishedCards']>[1]) =>
    (await catalog.publishedCards(test.database, query)).items.map(({ card }) => card.title);
  const idOf = async (handle: string) =>
    (await test.database.first<{ id: string }>('SELECT id FROM products WHERE handle = ?', [handle]))?.id ?? '';
  const skuIds = async (handle: string) =>
    (
      await test.database.query<{ id: string }>('SELECT id FROM skus WHERE productId = ? ORDER BY position', [
        await idOf(handle),
      ])
    ).map(({ id }) => id);

  it('R7.3: of two imports of one file at once the stock moves once, and both end well', async () => {
    for (let round = 1; round <= 30; round += 1) {
      const file = (quantity: number, more: SkuInput[] = []) =>
        product(`raced-${round}`, '竞速', [sku(['红'], 100, { quantity }), ...more], { publish: false });
      await upsert.execute(file(10), author);
      // With another SKU the two meet there; without, only at the count of the first.
      const next = file(15, round % 2 === 0 ? [] : [sku(['蓝'], 100, { quantity: 3 })]);
      await Promise.all([upsert.execute(next, author), upsert.execute(next, author)]);
      const rows = await test.database.query<{ available: number }>(
        `SELECT l.available FROM stock_levels l JOIN skus s ON s.id = l.skuId WHERE s.productId = ?
         ORDER BY s.position`,
        [await idOf(`raced-${round}`)],
      );
      expect(rows.map(({ available }) => Number(available))).toEqual(round % 2 === 0 ? [15] : [15, 3]);
    }
  });

  it('finds two-character Chinese words, single characters and words by their beginning', async () => {
    expect(await titles({ q: '开衫' })).toEqual(['羊毛开衫']);
    expect(await titles({ q: '衫' })).toEqual(['羊毛开衫']);
    expect(await titles({ q: 'caf' })).toEqual(['重磅 T恤 Café']);
    expect(await titles({ q: 'T恤' })).toEqual(['重磅 T恤 Café']);
    expect(await titles({ q: '毛衫' })).toEqual([]);
    expect(await titles({ q: '！！' })).toEqual([]);
  });

  it('shows neither what is not published nor what has no price', async () => {
    expect(await titles({ sort: ProductSort.PriceAscending })).toEqual(['手工杯', '重磅 T恤 Café', '羊毛开衫']);
    expect(await findProductDetail(test.database, await idOf('draft'))).toBeNull();
    expect(await findProductDetail(test.database, await idOf('gift'))).toBeNull();
    expect(await findSkuSummaries(test.database, await skuIds('draft'))).toEqual([]);
  });

  it('filters by category with those below, brand, price and stock', async () => {
    const categories = await listCategories(test.database);
    expect(categories.map(({ name }) => name)).toEqual(['服饰', '针织', '家居']);
    const [clothes, knit] = categories;
    expect(knit?.parentId).toBe(clothes?.id);
    expect(await titles({ categoryId: clothes?.id, sort: 'price_asc' })).toEqual(['重磅 T恤 Café', '羊毛开衫']);
    expect(await titles({ minPriceFen: 8_901, maxPriceFen: 12_900 })).toEqual(['重磅 T恤 Café']);
    expect(await titles({ inStock: true, sort: 'price_asc' })).toEqual(['重磅 T恤 Café', '羊毛开衫']);
    const [brand] = await listBrands(test.database);
    expect(await titles({ brandId: brand?.id, q: '杯' })).toEqual(['手工杯']);
    expect(await titles({ brandId: 'brd_none' })).toEqual([]);
  });

  it('answers a card with the lowest price, a struck-through price above it, and whether it is sold out', async () => {
    const { items } = await catalog.publishedCards(test.database, { sort: 'price_asc' });
    const [cup, tee, cardigan] = items.map(({ card }) => card);
    expect(cup).toMatchObject({ priceFen: 8_900, priceIsFrom: false, soldOut: true });
    expect(tee).toMatchObject({ priceFen: 12_900, compareAtFen: 15_900, soldOut: false, brandName: '青禾' });
    expect(cardigan).toMatchObject({ priceFen: 59_900, priceIsFrom: true, compareAtFen: null });
    expect(items[2]?.cheapestSkuId).toBe((await skuIds('wool-cardigan'))[0]);
    expect(items[2]?.categoryPath).toHaveLength(2);
  });

  it('answers a product with options in the order of its SKUs', async () => {
    const detail = await findProductDetail(test.database, await idOf('wool-cardigan'));
    expect(detail?.options).toEqual([{ name: '颜色', values: ['燕麦', '松绿'] }]);
    expect(detail?.skus.map(({ priceFen, available }) => [priceFen, available])).toEqual([
      [59_900, 5],
      [62_900, 5],
    ]);
  });

  it('says of every known SKU whether it is on sale', async () => {
    const ids = [...(await skuIds('wool-cardigan')), ...(await skuIds('gift')), ...(await skuIds('draft')), 'sku_none'];
    const items = await catalog.saleItems(test.database, ids);
    const byText = Object.fromEntries(items.map((item) => [`${item.title}${item.optionText}`, item.onSale]));
    expect(byText).toEqual({ 羊毛开衫燕麦: true, 羊毛开衫松绿: true, 赠品: false, 未上架开衫: false });
    expect(items.every(({ costFen, categoryPath }) => costFen === null && categoryPath.length === 2)).toBe(true);
  });

  it('pages through equal sort keys without repeating or skipping a product', async () => {
    for (let number = 0; number < 23; number += 1) {
      await upsert.execute(product(`equal-${number}`, `同价商品 ${number}`, [sku([], 7_700)]), author);
    }
    for (const sort of Object.values(ProductSort)) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await catalog.publishedCards(test.database, {
          q: '同价',
          sort,
          limit: 4,
          ...(cursor && { cursor }),
        });
        seen.push(...page.items.map(({ productId }) => productId));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toHaveLength(23);
      expect(new Set(seen).size).toBe(23);
    }
    await expect(catalog.publishedCards(test.database, { cursor: 'nonsense' })).rejects.toMatchObject({ status: 422 });
  });

  it('brings a product up to date and says what changed', async () => {
    const first = product('update', '亚麻衬衫', [sku(['白'], 100), sku(['蓝'], 200)]);
    expect(await upsert.execute(first, author)).toMatchObject({ product: 'created', skus: { created: 2 } });
    expect(await upsert.execute(first, author)).toMatchObject({ product: 'unchanged', skus: { unchanged: 2 } });
    const second = { ...first, title: '棉麻长衫', skus: [sku(['白'], 150), sku(['灰'], 300)] };
    expect(await upsert.execute(second, author)).toMatchObject({
      product: 'updated',
      skus: { created: 1, updated: 1, unchanged: 0 },
      withdrawn: ['蓝'],
    });
    expect(await titles({ q: '亚麻衬衫' })).toEqual([]);
    expect(await titles({ q: '棉麻' })).toEqual(['棉麻长衫']);
    const detail = await findProductDetail(test.database, await idOf('update'));
    expect(detail?.skus.map(({ optionValues }) => optionValues[0])).toEqual(['白', '灰']);
    expect(detail?.priceFen).toBe(150);
  });

  it('R7.3: applies only the difference between two files, so that what was sold does not come back', async () => {
    const first = product('sold', '卖出去的', [sku([], 100, { quantity: 10 })]);
    await upsert.execute(first, author);
    const [skuId = ''] = await skuIds('sold');
    await test.unitOfWork.run(async (tx) => {
      await stock.reserve(tx, [{ skuId, quantity: 4 }]);
      await stock.sell(tx, [{ skuId, quantity: 4 }]);
    });
    await upsert.execute(first, author);
    expect(await stock.levels(test.database, [skuId])).toMatchObject([{ available: 6, sold: 4, received: 10 }]);
    await upsert.execute({ ...first, skus: [sku([], 100, { quantity: 13 })] }, author);
    expect(await stock.levels(test.database, [skuId])).toMatchObject([{ available: 9, sold: 4, received: 13 }]);
    const outcome = await upsert.execute({ ...first, skus: [sku([], 100, { quantity: 2 })] }, author);
    expect(outcome.oversold).toEqual([{ optionText: '', missing: 2 }]);
    expect(await stock.levels(test.database, [skuId])).toMatchObject([{ available: 0, sold: 4, received: 4 }]);
  });
});
