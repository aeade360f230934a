import type { GuideInvitation, GuideSummary } from '@mall/shared/guides';
import type { Page as PageOf } from '@mall/shared/paging';
import type { TestMall } from '../../server/test/support/test-mall.js';
import { startFilledMall } from './demo-mall-for-tests.js';
import { CARDIGAN, Shopping } from './shopping-for-tests.js';
import { People } from './weapp-people-for-tests.js';
import type { WeappPerson } from './weapp-person-for-tests.js';

const GUIDE = 'packages/guide';
/** One more than a page of customers holds. */
const CUSTOMERS = 21;

jest.setTimeout(120_000);

let mall: TestMall;
let shopping: Shopping;
/** 陈静 of 静安店, and 阿哲, who will become a guide. */
let chenjing: WeappPerson;
let azhe: WeappPerson;
let people: People;

/** Each story begins at her desk, whatever became of the one before. */
const atDesk = (who: WeappPerson) => who.goes('reLaunch', `/${GUIDE}/desk/index`);

/** Leaves the page for the one before it. */
async function returns(who: WeappPerson, path: string): Promise<void> {
  await who.goesBack();
  await who.arrivesAt(`${GUIDE}/${path}`);
}

const guideNamed = async (name: string): Promise<GuideSummary> => {
  const { items } = await mall.api.get<PageOf<GuideSummary>>('/api/hq/guides?limit=50', shopping.hqToken);
  const found = items.find((guide) => guide.name === name);
  if (found === undefined) throw new Error(`no guide ${name}`);
  return found;
};

const wechatFails = (path: string) =>
  mall.emulator.call('POST', '/control/faults', { body: { kind: 'gateway', path, times: null } });

beforeAll(async () => {
  mall = await startFilledMall();
  people = new People(mall);
  shopping = new Shopping(mall);
  await shopping.opens();
  const code = await shopping.shareCode('chenjing');
  for (let at = 1; at <= CUSTOMERS; at += 1) {
    await shopping.touches(`customer-${at}`, code);
    await shopping.joins(`customer-${at}`);
  }
  await shopping.touches('customer-of-liuwen', await shopping.shareCode('guide-liuwen'));
  await shopping.joins('customer-of-liuwen');
  const alone = { contactPreference: 'nobody' };
  await mall.api.post('/api/me/contact-preference', alone, await shopping.token('customer-1'));
}, 150_000);

afterAll(() => people?.leave(), 150_000);
afterAll(() => mall?.close(), 150_000);

describe('the weapp build on the local host: the desk of a guide', () => {
  it('says what is hers, what waits and whom to serve; what is not there yet is not shown (R5.6)', async () => {
    chenjing = await people.arrives('chenjing', `${GUIDE}/desk/index`);
    await chenjing.reads('陈静', '静安店 · 资深', '今日佣金', '可提现', '收货后开始算', '累计到账');
    await chenjing.reads('有佣金的日子，这里会长出一根柱子', `全部 ${CUSTOMERS} 位`, '加入，还没有下过单');
    expect(await chenjing.counts('.desk__product')).toBe(4);
    expect(await chenjing.counts('.customer')).toBe(3);
    expect(await chenjing.counts('#to-pickups, .coaching')).toBe(0);
  });

  it('each number opens the list behind it, under the tab of its state (R5.6)', async () => {
    await atDesk(chenjing);
    const ways = [
      ['.earnings__half', '可提现', '没有可提现的佣金'],
      ['.earnings__total--pending', '', '没有待收货的佣金'],
      ['.earnings__total--frozen', '', '没有待到期的佣金'],
      ['.earnings__total--paid', '', '没有已发放的佣金'],
      ['.trend', '', '还没有佣金'],
      ['#to-commissions', '', '还没有佣金'],
    ] as const;
    for (const [selector, words, found] of ways) {
      await chenjing.taps(selector, words);
      await chenjing.reads(found, '顾客通过您的分享付款后，会记在这里。');
      await returns(chenjing, 'desk/index');
    }
  });
});

describe('the weapp build on the local host: what a guide shares', () => {
  it('the shelf of a guide comes page by page, on by scrolling, and says when the line is lost (R3.1)', async () => {
    await atDesk(chenjing);
    await chenjing.taps('.desk__more', '全部商品');
    await chenjing.reads('分享整个商城', '看更多');
    expect(await chenjing.counts('.shareable')).toBe(20);
    await chenjing.scrollsToTheEnd();
    await chenjing.until('the second page', async () => (await chenjing.counts('.shareable')) === 40);
    await chenjing.surroundings.goesOffline(true);
    await chenjing.taps('.page-foot--more', '看更多');
    await chenjing.reads('没能取到更多，点这里再试');
    await chenjing.surroundings.goesOffline(false);
    await chenjing.taps('.page-foot--more', '没能取到更多');
    await chenjing.until('the third page', async () => (await chenjing.counts('.shareable')) > 40);
    await chenjing.reads('都在这里了');
  });

  it('she searches with the key of her keyboard or the word beside it, and finds or does not find', async () => {
    await chenjing.goes('reLaunch', `/${GUIDE}/share/index`);
    await chenjing.types('#share-search', '航天飞机');
    await (await chenjing.finds('#share-search')).trigger('confirm', { value: '航天飞机' });
    await chenjing.reads('没有找到商品', '换一个更短的词试试。');
    await chenjing.types('#share-search', ' 开衫 ');
    await chenjing.taps('.share__search-go');
    await chenjing.reads(CARDIGAN, '佣金 ¥53.91 · 9%');
    await chenjing.taps('.shareable', CARDIGAN);
    await chenjing.arrivesAt(`${GUIDE}/share-link/index`);
    const { productId } = (await chenjing.page()).query as { productId: string };
    expect(productId).toMatch(/^prd_/);
    await chenjing.goes('navigateTo', `/packages/shop/product/index?id=${productId}`);
    await chenjing.taps('#guide-share', '推荐给顾客');
    await chenjing.arrivesAt(`${GUIDE}/share-link/index`);
    expect((await chenjing.page()).query).toEqual({ productId });
    await chenjing.goesBack();
    await chenjing.arrivesAt('packages/shop/product/index');
    await returns(chenjing, 'share-link/index');
  });

  it('the poster can be looked at whole, and her card carries her link (R3.1)', async () => {
    await chenjing.reads('轻点看大图', '短信和别的应用里也能打开');
    await chenjing.taps('#show-poster');
    await chenjing.answers('preview', () => chenjing.native.cancelModal());
    await chenjing.taps('#send-card');
    await chenjing.answers('share', () => chenjing.native.shareCancel());
    expect((await chenjing.surroundings.state()).sharedCards).toEqual([]);
    await chenjing.taps('#send-card');
    await chenjing.answers('share', () => chenjing.native.shareConfirm());
    await chenjing.until('the card', async () => (await chenjing.surroundings.state()).sharedCards.length === 1);
    const [card] = (await chenjing.surroundings.state()).sharedCards;
    expect(card?.path).toMatch(/^\/packages\/shop\/product\/index\?id=prd_\w+&s=\w{8}$/);
  });

  it('WeChat waits for her agreement to its guideline, which each way out of the sheet refuses (§8)', async () => {
    const ways = ['#refuse-privacy', '.privacy-sheet .sheet__close', '.privacy-sheet .sheet__scrim'];
    for (const way of ways) {
      await chenjing.taps('#save-poster');
      await chenjing.reads('把图片存进相册之前', '不同意也可以照常浏览和购买。');
      await chenjing.taps(way);
      await chenjing.hears('隐私指引');
      await chenjing.until('the sheet gone', async () => (await chenjing.counts('.privacy-sheet')) === 0);
    }
    await chenjing.taps('#save-poster');
    await chenjing.taps('.contract-link');
    await chenjing.answers('sheet', () => chenjing.native.cancelModal());
    await chenjing.taps('#agree-privacy');
    await chenjing.answers('authorization', () => chenjing.native.authorizeCancel());
  });

  it('an album that she closed is opened in the settings, when she wants it', async () => {
    await chenjing.answers('modal', () => chenjing.native.cancelModal());
    await chenjing.taps('#save-poster');
    await chenjing.answers('modal', () => chenjing.native.confirmModal());
    const allowed = { 'scope.writePhotosAlbum': true };
    await chenjing.answers('settings', () => chenjing.surroundings.chooses('settings', allowed));
    await chenjing.hears('海报已保存');
    await chenjing.taps('#save-code');
    await chenjing.hears('小程序码已保存');
  });

  it('she copies a link that WeChat made, of a product and of the whole mall', async () => {
    await chenjing.taps('#copy-link');
    await chenjing.hears('已复制');
    await chenjing.reads('日前有效');
    const { clipboard } = await chenjing.surroundings.state();
    expect(clipboard).toMatch(new RegExp(`^${mall.emulatorUrl}/l/[\\w-]+$`));
    await returns(chenjing, 'share/index');
    await chenjing.taps('#share-home', '分享整个商城');
    await chenjing.reads('轻点看大图');
    expect((await chenjing.page()).query).toEqual({});
    await chenjing.taps('#copy-link');
    await chenjing.until('another link', async () => (await chenjing.surroundings.state()).clipboard !== clipboard);
    await returns(chenjing, 'share/index');
  });

  it('while WeChat answers nothing useful the page says so, and goes on when WeChat does', async () => {
    await atDesk(chenjing);
    await wechatFails('/wxa/getwxacodeunlimit');
    await wechatFails('/wxa/generate_urllink');
    await chenjing.taps('.desk__product');
    await chenjing.reads('海报暂时没能做好');
    await chenjing.taps('#copy-link');
    await chenjing.reads('链接暂时无法生成，请稍后再试');
    await mall.emulator.call('POST', '/control/faults/lift', { body: {} });
    await chenjing.taps('#copy-link', '再试一次');
    await chenjing.reads('日前有效');
    await chenjing.taps('#retry-poster');
    await chenjing.reads('轻点看大图');
    await returns(chenjing, 'desk/index');
  });
});

describe('the weapp build on the local host: whom a guide serves, and what she is told', () => {
  it('customers come masked and page by page, with the wish of who wants no message (R2.6)', async () => {
    await atDesk(chenjing);
    await chenjing.taps('.desk__more', `全部 ${CUSTOMERS} 位`);
    await chenjing.reads('称呼和手机号已打码', '看更多');
    expect(await chenjing.counts('.customer')).toBe(20);
    await chenjing.scrollsToTheEnd();
    await chenjing.until('the last customer', async () => (await chenjing.counts('.customer')) === CUSTOMERS);
    await chenjing.reads('请勿主动联系', '都在这里了');
    const shown = await chenjing.seen();
    expect(shown.match(/尾号 \d{4}/g)).toHaveLength(CUSTOMERS);
    expect(shown).not.toMatch(/1\d{10}/);
    await returns(chenjing, 'desk/index');
  });

  it('what WeChat may tell her is asked in her tap and reported (§4)', async () => {
    await atDesk(chenjing);
    await chenjing.taps('#subscribe-guide-desk', '通知我');
    await chenjing.answers('authorization', () => chenjing.native.authorizeAllow());
    await chenjing.reads('好的，到时候微信里告诉您。');
    await chenjing.until(
      'the report',
      async () => (await chenjing.asked(/^POST \/api\/subscriptions 20/)).length === 1,
    );
    expect(await chenjing.counts('#subscribe-guide-desk')).toBe(0);
  });

  it('a new rate is told on her desk and stands where it counts (R4)', async () => {
    await atDesk(chenjing);
    const any = { productScope: { kind: 'any' }, sellerScope: { kind: 'any' } };
    await shopping.hq('/api/hq/commission-rules', { ...any, guideBps: 650, storeBps: 200, reason: '换季' });
    await mall.settle();
    await chenjing.pullsDown();
    await chenjing.taps('#to-notices', '1 条新通知');
    await chenjing.reads('佣金比例有变化', '全部商品自', '佣金为 6.5%');
    expect(await chenjing.counts('.told--new')).toBe(1);
    await chenjing.taps('.told', '佣金比例有变化');
    await chenjing.arrivesAt(`${GUIDE}/share/index`);
    await returns(chenjing, 'notices/index');
    await returns(chenjing, 'desk/index');
    await chenjing.reads('通知');
    await chenjing.until('no news', async () => (await chenjing.counts('.desk__shortcut--new')) === 0);
  });

  it('a guide who left still reads what she earned, and shares no more; her customers go to another (R2.4)', async () => {
    await atDesk(chenjing);
    const left = await guideNamed('刘雯');
    const liuwen = await people.arrives('guide-liuwen', `${GUIDE}/desk/index`);
    await liuwen.reads('刘雯', '全部 1 位');
    await shopping.hq(`/api/hq/guides/${left.id}/leave`, { reason: '离职' });
    const to = { toGuideIds: [(await guideNamed('陈静')).id], reason: '离职交接' };
    await shopping.hq(`/api/hq/guides/${left.id}/hand-over`, to);
    await mall.settle();
    await liuwen.pullsDown();
    await liuwen.reads('暂时没有可以分享的商品。', '全部 0 位');
    await liuwen.taps('.desk__more', '全部商品');
    await liuwen.reads('这里只对导购开放。', '如果您应当能看到，请联系门店。');
    await liuwen.taps('.notice--forbidden .notice__action', '去首页');
    await liuwen.arrivesAt('pages/home/index');
    await chenjing.pullsDown();
    await chenjing.reads(`全部 ${CUSTOMERS + 1} 位`);
    await chenjing.taps('#to-notices', '1 条新通知');
    await chenjing.taps('.told', '收到 1 位客户');
    await chenjing.arrivesAt(`${GUIDE}/customers/index`);
    await returns(chenjing, 'notices/index');
    await returns(chenjing, 'desk/index');
  });

  it('who shares much and sells nothing is advised in place of tasks, and may go on by hand (R8)', async () => {
    await atDesk(chenjing);
    const token = await shopping.token('chenjing');
    for (let made = 0; made < 60; made += 1)
      await mall.api.post('/api/guide/share-links', { placement: 'card' }, token);
    await chenjing.pullsDown();
    await chenjing.reads('分享先歇一歇', '建议少而精');
    expect(await chenjing.counts('.desk__product')).toBe(0);
    await chenjing.taps('.coaching .desk__more', '自己选品');
    await chenjing.arrivesAt(`${GUIDE}/share/index`);
    await returns(chenjing, 'desk/index');
  });

  it('without a line the page says so, and comes at the next try', async () => {
    await atDesk(chenjing);
    await chenjing.surroundings.goesOffline(true);
    await chenjing.goes('navigateTo', `/${GUIDE}/customers/index`);
    await chenjing.reads('网络不太顺畅，请检查后再试一次。');
    await chenjing.taps('.notice--error .notice__action', '再试一次');
    await chenjing.reads('网络不太顺畅，请检查后再试一次。');
    await chenjing.surroundings.goesOffline(false);
    await chenjing.taps('.notice--error .notice__action', '再试一次');
    await chenjing.reads('称呼和手机号已打码', '尾号');
  });
});

describe('the weapp build on the local host: who becomes a guide', () => {
  it('a code that nobody gave is refused, and leads back', async () => {
    azhe = await people.arrives('azhe', 'pages/me/index');
    await azhe.goes('navigateTo', `/${GUIDE}/invitation/index`);
    await azhe.reads('请输入门店给您的 8 位邀请码。');
    await azhe.types('#invitation-code', 'ABCD234');
    await (await azhe.finds('#check-invitation.is-disabled')).tap();
    await azhe.reads('请输入门店给您的 8 位邀请码。');
    await azhe.types('#invitation-code', 'ABCD2345');
    await azhe.taps('#check-invitation');
    await azhe.reads('没有找到，可能已经不在了。');
    await azhe.taps('.notice__action', '返回');
    await azhe.arrivesAt('pages/me/index');
  });

  it('a visitor is told to join first; a member accepts once and stands at a desk of her own (R2.5)', async () => {
    const stores = await mall.api.get<{ id: string; name: string }[]>('/api/hq/stores', shopping.hqToken);
    const storeId = stores.find(({ name }) => name === '徐汇店')?.id;
    const { code } = await shopping.hq<GuideInvitation>('/api/hq/guide-invitations', { storeId, guideName: '阿哲' });
    await azhe.goes('navigateTo', `/${GUIDE}/invitation/index`);
    await azhe.types('#invitation-code', code);
    await azhe.taps('#check-invitation');
    await azhe.reads('徐汇店 邀请您成为导购', '没有拉人头的奖励', '前有效');
    await azhe.taps('#accept-invitation');
    await azhe.hears('加入会员后就可以使用。');
    await shopping.joins('azhe');
    await azhe.taps('#accept-invitation');
    await azhe.arrivesAt(`${GUIDE}/desk/index`);
    await azhe.reads('阿哲', '徐汇店', '分享商品后，成为会员的顾客会出现在这里。');
    await azhe.goes('navigateTo', `/${GUIDE}/invitation/index?code=${code}`);
    await azhe.reads('已接受');
    await (await azhe.finds('#accept-invitation.is-disabled')).tap();
    await azhe.goes('switchTab', '/pages/me/index');
    await azhe.taps('#to-desk', '阿哲 · 徐汇店');
    await azhe.arrivesAt(`${GUIDE}/desk/index`);
    expect(await azhe.asked(/accept 20/)).toHaveLength(1);
  });

  it('a desk without customers and orders says where they come from, and leads there', async () => {
    await atDesk(azhe);
    for (const [selector, found] of [
      ['.desk__more', '还没有顾客'],
      ['#to-guide-orders', '还没有参与过订单'],
      ['#to-commissions', '还没有佣金'],
    ] as const) {
      await azhe.taps(selector, selector === '.desk__more' ? '全部 0 位' : '');
      await azhe.reads(found);
      await azhe.taps('.notice--empty .notice__action', '去选品');
      await azhe.arrivesAt(`${GUIDE}/share/index`);
      await azhe.goesBack();
      await azhe.reads(found);
      await returns(azhe, 'desk/index');
    }
    await azhe.taps('#to-notices');
    await azhe.reads('没有通知');
    await returns(azhe, 'desk/index');
  });
});

it('nobody met an error of the mini-program', () => {
  expect(people.faults()).toEqual([]);
});
