import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueImportReport } from '@mall/shared/catalogue';
import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { Catalog, UpsertProduct } from '../../mall/catalog/catalog.public.js';
import { Stock } from '../../mall/stock/stock.public.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { ImportCatalogue } from './import-catalogue.service.js';

const DIRTY = readFileSync(join(__dirname, '../../../test/fixtures/dirty-catalogue.csv'));
/** Real shops' files, which are not part of the project: used where they lie beside it. */
const REAL = join(__dirname, '../../../../../shared/data/catalogues');
const REAL_FILES = [
  { file: 'apparel.csv', products: 20, skus: 22 },
  { file: 'home-and-garden.csv', products: 20, skus: 21 },
  { file: 'jewelery.csv', products: 20, skus: 23 },
  { file: 'bicycles.csv', products: 284, skus: 1_121 },
].filter(({ file }) => existsSync(join(REAL, file)));

const actor = { userId: 'hqu_1', username: 'admin' };

describe.each(ENGINES)('catalogue import [%s]', (engine) => {
  let test: TestDatabase;
  let importing: ImportCatalogue;
  beforeEach(async () => {
    test = await openTestDatabase(engine);
    const clock = new BusinessClock(new WallClock());
    const upsert = new UpsertProduct(test.unitOfWork, clock, new Stock(clock));
    importing = new ImportCatalogue(upsert, test.unitOfWork, new AuditLog(clock));
  });
  afterEach(() => test.close());

  const count = async (table: string) =>
    (await test.database.first<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`))?.n;
  const found = (report: CatalogueImportReport, kind: 'warnings' | 'refused') =>
    report[kind].map(({ line, code }) => `${line} ${code}`);
  const digest = async () => {
    const rows = await Promise.all(
      ['products', 'skus', 'stock_levels', 'product_images', 'product_search_terms', 'brands', 'categories'].map(
        (table) => test.database.query(`SELECT * FROM ${table}`),
      ),
    );
    return JSON.stringify(rows);
  };

  it('reports every oddity of a dirty file with line and reason, and imports the rest', async () => {
    const report = await importing.execute(DIRTY, actor);
    expect(report).toMatchObject({ productsCreated: 3, skusCreated: 5, productsUnpublished: 2 });
    expect(found(report, 'warnings')).toEqual([
      '5 sku_code_repeated',
      '5 stock_negative',
      '5 cost_missing',
      '9 option_missing',
      '9 image_dropped',
      '9 image_dropped',
      '11 price_zero',
      '11 cost_missing',
      '11 vendor_missing',
      '12 compare_at_invalid',
      '12 cost_invalid',
      '12 cost_missing',
    ]);
    expect(found(report, 'refused')).toEqual([
      '6 options_repeated',
      '7 price_invalid',
      '13 title_missing',
      '14 handle_missing',
      '15 too_many_cells',
      '16 row_empty',
    ]);
    expect(report.refused.every(({ message }) => message.length > 3)).toBe(true);
  });

  it('R1.1: writes prices to the fen, unknown cost as unknown, negative stock as none', async () => {
    await importing.execute(DIRTY, actor);
    const rows = await test.database.query(
      `SELECT k.optionValuesJson, k.code, k.priceFen, k.compareAtFen, k.costFen, l.available FROM skus k
       JOIN products p ON p.id = k.productId JOIN stock_levels l ON l.skuId = k.id
       WHERE p.handle = 'linen-shirt' ORDER BY k.position`,
    );
    const sku = (values: string[], rest: object) => ({ optionValuesJson: JSON.stringify(values), ...rest });
    expect(rows).toEqual([
      sku(['白', 'M'], { code: 'LS-1', priceFen: 29_900, compareAtFen: 39_900, costFen: 12_050, available: 12 }),
      sku(['白', 'L'], { code: 'LS-1', priceFen: 29_900, compareAtFen: null, costFen: null, available: 0 }),
      sku(['蓝', '默认'], { code: '', priceFen: 31_000, compareAtFen: null, costFen: null, available: 3 }),
    ]);
    const hidden = await test.database.first("SELECT * FROM products WHERE handle = 'hidden'");
    expect(hidden).toMatchObject({ optionNamesJson: '[]', published: 0, minPriceFen: 1_880 });
  });

  it('keeps no script of a description, pictures in their order, and categories as a tree', async () => {
    await importing.execute(DIRTY, actor);
    const shirt = await test.database.first<{ descriptionHtml: string; imageUrl: string }>(
      "SELECT * FROM products WHERE handle = 'linen-shirt'",
    );
    expect(shirt?.descriptionHtml).toBe('<p>透气\n尺码表</p>');
    expect(shirt?.imageUrl).toBe('http://img.example.com/b.jpg');
    const { items } = await new Catalog().publishedCards(test.database, { q: '亚麻' });
    expect(items[0]?.categoryPath).toHaveLength(2);
  });

  it('changes nothing the second time', async () => {
    const first = await importing.execute(DIRTY, actor);
    const before = await digest();
    const second = await importing.execute(DIRTY, actor);
    expect(second).toMatchObject({ productsCreated: 0, productsUpdated: 0, productsUnchanged: 3 });
    expect(second).toMatchObject({ skusCreated: 0, skusUpdated: 0, skusUnchanged: 5 });
    expect(second.refused).toEqual(first.refused);
    expect(await digest()).toBe(before);
  });

  it('updates what changed and withdraws no SKU while rows of its product are refused', async () => {
    await importing.execute(DIRTY, actor);
    const changed = DIRTY.toString()
      .replace('299.00,399.00', '279.00,399.00')
      .replace(/^.*LS-1,-4.*\n/m, '');
    const report = await importing.execute(Buffer.from(changed), actor);
    expect(report).toMatchObject({ productsUpdated: 1, productsUnchanged: 2, skusUpdated: 2, skusCreated: 0 });
    expect(await count('skus')).toBe(5);
    expect(report.warnings.map(({ code }) => code)).not.toContain('sku_withdrawn');
  });

  it('leaves no trace of a file that is refused', async () => {
    await expect(importing.execute(Buffer.from('a,b\n1,2'), actor)).rejects.toMatchObject({ status: 422 });
    expect(await count('products')).toBe(0);
    expect(await count('audit_entries')).toBe(0);
  });

  // A loop, since `it.each` refuses an empty table: a clone without those files beside it has none.
  for (const { file, products, skus } of REAL_FILES) {
    it(`takes in every product and SKU of ${file}, twice alike`, async () => {
      const bytes = readFileSync(join(REAL, file));
      const first = await importing.execute(bytes, actor);
      expect(first).toMatchObject({ productsCreated: products, skusCreated: skus, refused: [] });
      expect(await count('products')).toBe(products);
      const before = await digest();
      const second = await importing.execute(bytes, actor);
      expect(second).toMatchObject({ productsUnchanged: products, skusUnchanged: skus, skusUpdated: 0 });
      expect(await digest()).toBe(before);
      const leaks = 'SELECT COUNT(*) AS n FROM stock_levels WHERE available + reserved + sold <> received';
      expect((await test.database.first<{ n: number }>(leaks))?.n).toBe(0);
    }, 60_000);
  }
});
