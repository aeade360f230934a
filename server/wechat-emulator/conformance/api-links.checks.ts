import { deepStrictEqual, match, notStrictEqual, strictEqual } from 'node:assert/strict';
import type { Bench } from './bench.js';
import { checksOf } from './check.js';
import { CodeDesk, SCHEME, URL_LINK } from './code-desk.js';
import type { Json } from './merchant.js';

const MALL = { mallUrl: 'http://127.0.0.1:9/#/' };
const DAY = 86_400_000;

/** Errcodes of both kinds of link for one change of what they open. */
async function refusals(bench: Bench, targets: readonly Json[]): Promise<unknown[][]> {
  const desk = await CodeDesk.open(bench);
  const usual = { path: 'packages/shop/product/index', query: 's=7KQ2MXRB' };
  const links = await desk.errcodes((target) => desk.link(target), targets);
  const schemes = await desk.errcodes((target) => desk.scheme({ jump_wxa: { ...usual, ...target } }), targets);
  return [links, schemes];
}

/** Errcodes of both kinds of link for one change of when they end. */
async function endings(bench: Bench, ends: readonly Json[]): Promise<unknown[][]> {
  const desk = await CodeDesk.open(bench);
  const links = await desk.errcodes((end) => desk.link(end), ends);
  return [links, await desk.errcodes((end) => desk.scheme(end), ends)];
}

const both = (...codes: unknown[]): unknown[][] => [codes, codes];

/** Unix seconds from now. */
function inSeconds(seconds: number): number {
  return Math.floor((performance.timeOrigin + performance.now()) / 1000) + seconds;
}

export const linkChecks = checksOf('§3', {
  'links want a good access token (40001), POST (43002), a body (44002) and JSON (47001)': async (bench) => {
    const desk = await CodeDesk.open(bench);
    for (const path of [URL_LINK, SCHEME]) {
      strictEqual((await desk.ask(path, {}, 'nonsense')).json.errcode, 40001);
      strictEqual((await desk.merchant.plain('GET', path)).json.errcode, 43002);
      strictEqual((await desk.ask(path, null)).json.errcode, 44002);
      strictEqual((await desk.ask(path, ['path'] as unknown as Json)).json.errcode, 47001);
    }
  },
  'a URL Link opens its page with its query and scene value 1194': async (bench) => {
    const desk = await CodeDesk.open(bench, MALL);
    const { json } = await desk.link({ query: 'id=prd_1&s=7KQ2MXRB' });
    match(String(json.url_link), /^https?:\/\//);
    const landed = await desk.lands(String(json.url_link));
    deepStrictEqual([landed?.page, landed?.scene], ['packages/shop/product/index', '1194']);
    deepStrictEqual([landed?.query.get('id'), landed?.query.get('s')], ['prd_1', '7KQ2MXRB']);
  },
  'a scheme opens its page with its query and scene value 1065': async (bench) => {
    const desk = await CodeDesk.open(bench, MALL);
    const { json } = await desk.scheme();
    match(String(json.openlink), /^weixin:\/\/dl\/business\//);
    const landed = await desk.lands(String(json.openlink));
    deepStrictEqual([landed?.page, landed?.scene], ['packages/shop/product/index', '1065']);
    strictEqual(landed?.query.get('s'), '7KQ2MXRB');
  },
  'path names a released page without a query, with or without slash (40165); an empty one opens home': async (
    bench,
  ) => {
    const paths = ['packages/shop/product/index', '/pages/home/index', 'pages/draft/index', 'pages/home/index?a=1', 7];
    const targets = paths.map((path) => ({ path }));
    deepStrictEqual(await refusals(bench, targets), both('ok', 'ok', 40165, 40165, 40165));
    const desk = await CodeDesk.open(bench, MALL);
    const { json } = await desk.link({ path: '' });
    strictEqual((await desk.lands(String(json.url_link)))?.page, 'pages/home/index');
    const scheme = (await desk.scheme({ jump_wxa: undefined })).json;
    strictEqual((await desk.lands(String(scheme.openlink)))?.page, 'pages/home/index');
  },
  'query holds 1024 characters that a link can carry, else 40212': async (bench) => {
    const queries = ['a'.repeat(1024), '', 'a=%E5%BC%80', 'a'.repeat(1025), 'a=开', 'a b', 7];
    const targets = queries.map((query) => ({ query }));
    deepStrictEqual(await refusals(bench, targets), both('ok', 'ok', 'ok', 40212, 40212, 40212, 40212));
  },
  'env_version of a link is release, trial or develop': async (bench) => {
    const targets = ['release', 'trial', 'develop', 'beta'].map((env) => ({ env_version: env }));
    deepStrictEqual(await refusals(bench, targets), both('ok', 'ok', 'ok', 85402));
  },
  'a link ends after 1 to 30 whole days (85401)': async (bench) => {
    const ends = [1, 30, 0, 31, 1.5, '7', null].map((days) => ({ expire_interval: days }));
    deepStrictEqual(await endings(bench, ends), both('ok', 'ok', 85401, 85401, 85401, 85401, 85401));
  },
  'or at a moment up to 30 days ahead (85401)': async (bench) => {
    const moments = [600, 30 * 86_400 - 60, -60, 30 * 86_400 + 60].map(inSeconds);
    const ends = [...moments, 'tomorrow', null].map((time) => ({ expire_type: 0, expire_time: time }));
    deepStrictEqual(await endings(bench, ends), both('ok', 'ok', 85401, 85401, 85401, 85401));
  },
  'and in no third way (85401)': async (bench) => {
    deepStrictEqual(await endings(bench, [{ expire_type: 2 }, { expire_type: '1' }]), both(85401, 85401));
  },
  'a link opens until its end and never after': async (bench) => {
    const desk = await CodeDesk.open(bench, MALL);
    const addresses = [(await desk.link({ expire_interval: 2 })).json.url_link, (await desk.scheme()).json.openlink];
    const open = async () => Promise.all(addresses.map(async (link) => (await desk.lands(String(link))) !== null));
    deepStrictEqual(await open(), [true, true]);
    await desk.merchant.advance(2 * DAY);
    deepStrictEqual(await open(), [false, true]);
    await desk.merchant.advance(28 * DAY);
    deepStrictEqual(await open(), [false, false]);
  },
  'many people may open one link, and each one made is another': async (bench) => {
    const desk = await CodeDesk.open(bench, MALL);
    const [one, two] = [(await desk.link()).json.url_link, (await desk.link()).json.url_link];
    notStrictEqual(one, two);
    for (const person of ['xiaoyu', 'azhe', 'chenjing', 'buyer-4']) {
      notStrictEqual(await desk.lands(`${one}?as=${person}`), null);
    }
  },
  'a link of nobody opens nothing': async (bench) => {
    const desk = await CodeDesk.open(bench, MALL);
    strictEqual(await desk.lands(`${desk.merchant.baseUrl}/l/nothing`), null);
    strictEqual(await desk.lands('weixin://dl/business/?t=nothing'), null);
  },
  'more than 100 links in a second are 44990': async (bench) => {
    const desk = await CodeDesk.open(bench);
    const codes = await Promise.all(Array.from({ length: 250 }, async () => (await desk.link()).json.errcode));
    strictEqual(codes.includes(44990), true);
    strictEqual(codes.filter((code) => code === 0).length >= 100, true);
    await desk.merchant.advance(1000);
    strictEqual((await desk.link()).json.errcode, 0);
  },
  'links and schemes share 500,000 a day: the next is 44993 until the day is over': async (bench) => {
    const desk = await CodeDesk.open(bench);
    await desk.merchant.control('codes', { limits: { linksPerDay: 2 } });
    strictEqual((await desk.link()).json.errcode, 0);
    strictEqual((await desk.scheme()).json.errcode, 0);
    deepStrictEqual([(await desk.link()).json.errcode, (await desk.scheme()).json.errcode], [44993, 44993]);
    await desk.merchant.advance(DAY);
    await desk.signIn();
    strictEqual((await desk.scheme()).json.errcode, 0);
  },
  'links and schemes are opened 3,000,000 times a day together': async (bench) => {
    const desk = await CodeDesk.open(bench, MALL);
    await desk.merchant.control('codes', { limits: { opensPerDay: 2 } });
    const [link, scheme] = [(await desk.link()).json.url_link, (await desk.scheme()).json.openlink];
    notStrictEqual(await desk.lands(String(link)), null);
    notStrictEqual(await desk.lands(String(scheme)), null);
    strictEqual(await desk.lands(String(link)), null);
    await desk.merchant.advance(DAY);
    notStrictEqual(await desk.lands(String(link)), null);
  },
  'a mini-program that is not released has no links: 85079': async (bench) => {
    const desk = await CodeDesk.open(bench);
    await desk.merchant.control('codes', { released: false });
    deepStrictEqual([(await desk.link()).json.errcode, (await desk.scheme()).json.errcode], [85079, 85079]);
  },
  'a personal account may make no links: 40002': async (bench) => {
    const desk = await CodeDesk.open(bench);
    await desk.merchant.control('codes', { personalAccount: true });
    deepStrictEqual([(await desk.link()).json.errcode, (await desk.scheme()).json.errcode], [40002, 40002]);
  },
});
