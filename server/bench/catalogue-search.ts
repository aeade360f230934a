/**
 * How long lists and searches take on a catalogue of 100,000 SKUs. Fills a database of its own, asks every question
 * a few times, prints the median and the slowest answer, and drops the database. Gives up after three minutes.
 *
 * From server/: npx swc src bench -d dist && node dist/bench/catalogue-search.js [sqlite|mariadb]
 * MariaDB is the server that TEST_MARIADB_URL names.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProductListQuery, ProductSort } from '@mall/shared/catalogue';
import { DataSource } from 'typeorm';
import { BrandEntity } from '../src/mall/catalog/brand.entity.js';
import { Catalog } from '../src/mall/catalog/catalog.service.js';
import { CategoryEntity } from '../src/mall/catalog/category.entity.js';
import { facetTerm, searchTextOf, termsOf } from '../src/mall/catalog/domain/search-terms.js';
import { ProductEntity } from '../src/mall/catalog/product.entity.js';
import { ProductSearchTermEntity } from '../src/mall/catalog/product-search-term.entity.js';
import { SkuEntity } from '../src/mall/catalog/sku.entity.js';
import { StockLevelEntity } from '../src/mall/stock/stock-level.entity.js';
import { MIGRATIONS } from '../src/migrations/migrations.js';
import { openReadSource, openWriteSource } from '../src/platform/database/data-source.js';
import { Database } from '../src/platform/database/database.js';
import { parseDatabaseUrl } from '../src/platform/database/database-url.js';
import { migrate } from '../src/platform/database/migrate.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { ENTITIES } from '../src/schema.js';

const PRODUCTS = 33_400;
const SKUS_EACH = 3;
const BATCH = 200;
const ROUNDS = 9;
const LIMIT_MS = 180_000;

const MOODS = [
  '复古',
  '宽松',
  '轻薄',
  '加厚',
  '修身',
  '简约',
  '法式',
  '日系',
  '通勤',
  '户外',
  '居家',
  '高腰',
  '短款',
  '长款',
];
const STUFFS = ['羊毛', '亚麻', '纯棉', '真丝', '羊绒', '牛仔', '帆布', '陶瓷', '实木', '玻璃', '竹纤维', '莫代尔'];
const THINGS = [
  '开衫',
  '衬衫',
  '大衣',
  '围巾',
  '长裤',
  '连衣裙',
  '茶杯',
  '花瓶',
  '台灯',
  '抱枕',
  '背包',
  '手套',
  '拖鞋',
  '毛毯',
];

/** The same numbers on every run. */
function numbers(): (below: number) => number {
  let state = 20_261_122;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Small indexes come up far more often than large ones, as brands and categories do. */
const skewed = (next: (below: number) => number, below: number): number => next(next(below) + 1);

function productRows(first: number, next: (below: number) => number) {
  const products: ProductEntity[] = [];
  const terms: ProductSearchTermEntity[] = [];
  const skus: SkuEntity[] = [];
  const levels: StockLevelEntity[] = [];
  for (let number = first; number < first + BATCH; number += 1) {
    const id = `prd_${String(number).padStart(26, '0')}`;
    const pick = (list: readonly string[]): string => list[next(list.length)] ?? '';
    const title = `${pick(MOODS)}${pick(STUFFS)}${pick(THINGS)} Model ${number % 900}${number % 5_000 === 7 ? ' 绝版' : ''}`;
    const brandId = `brd_${skewed(next, 60)}`;
    const leaf = skewed(next, 80);
    const own = [...[brandId, `cat_${leaf}`, `cat_root_${leaf % 8}`].map(facetTerm), ...termsOf([title])];
    const priceFen = 1_900 + next(400) * 500;
    products.push({
      ...{ id, handle: `p-${number}`, title, subtitle: null, brandId, categoryId: `cat_${leaf}` },
      ...{ publishWanted: 1, published: 1, importedPublished: 1, listedAt: 1_790_000_000_000 + next(10_000) * 1_000 },
      ...{ minPriceFen: priceFen, priceVaries: 0, compareAtFen: null, imageUrl: null, soldCount: skewed(next, 3_000) },
      ...{ createdAt: 1, updatedAt: 1, searchText: searchTextOf(own), optionNamesJson: '["颜色"]', tagsJson: '[]' },
      descriptionHtml: `<p>${'这是一段商品描述。'.repeat(40)}</p>`,
    });
    terms.push(...[...new Set(own)].map((term) => ({ term, productId: id })));
    for (let position = 0; position < SKUS_EACH; position += 1) {
      const skuId = `sku_${String(number * SKUS_EACH + position).padStart(26, '0')}`;
      const available = next(5) === 0 ? 0 : next(90);
      skus.push({
        ...{ id: skuId, productId: id, optionKey: `c${position}`, optionValuesJson: `["c${position}"]`, code: '' },
        ...{ priceFen, compareAtFen: null, costFen: null, imageUrl: null, sellable: 1, position, importedQuantity: 0 },
      });
      levels.push({ skuId, available, reserved: 0, sold: 0, received: available });
    }
  }
  return { products, terms, skus, levels };
}

async function fill(unitOfWork: UnitOfWork): Promise<number> {
  const next = numbers();
  await unitOfWork.run(async (tx) => {
    const brands = Array.from({ length: 60 }, (_, index) => ({ id: `brd_${index}`, name: `品牌${index}` }));
    await tx.insert(
      BrandEntity,
      brands.map((brand) => ({ ...brand, nameKey: brand.name })),
    );
    const category = (id: string, parentId: string | null, position: number) =>
      ({ id, parentId, name: id, pathKey: id, position, imageUrl: null }) satisfies CategoryEntity;
    const roots = Array.from({ length: 8 }, (_, index) => category(`cat_root_${index}`, null, index));
    const leaves = Array.from({ length: 80 }, (_, index) => category(`cat_${index}`, `cat_root_${index % 8}`, index));
    await tx.insert(CategoryEntity, [...roots, ...leaves]);
  });
  for (let first = 0; first < PRODUCTS; first += BATCH) {
    const { products, terms, skus, levels } = productRows(first, next);
    await unitOfWork.run(async (tx) => {
      await tx.insert(ProductEntity, products);
      for (let at = 0; at < terms.length; at += 2_000) {
        await tx.insert(ProductSearchTermEntity, terms.slice(at, at + 2_000));
      }
      await tx.insert(SkuEntity, skus);
      await tx.insert(StockLevelEntity, levels);
    });
  }
  return PRODUCTS * SKUS_EACH;
}

const QUESTIONS: Record<string, ProductListQuery> = {
  'newest, no filter': {},
  'cheapest, no filter': { sort: ProductSort.PriceAscending },
  'a frequent word (开衫)': { q: '开衫' },
  'a frequent word by price': { q: '开衫', sort: ProductSort.PriceDescending },
  'one character (衫)': { q: '衫' },
  'a rare word (绝版)': { q: '绝版', sort: ProductSort.BestSelling },
  'two frequent words (羊毛 开衫)': { q: '羊毛 开衫', sort: ProductSort.PriceAscending },
  'three words (复古羊毛开衫)': { q: '复古 羊毛 开衫', sort: ProductSort.BestSelling },
  'words that never meet (羊亚)': { q: '羊毛 亚麻' },
  'the beginning of a word (mod)': { q: 'mod', sort: ProductSort.BestSelling },
  'a number (model 77)': { q: 'model 77' },
  'a large category': { categoryId: 'cat_root_0', sort: ProductSort.PriceAscending },
  'a small category': { categoryId: 'cat_79', sort: ProductSort.BestSelling },
  'brand and word': { brandId: 'brd_3', q: '大衣' },
  'price range, newest': { minPriceFen: 50_000, maxPriceFen: 52_000 },
  'in stock, best selling': { inStock: true, sort: ProductSort.BestSelling },
  'all at once': {
    q: '开衫',
    categoryId: 'cat_root_1',
    inStock: true,
    minPriceFen: 9_900,
    sort: ProductSort.PriceAscending,
  },
  'nothing found': { q: '潜水艇' },
};

async function measure(database: Database, engine: string): Promise<void> {
  const catalog = new Catalog();
  for (const [name, query] of Object.entries(QUESTIONS)) {
    const times: number[] = [];
    let found = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      found = (await catalog.publishedCards(database, query)).items.length;
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    const shown = [times[Math.floor(ROUNDS / 2)] ?? 0, times.at(-1) ?? 0].map(
      (time) => `${Math.round(time * 10) / 10}`,
    );
    process.stdout.write(`${engine}  ${shown[0]?.padStart(7)} ms  ${shown[1]?.padStart(7)} ms  ${found}  ${name}\n`);
  }
}

async function deepPages(database: Database, engine: string): Promise<void> {
  const catalog = new Catalog();
  let cursor: string | null = null;
  const start = performance.now();
  let pages = 0;
  do {
    const page = await catalog.publishedCards(database, {
      limit: 50,
      q: '羊毛',
      ...(cursor === null ? {} : { cursor }),
    });
    cursor = page.nextCursor;
    pages += 1;
  } while (cursor !== null && pages < 60);
  process.stdout.write(
    `${engine}  ${Math.round((performance.now() - start) / pages)} ms a page over ${pages} pages of a search\n`,
  );
}

async function targetOf(engine: string): Promise<{ url: string; drop: () => Promise<void> }> {
  if (engine === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'mall-bench-'));
    return { url: `sqlite:${join(folder, 'bench.sqlite')}`, drop: async () => rmSync(folder, { recursive: true }) };
  }
  const url = new URL(process.env.TEST_MARIADB_URL ?? '');
  const admin = await new DataSource({
    type: 'mariadb',
    host: url.hostname,
    port: Number(url.port),
    username: url.username,
    password: url.password,
  }).initialize();
  const name = `bench_${process.pid}`;
  await admin.query(`CREATE DATABASE ${name}`);
  const drop = async () => {
    await admin.query(`DROP DATABASE ${name}`);
    await admin.destroy();
  };
  return { url: `mariadb://${url.username}:${url.password}@${url.host}/${name}`, drop };
}

async function main(): Promise<void> {
  setTimeout(() => process.exit(1), LIMIT_MS).unref();
  const engine = process.argv[2] ?? 'sqlite';
  const { url, drop } = await targetOf(engine);
  const target = parseDatabaseUrl(url);
  if ('fault' in target) throw new Error(target.fault);
  const write = await openWriteSource(target, { entities: ENTITIES, migrations: MIGRATIONS, poolSize: 2 });
  try {
    await migrate(write);
    const start = performance.now();
    const skus = await fill(new UnitOfWork(write));
    process.stdout.write(`${engine}: ${skus} SKUs in ${Math.round(performance.now() - start)} ms\n`);
    const read = await openReadSource(target, write);
    await measure(new Database(read), engine);
    await deepPages(new Database(read), engine);
    if (read !== write) await read.destroy();
  } finally {
    await write.destroy();
    await drop();
  }
}

void main();
