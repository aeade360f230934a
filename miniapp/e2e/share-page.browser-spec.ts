import { readFileSync } from 'node:fs';
import type { ShareLink } from '@mall/shared/guides';
import type { Page as PageOf } from '@mall/shared/paging';
import type { TestMall } from '../../server/test/support/test-mall.js';
import { openBrowser, type TestBrowser } from './browser-for-tests.js';
import { startDemoMall } from './demo-mall-for-tests.js';
import { Shopping } from './shopping-for-tests.js';
import { Visitor } from './visitor-for-tests.js';

const PAGE = '/packages/guide/share-link/index';

let mall: TestMall;
let browser: TestBrowser;
let shopping: Shopping;
let guide: Visitor;

beforeAll(async () => {
  mall = await startDemoMall();
  browser = await openBrowser();
  shopping = new Shopping(mall);
  guide = await Visitor.arrive(browser, mall.apiUrl, 'chenjing');
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await mall?.close();
}, 150_000);

const newestPoster = async (): Promise<ShareLink> => {
  const { items } = await mall.api.get<PageOf<ShareLink>>('/api/guide/share-links', await shopping.token('chenjing'));
  const poster = items.find(({ placement }) => placement === 'poster');
  if (poster === undefined) throw new Error('the page made no poster link');
  return poster;
};

describe('the share page of a guide (issue 4, 6)', () => {
  it('shows the poster, whole at a tap, and saves the very picture that the server drew', async () => {
    await guide.opens('/packages/guide/desk/index');
    await guide.sees('.desk__product').first().tap();
    await guide.seesPicture('.poster');
    await guide.shoots('share-01-poster');
    await guide.sees('#show-poster').tap();
    await guide.sees('.preview-image').waitFor();
    await guide.shoots('share-02-whole');
    await guide.sees('.preview-image').tap();
    await guide.sees('.preview-image').waitFor({ state: 'hidden' });

    await guide.taps('保存海报');
    await guide.reads(/^把图片存进相册之前/);
    const saving = guide.page.waitForEvent('download');
    await guide.taps('同意', '#agree-privacy');
    const saved = await saving;
    await guide.reads('海报已保存');
    expect(saved.suggestedFilename()).toBe('poster.jpg');
    const drawn = await fetch(`${mall.apiUrl}/api/posters/${(await newestPoster()).code}.jpg`);
    expect(readFileSync(await saved.path()).equals(Buffer.from(await drawn.arrayBuffer()))).toBe(true);
  }, 150_000);

  it('copies a link that WeChat made', async () => {
    await guide.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await guide.taps('复制链接', '#copy-link');
    await guide.reads('链接已复制', /^\d+月\d+日前有效$/);
    await guide.shoots('share-03-link');
  }, 150_000);

  it('a poster of the whole mall needs no product', async () => {
    await guide.opens(PAGE);
    await guide.seesPicture('.poster');
    await guide.shoots('share-05-home');
  }, 150_000);

  it('while WeChat answers nothing useful it says so, and goes on when WeChat does', async () => {
    const fault = (path: string) =>
      mall.emulator.call('POST', '/control/faults', { body: { kind: 'gateway', path, times: null } });
    await fault('/wxa/getwxacodeunlimit');
    await fault('/wxa/generate_urllink');
    await guide.opens(PAGE);
    await guide.reads('海报暂时没能做好', /再试/);
    await guide.taps('复制链接', '#copy-link');
    await guide.reads('链接暂时无法生成，请稍后再试');
    await guide.shoots('share-04-no-poster');
    await mall.emulator.call('POST', '/control/faults/lift', { body: {} });
    await guide.taps('再试一次', '#copy-link');
    await guide.reads('链接已复制');
  }, 150_000);
});

it('met no other errors than the refusals of that time', () => {
  const expected = /\/api\/posters\/|\/url-link$|status of 503/;
  expect(guide.faults.filter((fault) => !expected.test(fault))).toEqual([]);
  expect(guide.refusals).toEqual([]);
});
