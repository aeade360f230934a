import type { ProductCard, ShopFront } from '@mall/shared/catalogue';
import type { Page } from '@mall/shared/paging';
import { playJourney } from '../tools/journey/play-journey.js';
import type { StepDetails } from '../tools/journey/report.js';
import { ENGINES } from './support/test-database.js';
import { startTestMall, type TestMall } from './support/test-mall.js';

/** Own goods: three products, one with options, one line with a price that does not divide evenly. */
const CATALOGUE = [
  'Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Image Src',
  'linen-shirt,亚麻衬衫,<p>透气</p>,素野,上衣,"亚麻,夏",true,尺码,S,LS-S,7,199.00,',
  'linen-shirt,,,,,,,,M,LS-M,5,199.00,',
  'canvas-bag,帆布托特包,<p>耐用</p>,素野,包袋,,true,Title,Default Title,CB,9,59.90,',
  'wool-socks,羊毛袜,<p>保暖</p>,山屋,配件,,true,Title,Default Title,WS,11,33.37,',
].join('\n');

describe.each(ENGINES)('the referral journey over HTTP [%s]', (engine) => {
  let mall: TestMall;
  beforeAll(async () => {
    mall = await startTestMall(engine);
  });
  afterAll(() => mall.close());

  it('plays from share to repurchase and partial refund, and every sum is exact to the fen', async () => {
    const steps: { step: string; ok: boolean; details: StepDetails }[] = [];
    const catalogue = { name: 'test goods', content: Buffer.from(CATALOGUE) };
    const ok = await playJourney(
      { ...mall, catalogue },
      { step: (step, ok, details) => steps.push({ step, ok, details }) },
    );
    expect(steps.filter((step) => !step.ok)).toEqual([]);
    expect(ok).toBe(true);
    const summary = steps.at(-1)?.details;
    expect(summary).toMatchObject({ orders: 2, ledgerSumFen: 0, couponsIssued: 1, couponsRedeemed: 1 });
    expect(summary?.commissionFen).toBe(summary?.expectedCommissionFen);
    expect(summary?.commissionFen).toBeGreaterThan(0);
  });

  it('answers what the first page shows at once, as its three lists do one by one', async () => {
    const { api } = mall;
    const front = await api.get<ShopFront>('/api/shop-front');
    const newest = await api.get<Page<ProductCard>>('/api/products?sort=newest&inStock=true&limit=1');
    expect(front).toEqual({
      categories: await api.get('/api/categories'),
      newest: newest.items[0],
      bestSelling: await api.get('/api/products?sort=best_selling'),
    });
    expect(front.bestSelling.items).toHaveLength(3);
    expect(front.newest?.soldOut).toBe(false);
  });
});
