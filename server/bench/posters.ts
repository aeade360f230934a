/**
 * How long posters take: the first of a process, the next ones (each with letters and pictures that were not seen
 * before), and one from disk; and how long the event loop was held up meanwhile. Posters stay in the folder, to be
 * looked at.
 *
 * From server/: npx swc src bench wechat-emulator -d dist && node dist/bench/posters.js FOLDER
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import QRCode from 'qrcode';
import { composeDemoArt } from '../src/demo/goods/compose-demo-art.js';
import { demoImageUrl } from '../src/demo/goods/demo-image-url.js';
import { DEMO_PRODUCTS, demoBrandOf } from '../src/demo/goods/demo-products.js';
import type { PosterContent } from '../src/distribution/posters/poster-content.js';
import { PosterFiles } from '../src/distribution/posters/poster-files.js';
import { PosterFonts } from '../src/distribution/posters/poster-fonts.js';
import { Posters } from '../src/distribution/posters/posters.js';
import { ProductPictures } from '../src/distribution/posters/product-pictures.js';
import { RenderPoster } from '../src/distribution/posters/render-poster.js';

const PEOPLE = [
  ['陈静', '静安店'],
  ['欧阳思远', '上海徐家汇港汇恒隆广场旗舰店'],
  ['刘雯', '成都太古里店'],
  ['Alexandra Wang', '网店'],
] as const;

function contents(): { content: PosterContent; picture: string | null }[] {
  const made = DEMO_PRODUCTS.map((product, index) => {
    const [guideName, storeName] = PEOPLE[index % PEOPLE.length] ?? PEOPLE[0];
    const goods = { title: product.title, brandName: demoBrandOf(product.handle), priceFen: 12_900 + index * 1234 };
    const content = { product: { ...goods, priceIsFrom: index % 3 === 0 }, guideName, storeName, seed: product.handle };
    return { content, picture: demoImageUrl(product.handle, 'hero') };
  });
  const [first] = made;
  if (!first?.content.product) throw new Error('the demo shop is empty');
  const long = '四季通勤显瘦高腰垂感阔腿西装裤女士加长版（赠同色腰带）Cashmere-touch 轻盈系列 2026 秋冬新款限量发售';
  return [
    ...made,
    {
      ...first,
      content: { ...first.content, product: { ...first.content.product, title: long, priceFen: 9_999_999 } },
    },
    { content: { ...first.content, product: { ...first.content.product, title: long } }, picture: null },
    { content: first.content, picture: null },
    { content: { ...first.content, product: null, seed: 'gde_2' }, picture: null },
  ];
}

const ms = (value: number): string => `${value.toFixed(0)} ms`;

async function main(): Promise<void> {
  const folder = process.argv[2];
  if (!folder) throw new Error('name a folder for the posters');
  const environment = { mediaDirectory: join(folder, 'media'), publicUrl: 'http://127.0.0.1:3000' };
  rmSync(join(environment.mediaDirectory, 'posters'), { recursive: true, force: true });
  await composeDemoArt(environment.mediaDirectory);
  const files = new PosterFiles(environment, { now: () => performance.timeOrigin + performance.now() });
  const posters = new Posters(new RenderPoster(new PosterFonts()), files, new ProductPictures(environment));
  mkdirSync(folder, { recursive: true });
  const loop = monitorEventLoopDelay({ resolution: 5 });
  const times: number[] = [];
  const sizes: number[] = [];
  const delays: number[] = [];
  for (const [index, { content, picture }] of contents().entries()) {
    const code = await QRCode.toBuffer(`https://example.com/${index}`, { width: 430, margin: 1 });
    await pause(20);
    loop.reset();
    loop.enable();
    const before = performance.now();
    const { image } = await posters.obtain(content, picture, code);
    times.push(performance.now() - before);
    loop.disable();
    delays.push(loop.max / 1e6);
    sizes.push(image.length);
    writeFileSync(join(folder, `${String(index).padStart(2, '0')}.jpg`), image);
    if (index === 0) {
      const again = performance.now();
      await posters.obtain(content, picture, code);
      console.log(`from disk           ${ms(performance.now() - again)}`);
    }
  }
  const rest = times.slice(1).sort((one, other) => one - other);
  const held = delays.slice(1).sort((one, other) => one - other);
  const at = (list: readonly number[], part: number): number => list[Math.floor((list.length - 1) * part)] ?? 0;
  console.log(`first of a process  ${ms(times[0] ?? 0)}, event loop held up ${ms(delays[0] ?? 0)}`);
  console.log(`further ${rest.length}          median ${ms(at(rest, 0.5))}, slowest ${ms(at(rest, 1))}`);
  console.log(`event loop held up  median ${ms(at(held, 0.5))}, most ${ms(at(held, 1))}`);
  console.log(`largest             ${Math.ceil(Math.max(...sizes) / 1000)} KB`);
}

void main();
