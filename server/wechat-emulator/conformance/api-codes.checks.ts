import { deepStrictEqual, match, notStrictEqual, strictEqual } from 'node:assert/strict';
import type { Bench } from './bench.js';
import { checksOf } from './check.js';
import { CODE, CodeDesk, pngOf } from './code-desk.js';
import type { Json } from './merchant.js';

const MALL = { mallUrl: 'http://127.0.0.1:9/#/' };
const DAY = 86_400_000;

async function errcodes(bench: Bench, changes: readonly Json[]): Promise<unknown[]> {
  const desk = await CodeDesk.open(bench);
  return desk.errcodes((change) => desk.code(change), changes);
}

export const codeChecks = checksOf('§3', {
  'a code wants a good access token (41001, 40001), POST (43002), a body (44002) and JSON (47001)': async (bench) => {
    const desk = await CodeDesk.open(bench);
    strictEqual((await desk.ask(CODE, {}, '')).json.errcode, 41001);
    strictEqual((await desk.ask(CODE, {}, 'nonsense')).json.errcode, 40001);
    strictEqual((await desk.merchant.plain('GET', CODE)).json.errcode, 43002);
    strictEqual((await desk.ask(CODE, null)).json.errcode, 44002);
    strictEqual((await desk.ask(CODE, ['scene'] as unknown as Json)).json.errcode, 47001);
  },
  'a code is answered as an image, a refusal as JSON, both with HTTP 200': async (bench) => {
    const desk = await CodeDesk.open(bench);
    const [good, bad] = [await desk.code(), await desk.code({ scene: '' })];
    match(good.headers.get('content-type') ?? '', /^image\/(png|jpeg)/);
    match(bad.headers.get('content-type') ?? '', /json/);
    deepStrictEqual([good.status, bad.status, bad.json.errcode], [200, 200, 40129]);
  },
  'scene takes each of its 82 characters and no other: 40129, also when it is missing': async (bench) => {
    const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    const all = `${letters}!#$&'()*+,/:;=?@-._~`;
    const parts = [all.slice(0, 32), all.slice(32, 64), all.slice(64)];
    const refused = ['a%20b', 'a b', '开衫', 'a"b', 'a\\b', 'a<b', 'a[b', 'a^b', 'a`b', 'a{b', 'a|b', 'a\nb', 7, null];
    deepStrictEqual(
      await errcodes(
        bench,
        parts.map((scene) => ({ scene })),
      ),
      ['ok', 'ok', 'ok'],
    );
    const codes = await errcodes(
      bench,
      refused.map((scene) => ({ scene })),
    );
    deepStrictEqual(
      codes,
      refused.map(() => 40129),
    );
  },
  'scene holds 32 characters, 33 are 40169': async (bench) => {
    const scenes = [{ scene: 'x'.repeat(32) }, { scene: 'x'.repeat(33) }];
    deepStrictEqual(await errcodes(bench, scenes), ['ok', 40169]);
  },
  'the reserved scancode_time is 85096': async (bench) => {
    deepStrictEqual(await errcodes(bench, [{ scene: 'scancode_time=1' }]), [85096]);
  },
  'page has no leading slash and no query: 41030': async (bench) => {
    const pages = ['/pages/home/index', 'pages/home/index?a=1', 'pages/home/index#a', '../home', '', 7];
    const changes = pages.map((page) => ({ page, check_path: false }));
    deepStrictEqual(
      await errcodes(bench, changes),
      pages.map(() => 41030),
    );
  },
  'page must exist in the released version (41030), unless check_path is false': async (bench) => {
    const draft = { page: 'pages/draft/index' };
    const changes = [draft, { ...draft, check_path: true }, { ...draft, check_path: false }];
    deepStrictEqual(await errcodes(bench, changes), [41030, 41030, 'ok']);
  },
  'without a released version no page exists': async (bench) => {
    const desk = await CodeDesk.open(bench);
    await desk.merchant.control('codes', { released: false });
    strictEqual((await desk.code()).json.errcode, 41030);
  },
  'a code without a page opens home': async (bench) => {
    const desk = await CodeDesk.open(bench, MALL);
    strictEqual((await desk.lands(await desk.scanned()))?.page, 'pages/home/index');
  },
  'env_version is release, trial or develop': async (bench) => {
    const versions = ['release', 'trial', 'develop', 'beta', 1];
    const changes = versions.map((env) => ({ env_version: env }));
    deepStrictEqual(await errcodes(bench, changes), ['ok', 'ok', 'ok', 40097, 40097]);
  },
  'width is 280 to 1280 and 430 by default, anything else 40097': async (bench) => {
    const desk = await CodeDesk.open(bench);
    const widths: number[] = [];
    for (const change of [{}, { width: 280 }, { width: 1280 }]) widths.push(pngOf(await desk.code(change)).width);
    deepStrictEqual(widths, [430, 280, 1280]);
    const refused = [{ width: 279 }, { width: 1281 }, { width: '430' }, { width: 430.5 }];
    deepStrictEqual(await desk.errcodes((change) => desk.code(change), refused), [40097, 40097, 40097, 40097]);
  },
  'auto_color, line_color and is_hyaline are taken when well-formed, else 40097': async (bench) => {
    const good = [{ auto_color: true }, { line_color: { r: 0, g: '90', b: 255 } }, { is_hyaline: false }];
    const bad = [
      { auto_color: 'yes' },
      { line_color: { r: 0, g: 0, b: 256 } },
      { line_color: 'red' },
      { is_hyaline: 1 },
    ];
    deepStrictEqual(await errcodes(bench, [...good, ...bad]), ['ok', 'ok', 'ok', 40097, 40097, 40097, 40097]);
  },
  'line_color colours the lines, and is_hyaline leaves the ground away': async (bench) => {
    const desk = await CodeDesk.open(bench);
    const usual = await desk.code();
    notStrictEqual(usual.bytes.compare((await desk.code({ line_color: { r: 200, g: 0, b: 0 } })).bytes), 0);
    deepStrictEqual([pngOf(usual).colour, pngOf(await desk.code({ is_hyaline: true })).colour], [2, 6]);
  },
  'a scan opens the page with scene URL-encoded and scene value 1047': async (bench) => {
    const desk = await CodeDesk.open(bench, MALL);
    const wish = { scene: 's=7KQ2MXRB&a=1', page: 'packages/shop/product/index', width: 600 };
    const landed = await desk.lands(await desk.scanned(wish));
    strictEqual(landed?.page, wish.page);
    strictEqual(landed.query.get('scene'), encodeURIComponent(wish.scene));
    strictEqual(landed.scene, '1047');
  },
  'a code that is long-pressed or taken from the album says so: 1048, 1049': async (bench) => {
    const desk = await CodeDesk.open(bench, MALL);
    const address = await desk.scanned();
    const scenes = [];
    for (const how of ['1048', '1049', '1011', '9999']) scenes.push((await desk.lands(`${address}&how=${how}`))?.scene);
    deepStrictEqual(scenes, ['1048', '1049', '1011', '1047']);
  },
  'a code is permanent, and made again it is the same': async (bench) => {
    const desk = await CodeDesk.open(bench, MALL);
    const address = await desk.scanned();
    await desk.merchant.advance(1000 * DAY);
    await desk.signIn();
    strictEqual((await desk.lands(address))?.page, 'pages/home/index');
    strictEqual(await desk.scanned(), address);
  },
  'codes are made 5000 times a minute: the next is 45011 until the minute is over': async (bench) => {
    const desk = await CodeDesk.open(bench);
    await desk.merchant.control('codes', { codesPerMinute: 2 });
    const three = [{}, {}, {}];
    deepStrictEqual(await desk.errcodes((change) => desk.code(change), three), ['ok', 'ok', 45011]);
    await desk.merchant.advance(60_000);
    strictEqual((await desk.code()).json.errcode, undefined);
  },
});
