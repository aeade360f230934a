import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import QRCode from 'qrcode';
import sharp from 'sharp';
import { scanPng } from '../../../wechat-emulator/scan-for-tests.js';
import { CODE_SIZE, drawPoster, HERO } from './draw-poster.js';
import type { PosterContent } from './poster-content.js';
import { PosterFiles } from './poster-files.js';
import { PosterFonts } from './poster-fonts.js';
import { Posters } from './posters.js';
import { ProductPictures } from './product-pictures.js';
import { RenderPoster } from './render-poster.js';

const LINK = 'https://example.com/7KQ2MXRB';
const fonts = new PosterFonts();
const renderer = new RenderPoster(fonts);
const CONTENT: PosterContent = {
  product: { title: '羊毛混纺圆领开衫', brandName: '禾序', priceFen: 129_900, priceIsFrom: true },
  guideName: '陈静',
  storeName: '静安店',
  seed: 'prd_1',
};
const withTitle = (title: string): PosterContent => ({
  ...CONTENT,
  product: { title, brandName: '禾序', priceFen: 1, priceIsFrom: false },
});
const red = { create: { width: 800, height: 1000, channels: 3, background: '#ff0000' } } as const;

let code: Buffer;
beforeAll(async () => {
  code = await QRCode.toBuffer(LINK, { width: 430, margin: 1 });
});

async function colourOfHero(poster: Buffer): Promise<number[]> {
  const inside = { left: HERO.left + 300, top: HERO.top + 1000, width: 40, height: 40 };
  const { channels } = await sharp(await sharp(poster).extract(inside).png().toBuffer()).stats();
  return channels.map(({ mean }) => Math.round(mean));
}

describe('a poster', () => {
  it('is a JPEG whose mini-program code can be scanned where it stands, and in the whole picture', async () => {
    const poster = await renderer.execute(CONTENT, await sharp(red).png().toBuffer(), code);
    expect(await sharp(poster).metadata()).toMatchObject({ format: 'jpeg', width: 1080 });
    const { left, top } = drawPoster(CONTENT, true, fonts).code;
    const cut = sharp(poster).extract({ left, top, width: CODE_SIZE, height: CODE_SIZE });
    expect(scanPng(await cut.png().toBuffer()).text).toBe(LINK);
    expect(scanPng(await sharp(poster).png().toBuffer()).text).toBe(LINK);
  });

  it.each(['webp', 'png', 'jpeg', 'avif', 'gif'] as const)('shows a picture that is %s', async (format) => {
    const picture = await sharp(red).toFormat(format).toBuffer();
    const [r = 0, g = 0, b = 0] = await colourOfHero(await renderer.execute(CONTENT, picture, code));
    expect(r > 235 && g < 20 && b < 20).toBe(true);
  });

  it('shows a drawing (SVG), and what is cut out of its ground on white', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="100"><circle cx="40" cy="20" r="9"/></svg>';
    expect(await colourOfHero(await renderer.execute(CONTENT, Buffer.from(svg), code))).toEqual([255, 255, 255]);
  });

  it('reads no file that a drawing names', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'mall-svg-')), 'secret.png');
    writeFileSync(file, await sharp(red).png().toBuffer());
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="100"><image href="file://${file}" width="80" height="100"/></svg>`;
    expect(await colourOfHero(await renderer.execute(CONTENT, Buffer.from(svg), code))).not.toEqual([254, 0, 0]);
  });

  it('shows its words instead of a picture that is broken, cut off, empty or of too many pixels', async () => {
    const good = await sharp(red).jpeg().toBuffer();
    const noise = Buffer.from(Array.from({ length: 600 }, (_, index) => (index * 7919) % 256));
    const bomb = '<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"></svg>';
    const none = await colourOfHero(await renderer.execute(CONTENT, null, code));
    for (const picture of [noise, good.subarray(0, 2000), Buffer.alloc(0), Buffer.from(bomb)]) {
      expect(await colourOfHero(await renderer.execute(CONTENT, picture, code))).toEqual(none);
    }
  });

  it('stays below 300 KB whatever the picture', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 80 } as const;
    const loud = sharp({ create: { ...red.create, width: 1600, height: 2000, noise } });
    expect((await renderer.execute(CONTENT, await loud.png().toBuffer(), code)).length).toBeLessThanOrEqual(300_000);
  });

  it('is made for titles of emoji, rare letters, markup, one letter, none, and a thousand', async () => {
    const titles = ['👍🏽🇨🇳', '𠮷野家 龘靐 한국어', '<script>alert(1)</script> & "x"', '茶', '', '长'.repeat(1000)];
    const heights: number[] = [];
    for (const title of titles) {
      for (const picture of [null, await sharp(red).png().toBuffer()]) {
        const poster = await renderer.execute(withTitle(title), picture, code);
        heights.push((await sharp(poster).metadata()).height);
      }
    }
    // A second line makes it taller, a thousand letters no taller than that.
    expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(200);
  });

  it('draws every letter of the shop from the font that it brings, none as a box', () => {
    for (const letter of '羊毛混纺圆领开衫¥1,299.00起陈静·静安店推荐长按识别小程序码，看详情…') {
      expect([letter, fonts.covers(letter.codePointAt(0) ?? 0)]).toEqual([letter, true]);
    }
  });
});

describe('kept posters', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mall-posters-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function shelf(execute: RenderPoster['execute']): Posters {
    const environment = { mediaDirectory: folder, publicUrl: 'http://mall.test' };
    const files = new PosterFiles(environment, { now: () => 1_790_000_000_000 });
    return new Posters({ execute } as RenderPoster, files, new ProductPictures(environment));
  }

  it('are drawn once however many ask, and again when price, guide, code or picture changed', async () => {
    let drawn = 0;
    const posters = shelf(async () => Buffer.from(`poster ${++drawn}`));
    mkdirSync(join(folder, 'p'));
    writeFileSync(join(folder, 'p/a.png'), 'one');
    const ask = (content = CONTENT, from = code) => posters.obtain(content, '/media/p/a.png', from);
    await Promise.all([ask(), ask(), ask()]);
    await ask();
    expect(drawn).toBe(1);
    await ask({ ...CONTENT, guideName: '刘雯' });
    await ask(withTitle('羊毛混纺圆领开衫'));
    await ask(CONTENT, Buffer.from('another code'));
    writeFileSync(join(folder, 'p/a.png'), 'another picture');
    await ask();
    expect(drawn).toBe(5);
  });

  it('turn askers away with 503 when too many wait', async () => {
    let finish: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const posters = shelf(async () => {
      await gate;
      return Buffer.from('poster');
    });
    const all = Array.from({ length: 50 }, (_, index) => posters.obtain({ ...CONTENT, seed: `${index}` }, null, code));
    const settled = Promise.allSettled(all);
    // All have asked once the first 42 places are taken.
    await new Promise((resolve) => setTimeout(resolve, 100));
    finish();
    const refused = (await settled).filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(8);
    expect(refused[0]).toMatchObject({ reason: { status: 503, extension: { retryAfterSeconds: 3 } } });
  });

  it('are bounded: the ones asked for longest ago go', async () => {
    const files = new PosterFiles({ mediaDirectory: folder }, { now: () => 1_790_000_000_000 });
    for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) {
      await files.keep(key, Buffer.from(key));
      utimesSync(join(folder, 'posters', `${key}.jpg`), 1000 + index, 1000 + index);
    }
    await files.find('a');
    await files.prune(3, 2);
    expect(readdirSync(join(folder, 'posters')).sort()).toEqual(['a.jpg', 'd.jpg']);
  });

  it('take pictures of the media folder only, by path or by whole address', async () => {
    const pictures = new ProductPictures({ mediaDirectory: join(folder, 'media'), publicUrl: 'http://mall.test' });
    mkdirSync(join(folder, 'media'));
    writeFileSync(join(folder, 'media/茶.png'), 'tea');
    writeFileSync(join(folder, 'secret.png'), 'secret');
    const text = async (url: string | null) => (await (await pictures.find(url))?.read())?.toString();
    expect(await text('/media/茶.png')).toBe('tea');
    expect(await text(`http://mall.test/media/${encodeURIComponent('茶.png')}?v=2`)).toBe('tea');
    const others = [
      '/media/../secret.png',
      '/media/%2e%2e/secret.png',
      '/etc/passwd',
      'http://other.test/media/茶.png',
    ];
    for (const url of [...others, '/media/', '/media/%', '/media/none.png', null])
      expect(await text(url)).toBeUndefined();
  });
});
