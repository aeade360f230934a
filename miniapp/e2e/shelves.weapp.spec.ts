import type { Brand, ProductCard, ProductDetail } from '@mall/shared/catalogue';
import type { Page as PageOf } from '@mall/shared/paging';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { TestMall } from '../../server/test/support/test-mall.js';
import { startFilledMall } from './demo-mall-for-tests.js';
import { CARDIGAN, Shopping } from './shopping-for-tests.js';
import { choosesOptions } from './weapp-buying-for-tests.js';
import { People } from './weapp-people-for-tests.js';
import type { WeappPerson } from './weapp-person-for-tests.js';

const BRUSH = '竹柄牙刷 四支';
const SOLD_OUT = '黄铜手镜';
const STEP_MS = 120_000;

let mall: TestMall;
let shopping: Shopping;
let person: WeappPerson;
let cardigan: ProductCard;
let brush: ProductCard;

async function shelf(query: string): Promise<ProductCard[]> {
  return (await mall.api.get<PageOf<ProductCard>>(`/api/products?${query}`)).items;
}
async function named(title: string): Promise<ProductCard> {
  const [found] = await shelf(`q=${encodeURIComponent(title)}`);
  if (found?.title !== title) throw new Error(`${title} is not on the shelf`);
  return found;
}

beforeAll(async () => {
  mall = await startFilledMall();
  shopping = new Shopping(mall);
  await shopping.opens();
  [cardigan, brush] = [await named(CARDIGAN), await named(BRUSH)];
  // The demo's goods have one photograph each: this one gets that of another as its second.
  await mall.app.get(UnitOfWork).run((tx) =>
    tx.execute(
      `INSERT INTO product_images (id, productId, position, url)
           SELECT 'pim_second', ?, 9, url FROM product_images WHERE productId = ? ORDER BY position LIMIT 1`,
      [cardigan.id, brush.id],
    ),
  );
  person = await new People(mall).arrives('visitor-2');
}, 150_000);

afterAll(() => person?.leaves(), 150_000);
afterAll(() => mall?.close(), 150_000);

/** Waits until the first card of the shelf is this one. */
async function leadsWith(title: string | undefined): Promise<void> {
  await person.until(`${title} in front`, async () => {
    const first = await (await person.page()).$('.product-card');
    return title !== undefined && (await first?.text())?.includes(title);
  });
}

async function searches(words: string): Promise<void> {
  await person.types('#search-words', words);
  await person.taps('.search-box__go');
}

describe('the weapp build on the local host: home', () => {
  it(
    'the newest thing and each category lead to where they say',
    async () => {
      await person.reads('大家常买', '本周新品');
      const title = await (await person.finds('.home__feature-title')).text();
      expect(title).toBe((await shelf('sort=newest&inStock=true&limit=1'))[0]?.title);
      await person.taps('.home__feature');
      await person.arrivesAt('packages/shop/product/index');
      await person.reads(title, '商品详情');
      await person.goesBack();
      await person.taps('.home__category', '服饰');
      await person.readsTitle('服饰');
      const { categoryId } = (await person.page()).query as { categoryId: string };
      await person.countsTo((await shelf(`categoryId=${categoryId}&limit=20`)).length, '.product-card');
      await person.goesBack();
      await person.arrivesAt('pages/home/index');
    },
    STEP_MS,
  );

  it(
    'the shelf goes on by scrolling, says so without a line and goes on by a tap, and ends',
    async () => {
      await person.countsTo(20, '.product-card');
      await person.scrollsToTheEnd();
      await person.countsTo(40, '.product-card');
      await person.surroundings.goesOffline(true);
      await person.scrollsToTheEnd();
      await person.reads('没能取到更多，点这里再试');
      await person.surroundings.goesOffline(false);
      await person.taps('.page-foot--more');
      await person.reads('都在这里了');
      expect(await person.counts('.product-card')).toBeGreaterThan(40);
      const before = await person.askedFor(/\/api\/shop-front$/);
      await person.pullsDown();
      await person.countsTo(20, '.product-card');
      expect(await person.askedFor(/\/api\/shop-front$/)).toBe(before + 1);
      await person.scrollsToTheEnd();
      await person.countsTo(40, '.product-card');
    },
    STEP_MS,
  );

  it(
    'its card opens the shop (R8)',
    async () => {
      expect(await person.sendsCard()).toMatchObject({ title: '拾光里 · 好好生活的小物', path: '/pages/home/index' });
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: searching', () => {
  it(
    'words of two characters find, other words say that nothing was found, by the button and by the keyboard',
    async () => {
      await person.taps('.home__search');
      await person.readsTitle('搜索');
      await searches('开衫');
      await leadsWith(CARDIGAN);
      await person.types('#search-words', '航天飞机');
      await (await person.finds('#search-words')).trigger('confirm', { value: '航天飞机' });
      await person.reads('没有找到“航天飞机”');
      await searches('');
      await person.countsTo(20, '.product-card');
    },
    STEP_MS,
  );

  it(
    'each order of the shelf is the server’s, and the list goes on in it',
    async () => {
      const orders = { 价格从低: 'price_asc', 价格从高: 'price_desc', 新品: 'newest', 常买: 'best_selling' };
      for (const [words, sort] of Object.entries(orders)) {
        await person.taps('.filters__item', words);
        await leadsWith((await shelf(`sort=${sort}&limit=1`))[0]?.title);
        expect(await (await person.finds('.filters__item.is-chosen')).text()).toBe(words);
      }
      await person.scrollsToTheEnd();
      await person.countsTo(40, '.product-card');
      await person.pullsDown();
      await person.countsTo(20, '.product-card');
    },
    STEP_MS,
  );

  it(
    'what is sold out is seen or left out as she likes, and can’t be bought',
    async () => {
      await searches('手镜');
      await person.finds('.product-card--sold-out', SOLD_OUT);
      await person.taps('.filters__item', '有货');
      await person.reads('没有找到“手镜”');
      await person.taps('.filters__item', '有货');
      await person.taps('.product-card', SOLD_OUT);
      await person.arrivesAt('packages/shop/product/index');
      await person.finds('.buy-bar__sold-out', '已售罄');
      expect(await person.counts('#add-to-cart')).toBe(0);
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: categories', () => {
  it(
    'a category shows its own parts; all of it, a part and a brand each open their list',
    async () => {
      const brand = (await mall.api.get<Brand[]>('/api/brands')).at(-1) as Brand;
      await person.goes('switchTab', '/pages/category/index');
      await person.taps('.category__entry', '洗护');
      await person.reads('全部洗护', '洗漱');
      await person.finds('.category__entry.is-chosen', '洗护');
      await person.taps('.category__all');
      await person.readsTitle('洗护');
      await person.finds('.product-card', BRUSH);
      await person.goesBack();
      await person.taps('.tile', '洗漱');
      await person.readsTitle('洗漱');
      await person.finds('.product-card', SOLD_OUT);
      await person.goesBack();
      await person.taps('.category__brand', brand.name);
      await person.readsTitle(brand.name);
      await leadsWith((await shelf(`brandId=${brand.id}&limit=1`))[0]?.title);
      await person.goesBack();
      await person.arrivesAt('pages/category/index');
      const before = await person.askedFor(/\/api\/(categories|brands)$/);
      await person.pullsDown();
      await person.until(
        'both again',
        async () => (await person.askedFor(/\/api\/(categories|brands)$/)) === before + 2,
      );
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: a product', () => {
  it(
    'a photograph that does not come leaves the first character of its name on a tinted ground',
    async () => {
      const { id } = await named(SOLD_OUT);
      await mall.app
        .get(UnitOfWork)
        .run((tx) => tx.execute("UPDATE product_images SET url = '/media/none.webp' WHERE productId = ?", [id]));
      await person.goes('navigateTo', `/packages/shop/product/index?id=${id}`);
      await person.finds('.picture--hero .picture__absent', SOLD_OUT.slice(0, 1));
      expect(await person.counts('.picture--hero .picture__image')).toBe(0);
      await person.goesBack();
    },
    STEP_MS,
  );

  it(
    'its photographs can be swiped, its card names it, and pulling down asks for it again (R8)',
    async () => {
      const { images } = await mall.api.get<ProductDetail>(`/api/products/${cardigan.id}`);
      await person.goes('navigateTo', `/packages/shop/product/index?id=${cardigan.id}`);
      await person.reads(`1 / ${images.length}`, '100% 美利奴羊毛');
      await person.swipes('.hero__swiper', 1);
      await person.reads(`2 / ${images.length}`);
      const card = await person.sendsCard();
      expect(card).toMatchObject({ title: CARDIGAN, path: `/packages/shop/product/index?id=${cardigan.id}` });
      expect(card?.imageUrl).toContain(images[0]);
      const before = await person.askedFor(new RegExp(`/api/products/${cardigan.id}$`));
      await person.pullsDown();
      await person.until('it again', async () => (await person.askedFor(/\/api\/products\/prd_\w+$/)) > before);
    },
    STEP_MS,
  );

  it(
    'a sheet keeps the page behind it still under a finger, which moves it once the sheet is gone',
    async () => {
      const top = async () => (await person.page()).scrollTop();
      const up = () => person.surroundings.drags({ x: 195, y: 260 }, { x: 195, y: 120 });
      const before = await top();
      await person.taps('#add-to-cart');
      await person.finds('#sku-confirm');
      await up();
      await person.taps('.sheet__close');
      await person.countsTo(0, '.sku-sheet');
      expect(await top()).toBe(before);
      await up();
      await person.until('the page to move', async () => (await top()) > before);
    },
    STEP_MS,
  );

  it(
    'a choice can be taken back, and the sheet closes by its cross and by a tap beside it',
    async () => {
      await person.taps('#add-to-cart');
      await person.reads('请选择颜色、尺码', '放入购物袋');
      await person.taps('.sku-option__value', '松绿');
      await person.reads('请选择尺码');
      await person.taps('.sku-option__value', '松绿');
      await person.reads('请选择颜色、尺码');
      await person.finds('#sku-confirm.is-disabled');
      await person.taps('.sheet__close');
      await person.countsTo(0, '.sku-sheet');
      await person.taps('#buy-now');
      await person.finds('#sku-confirm', '去结算');
      // The SDK touches the middle of things, and that of the veil lies under the panel.
      await (await person.finds('.sheet__scrim')).trigger('tap');
      await person.countsTo(0, '.sku-sheet');
    },
    STEP_MS,
  );

  it(
    'as many as she chose go into the bag, and what has one kind only needs no choice',
    async () => {
      await person.taps('#add-to-cart');
      await choosesOptions(person, '松绿', 'M');
      for (const part of ['.stepper__more', '.stepper__more', '.stepper__less']) await person.taps(part);
      await person.taps('#sku-confirm');
      await person.hears('已放入购物袋');
      await person.finds('.buy-bar__count', '2');
      await person.goes('navigateTo', `/packages/shop/product/index?id=${brush.id}`);
      await person.taps('#add-to-cart');
      await person.taps('#sku-confirm');
      await person.finds('.buy-bar__count', '3');
      await person.taps('.buy-bar__bag');
      await person.arrivesAt('pages/cart/index');
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: the bag', () => {
  it(
    'it reckons what is chosen, one by one and all at once',
    async () => {
      await person.finds('.cart-bar__total', '¥1237.00');
      await person.tapsIn('.cart-row', CARDIGAN, '.cart-row__check');
      await person.finds('.cart-bar__total', '¥39.00');
      await person.finds('#cart-checkout', '去结算 (1)');
      await person.taps('.cart-bar__all');
      await person.finds('.cart-bar__total', '¥1237.00');
      await person.taps('.cart-bar__all');
      await person.finds('#cart-checkout.is-disabled', '去结算');
      await person.tapsIn('.cart-row', BRUSH, '.cart-row__check');
      await person.tapsIn('.cart-row', BRUSH, '.stepper__more');
      await person.finds('.cart-bar__total', '¥78.00');
      await person.tapsIn('.cart-row', BRUSH, '.stepper__less');
      await person.finds('.cart-bar__total', '¥39.00');
    },
    STEP_MS,
  );

  it(
    'a picture leads to its product, and a line goes only after she said so twice',
    async () => {
      await person.tapsIn('.cart-row', CARDIGAN, '.cart-row__picture');
      await person.arrivesAt('packages/shop/product/index');
      await person.reads(CARDIGAN, '商品详情');
      await person.goes('switchTab', '/pages/cart/index');
      await person.tapsIn('.cart-row', CARDIGAN, '.cart-row__remove');
      await person.answers('modal', () => person.native.cancelModal());
      await person.countsTo(2, '.cart-row');
      await person.tapsIn('.cart-row', CARDIGAN, '.cart-row__remove');
      await person.answers('modal', () => person.native.confirmModal());
      await person.countsTo(1, '.cart-row');
      await person.readsNoMore(CARDIGAN);
    },
    STEP_MS,
  );

  it(
    'without a line it may be out of date and says so; what sold out meanwhile is put out together',
    async () => {
      await person.surroundings.goesOffline(true);
      await person.pullsDown();
      await person.reads('价格和库存可能不是最新的');
      await person.surroundings.goesOffline(false);
      const { skus } = await mall.api.get<ProductDetail>(`/api/products/${brush.id}`);
      const taken = { delta: -(skus[0]?.available ?? 0), reason: '盘点' };
      await shopping.hq(`/api/hq/skus/${skus[0]?.id}/stock-adjustments`, taken);
      await person.pullsDown();
      await person.reads('暂时缺货', '移出 1 件缺货商品');
      await person.readsNoMore('价格和库存可能不是最新的');
      await person.finds('#cart-checkout.is-disabled');
      await person.taps('.cart__clear');
      await person.answers('modal', () => person.native.cancelModal());
      await person.countsTo(1, '.cart-row');
      await person.taps('.cart__clear');
      await person.answers('modal', () => person.native.confirmModal());
      await person.reads('购物袋还空着');
      await person.taps('.notice__action', '去逛逛');
      await person.arrivesAt('pages/home/index');
    },
    STEP_MS,
  );

  it('nobody met an error of the mini-program', () => {
    expect(person.faults).toEqual([]);
  });
});
