import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { DistSources, edited, wrapped, writeCopy } from './mutate/dist-sources.mjs';
import { drawSites } from './mutate/draw.mjs';
import { madeElements, whyHarmless } from './mutate/harmless.mjs';
import { instrumented } from './mutate/instrument.mjs';
import { readOptions } from './mutate/options.mjs';
import { Recorder } from './mutate/recorder.mjs';
import { breakSite, sitesOf } from './mutate/sites.mjs';
import { clearOf } from './mutate/suite-run.mjs';
import { trySuite } from './mutate/trial.mjs';
import { firstWords } from './mutate/words.mjs';

const chunk = (modules) => `(wx.webpackJsonp=wx.webpackJsonp||[]).push([[7],{${modules}}]);`;
const SHARED = '9:function(e,n,t){var r=t(1);n.ask=()=>(0,r.act)("POST","/orders/".concat(1,"/receipt"))}';

/** A build as small as can be, in the words of the bundler. */
const BUILD = {
  'app.json': JSON.stringify({
    pages: ['pages/home'],
    subPackages: [
      { root: 'packages/shop', pages: ['list'] },
      { root: 'packages/guide', pages: ['desk', 'told'] },
    ],
  }),
  'app.js': 'App({})',
  'taro.js': chunk(`
    5:function(e,n,t){t.d(n,{Ss:function(){return i},pd:function(){return a}});const i="view",a="input"},
    6:function(){class T{constructor(){this.__handlers={}}}}`),
  'pages/home.js': `${chunk(`8:function(e,n,t){var a=t(5),w=t(2),u=t(3);
    (0,u.useDidShow)(()=>go());
    const x=(onPress)=>(0,w.jsx)(a.Ss,{id:"buy",className:"bar big",onClick:onPress,onLongPress:void 0});
    const y=(0,w.jsxs)(p.a,{className:\`chip chip--\${z}\`,onPress,children:(0,w.jsx)(a.pd,{onInput:e=>f("/x")})});
    const z={method:"GET",path:"/me"},go=()=>q("/packages/shop/list")}`)}Page(L)`,
  'packages/shop/list.js': chunk(SHARED),
  'packages/guide/desk.js': chunk(SHARED),
  'base.wxml': `<template name="tmpl_0_8">
<view hover-class="{{i.p1}}" bindtap="eh" bindlongpress="eh" id="{{i.uid}}"></view>
</template>
<template name="tmpl_0_0">
<view bindtap="eh" catchtouchmove="eh"></view>
</template>`,
  'utils.wxs': 'module.exports={a:function(l,n){return "tmpl_"+l+"_"+n},f:function(l,n){return n}}',
};

describe('Breaking the built mini-program', () => {
  let folder;
  let dist;
  let sites;
  const site = (words) => sites.find(({ id, title }) => `${id} ${title}`.includes(words));
  const broken = (words) => breakSite(dist, site(words));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mutate-spec-'));
    for (const [file, text] of Object.entries(BUILD)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    dist = new DistSources(folder);
    sites = sitesOf(dist);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('finds handlers, requests, bindings and pages, and nothing that only looks like one', () => {
    expect(sites.map(({ group, title }) => `${group}: ${title}`)).toEqual([
      'requests: POST "/orders/".concat(1,"/receipt") in packages/guide/desk.js and 1 more',
      'handlers: useDidShow of the page: ()=>go() in pages/home.js',
      'handlers: onClick of #buy: onPress in pages/home.js',
      'handlers: onPress of .chip: onPress in pages/home.js',
      'handlers: onInput of an element: e=>f("/x") in pages/home.js',
      'requests: GET "/x" in pages/home.js',
      'requests: GET "/me" in pages/home.js',
      'bindings: bindtap of <view> in tmpl_0_8 of base.wxml',
      'bindings: bindlongpress of <view> in tmpl_0_8 of base.wxml',
      'bindings: bindtap of <view> in tmpl_0_0 of base.wxml',
      'bindings: catchtouchmove of <view> in tmpl_0_0 of base.wxml',
      'pages: the page pages/home in app.json',
      'pages: the page packages/shop/list in app.json',
      'pages: the page packages/guide/desk in app.json',
      'pages: the page packages/guide/told in app.json',
    ]);
    expect(new Set(sites.map(({ id }) => id)).size).toBe(sites.length);
  });

  it('breaks all copies of a module, as a defect of its source would', () => {
    const texts = broken('/receipt');
    expect([...texts.keys()].sort()).toEqual(['packages/guide/desk.js', 'packages/shop/list.js']);
    for (const text of texts.values()) expect(text).toContain('("POST","/no-such-orders/".concat(');
  });

  it('leaves a handler in its place that does nothing, also where it was written short', () => {
    expect(broken('#buy').get('pages/home.js')).toContain('onClick:Function.prototype,onLongPress');
    expect(broken('.chip').get('pages/home.js')).toContain('onPress:Function.prototype,children');
  });

  it('takes one binding out of one template, and a page out of app.json with an empty subpackage', () => {
    expect(broken('tmpl_0_0:tap').get('base.wxml')).toContain('<view catchtouchmove="eh">');
    expect(broken('tmpl_0_0:tap').get('base.wxml')).toContain('bindtap="eh" bindlongpress');
    const app = JSON.parse(broken('packages/shop/list in app.json').get('app.json'));
    expect(app).toEqual({ pages: ['pages/home'], subPackages: [{ root: 'packages/guide', pages: ['desk', 'told'] }] });
  });

  it('writes a copy and leaves the build as it was', () => {
    const copy = join(folder, '..', `copy-of-${Math.trunc(process.hrtime()[1])}`);
    try {
      writeCopy(folder, copy, new Map([...broken('tmpl_0_0:tap'), ['app.js', null]]));
      expect(new DistSources(copy).files).toEqual(dist.files.filter((file) => file !== 'app.js'));
      expect(readFileSync(join(folder, 'base.wxml'), 'utf8')).toBe(BUILD['base.wxml']);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });

  it('draws the same sites for the same seed, each once, and each group as often as the others', () => {
    const ids = (seed) => drawSites(sites, 8, seed).map(({ id }) => id);
    expect(ids(4)).toEqual(ids(4));
    expect(ids(4)).not.toEqual(ids(5));
    expect(new Set(drawSites(sites, 99, 1)).size).toBe(sites.length);
    const firsts = Array.from({ length: 400 }, (_, seed) => drawSites(sites, 1, seed)[0].group);
    for (const group of ['handlers', 'requests', 'bindings', 'pages']) {
      expect(firsts.filter((each) => each === group).length).toBeGreaterThan(60);
    }
  });

  it('puts marks around pieces inside of pieces', () => {
    const wraps = [
      { start: 0, end: 3, before: '[', after: ']' },
      { start: 0, end: 1, before: '<', after: '>' },
      { start: 1, end: 3, before: '(', after: ')' },
    ];
    expect(wrapped('abcd', wraps)).toBe('[<a>(bc)]d');
    expect(
      edited('abcd', [
        { start: 0, end: 1, text: 'x' },
        { start: 2, end: 4, text: '' },
      ]),
    ).toBe('xb');
  });

  describe('what is harmless', () => {
    const why = (words, coverage) =>
      whyHarmless(site(words), { made: madeElements(dist), sites, coverage: { touched: {}, seen: [], ...coverage } });

    it('is a binding that no element of the sources has a handler for', () => {
      expect(why('tmpl_0_8:tap')).toBeNull();
      expect(why('tmpl_0_0:tap')).toMatch(/^no <view> in the sources of the build that tmpl_0_0 can draw/);
    });

    it('is a template that nothing is drawn by once everything was shown, and not before', () => {
      const shown = sites.map(({ id }) => id);
      const seen = shown.filter((id) => id.startsWith('handlers'));
      const touched = Object.fromEntries(shown.filter((id) => id.startsWith('pages')).map((id) => [id, ['a']]));
      expect(why('tmpl_0_8:tap', { seen, touched })).toMatch(/nothing was ever drawn by tmpl_0_8/);
      expect(why('tmpl_0_8:tap', { seen: seen.slice(1), touched })).toBeNull();
      expect(why('tmpl_0_8:tap', { seen: [...seen, 'tmpl_0_8', 'tmpl_0_8:tap'], touched })).toBeNull();
      expect(why('tmpl_0_0:touchmove', { seen: [...seen, 'tmpl_0_0'], touched })).toBeNull();
    });

    it('is never a handler, a page or a request', () => {
      for (const words of ['#buy', 'packages/shop/list in', '"/me"']) expect(why(words)).toBeNull();
    });
  });

  describe('the build that notes what is used', () => {
    it('parses, and wraps handlers, requests and pages', () => {
      const texts = instrumented(dist, sites);
      for (const text of texts.values()) expect(() => new Function(text)).not.toThrow();
      expect(texts.get('pages/home.js')).toContain('Page(wx.recordedSites.page(L))');
      expect(texts.get('pages/home.js')).toContain(`onPress:wx.recordedSites.handler("${site('.chip').id}",onPress)`);
      expect(texts.get('taro.js')).toContain('this.__handlers={},wx.recordedSites.node(this)');
    });

    it('notes a call of a handler, a request and the binding by which an event came', async () => {
      const recorder = runInNewContext(`new (${Recorder})({ a: (l, n) => 'tmpl_' + l + '_' + n, f: (l, n) => n })`, {
        Promise,
      });
      const press = () => 'pressed';
      expect(recorder.handler('handlers:1', press)()).toBe('pressed');
      expect(recorder.handler('handlers:1', press)).toBe(recorder.handler('handlers:1', press));
      recorder.handler('handlers:2', press);
      expect(recorder.value('requests:1', '/x')).toBe('/x');
      recorder.node({ sid: '_1', __handlers: { tap: [press] } });
      await Promise.resolve();
      const page = recorder.page({ eh: ({ type }) => type, onLoad: () => undefined });
      const instance = {
        ...page,
        route: 'pages/home',
        data: {},
        setData(change) {
          this.data = change;
        },
      };
      instance.onLoad();
      instance.setData({ root: { cn: [{ nn: '3', sid: '_0', cn: [{ nn: '8', sid: '_1' }] }] } });
      expect(instance.eh({ type: 'tap', currentTarget: { dataset: { sid: '_1' } } })).toBe('tap');
      instance.eh({ type: 'tap', currentTarget: { dataset: { sid: '_0' } } });
      const { touched, seen } = recorder.report();
      const used = [
        'handlers:1',
        'requests:1',
        'pages:pages/home',
        'bindings:tmpl_1_8:tap',
        'bindings:tmpl_1_8_blur:tap',
      ];
      expect(touched.sort()).toEqual(used.sort());
      expect(seen).toEqual(expect.arrayContaining(['handlers:2', 'tmpl_0_3', 'tmpl_1_8:tap']));
      expect(seen).not.toContain('tmpl_0_3:tap');
    });
  });

  describe('what counts as noticed', () => {
    const PASSED = { outcome: 'passed', failures: [], running: [] };
    const LATE = { outcome: 'late', failures: [], running: [] };
    const UNCLEAR = { outcome: 'unclear', words: 'jest ended with 1: no browser' };
    const failed = (file, words = 'no') => ({
      outcome: 'failed',
      failures: [{ file, test: `${file}: buys`, words }],
      running: [],
    });
    const coverage = { touched: { used: ['a'] }, drivers: ['a', 'b', 'c'], failing: [] };

    /** Tries a mutant; the suite gives these outcomes one after the other. */
    async function tried(siteIds, ...outcomes) {
      const runs = [];
      const verdict = await trySuite({ siteIds }, coverage, 9000, async (files) => {
        runs.push(files.join(''));
        return outcomes[runs.length - 1];
      });
      return { ...verdict, runs };
    }

    it('is the first failure of a file that used what is broken', async () => {
      const verdict = { isKilled: true, words: ['a: buys', 'no'], runs: ['a'] };
      expect(await tried(['used'], failed('a'))).toEqual(verdict);
    });

    it('is a failure of another file only when it fails again', async () => {
      const verdict = { isKilled: true, words: ['b: buys', 'again'], runs: ['a', 'bc', 'b'] };
      expect(await tried(['used'], PASSED, failed('b'), failed('b', 'again'))).toEqual(verdict);
    });

    it('is not a file that fails once: the others are still asked', async () => {
      const passed = ['every test passed'];
      expect(await tried(['used'], PASSED, failed('b'), PASSED, PASSED)).toEqual({
        isKilled: false,
        words: passed,
        runs: ['a', 'bc', 'b', 'c'],
      });
      expect(await tried([], failed('c'), PASSED, failed('a'), PASSED, failed('b'), PASSED)).toEqual({
        isKilled: false,
        words: passed,
        runs: ['abc', 'c', 'ab', 'a', 'b', 'b'],
      });
    });

    it('is an end that does not come only when the test that waits for it can be named', async () => {
      const named = { ...LATE, running: ['b: pays'] };
      expect(await tried([], LATE)).toMatchObject({ isKilled: false });
      expect(await tried([], named)).toMatchObject({ isKilled: true, words: ['no end after 9 s', 'b: pays'] });
      expect(await tried([], failed('b'), named)).toMatchObject({ isKilled: true, runs: ['abc', 'b'] });
    });

    it('is no end of jest without a failed test: it is run once more, and then the run has failed', async () => {
      const outcomes = [UNCLEAR, PASSED];
      expect(await clearOf(async () => outcomes.shift())).toBe(PASSED);
      const wanted = 'could not be run, and no test failed. Twice: jest ended with 1: no browser';
      await expect(clearOf(async () => UNCLEAR)).rejects.toThrow(wanted);
    });
  });

  it('says what a failure says in one line, without colours and stack', () => {
    const esc = String.fromCharCode(27);
    expect(firstWords(`Error: ${esc}[31m“已收货” did not come${esc}[0m; she sees:\n待收货\n    at a.ts:1`)).toBe(
      '“已收货” did not come; she sees: · 待收货',
    );
  });

  it('refuses options that make no sense', () => {
    expect(readOptions(['--random', '3', '--seed', '9'])).toMatchObject({ random: 3, seed: 9, timeoutMs: null });
    expect(() => readOptions(['--random', '0'])).toThrow('a whole number from 1 is needed');
    expect(() => readOptions(['--seed', '9'])).toThrow('--seed belongs to --random');
    expect(() => readOptions(['--random', '3', '--coverage'])).toThrow("can't be combined");
    expect(() => readOptions(['--rnadom', '3'])).toThrow('npm run e2e:mutate');
  });
});
