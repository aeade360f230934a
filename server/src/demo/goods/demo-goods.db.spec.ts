import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { ImportCatalogue } from '../../hq/imports/imports.public.js';
import { UpsertProduct } from '../../mall/catalog/catalog.public.js';
import { Stock } from '../../mall/stock/stock.public.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { demoCatalogueCsv } from './demo-goods.public.js';
import { demoProductInput } from './demo-product-input.js';
import { DEMO_PRODUCTS } from './demo-products.js';

describe.each(ENGINES)('demo goods [%s]', (engine) => {
  let test: TestDatabase;
  const clock = new BusinessClock(new WallClock());
  beforeEach(async () => {
    test = await openTestDatabase(engine);
  });
  afterEach(() => test.close());
  const upsert = () => new UpsertProduct(test.unitOfWork, clock, new Stock(clock));

  it('are all on sale, and a second start leaves them as they are', async () => {
    const author = { actorId: 'demo', reason: '演示商品' };
    for (const product of DEMO_PRODUCTS) {
      expect(await upsert().execute(demoProductInput(product), author)).toMatchObject({
        product: 'created',
        published: true,
      });
    }
    for (const product of DEMO_PRODUCTS) {
      expect(await upsert().execute(demoProductInput(product), author)).toMatchObject({ product: 'unchanged' });
    }
  }, 60_000);

  it('are the same as a catalogue file, which imports without a single finding', async () => {
    const importing = new ImportCatalogue(upsert(), test.unitOfWork, new AuditLog(clock));
    const file = Buffer.from(demoCatalogueCsv());
    const skus = DEMO_PRODUCTS.flatMap((product) => demoProductInput(product).skus).length;
    expect(await importing.execute(file, { userId: 'hqu_1', username: 'admin' })).toMatchObject({
      productsCreated: DEMO_PRODUCTS.length,
      skusCreated: skus,
      productsUnpublished: 0,
      warnings: [],
      refused: [],
    });
  }, 60_000);
});
