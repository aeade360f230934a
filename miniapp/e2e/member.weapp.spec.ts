import type { Coupon } from '@mall/shared/coupons';
import type { Address, Me, MyGuide } from '@mall/shared/membership';
import type { MyConsents } from '@mall/shared/privacy';
import type { MyNickname } from '@mall/shared/texts';
import type { TestMall } from '../../server/test/support/test-mall.js';
import { startFilledMall } from './demo-mall-for-tests.js';
import { Shopping } from './shopping-for-tests.js';
import { People } from './weapp-people-for-tests.js';
import type { WeappPerson } from './weapp-person-for-tests.js';

const STEP_MS = 120_000;
const MEMBER = 'packages/member';
const THANKS = { name: '谢谢您', kind: 'amount_off', discountFen: 3_000, thresholdFen: 20_000 } as const;
const DETAIL = '南京西路 1266 号 3 楼';

let mall: TestMall;
let shopping: Shopping;
let she: WeappPerson;
let he: WeappPerson;
let people: People;

/** What the server says about her. */
async function mine<T>(path: string): Promise<T> {
  return mall.api.get<T>(`/api/me${path}`, await shopping.token('xiaoyu'));
}

/** Opens a page of hers from the tab, by its row. */
async function opens(row: string, path: string): Promise<void> {
  if ((await she.page()).path !== 'pages/me/index') await she.goes('switchTab', '/pages/me/index');
  await she.taps(row);
  await she.arrivesAt(path);
}

const isChosen = async (selector: string) =>
  (await (await she.finds(selector)).$('.is-chosen').catch(() => null)) !== null;

/** The button comes to life with the next drawing: nobody taps it before. */
async function savesName(): Promise<void> {
  await she.countsTo(0, '#save-nickname.is-disabled');
  await she.countsTo(0, '#save-nickname.is-busy');
  await she.taps('#save-nickname');
}

beforeAll(async () => {
  mall = await startFilledMall();
  people = new People(mall);
  shopping = new Shopping(mall);
  await shopping.opens();
}, 150_000);

afterAll(() => people?.leave(), 150_000);
afterAll(() => mall?.close(), 150_000);

describe('the weapp build on the local host: she joins', () => {
  it(
    'her own tab offers to join, and the offer says who would serve her (R2.3)',
    async () => {
      await shopping.touches('xiaoyu', await shopping.shareCode('guide-liuwen'));
      await shopping.touches('xiaoyu', await shopping.shareCode('chenjing'));
      she = await people.arrives('xiaoyu', 'pages/me/index');
      await she.reads('您好', '还没有加入会员，也可以随意逛和买');
      await opens('#to-join', `${MEMBER}/join/index`);
      await she.reads('加入后，为您服务的是', '陈静 · 静安店', '会成为陈静的顾客', '2026-11-28 版');
      await she.taps('.join__policy');
      const { query } = await she.arrivesAt(`${MEMBER}/policy/index`);
      expect(query).toEqual({ version: '2026-11-28' });
      await she.reads('2026-11-28 版', '写明了导购提现时的实名核对', '我们收集什么');
      await she.goesBack();
      await she.taps('.contract-link');
      await she.answers('sheet', () => she.native.cancelModal());
      await she.taps('#not-now');
      await she.arrivesAt('pages/me/index');
    },
    STEP_MS,
  );

  it(
    'without consent nothing is asked of WeChat, and a consent can be taken back before (PIPL)',
    async () => {
      await opens('#to-join', `${MEMBER}/join/index`);
      await she.taps('#join-needs-consent');
      await she.reads('请先勾选同意会员服务与隐私说明。');
      await she.finds('.consent--missing');
      await she.taps('#consent-membership');
      await she.finds('#join-phone');
      await she.countsTo(0, '.consent--missing');
      await she.taps('#consent-membership');
      await she.finds('#join-needs-consent');
      await she.taps('#consent-guide-service');
      await she.until('the second consent', () => isChosen('#consent-guide-service'));
      await she.taps('#consent-membership');
    },
    STEP_MS,
  );

  it(
    'who refuses her number stays a guest, who gives it is a member of the guide (R2.3)',
    async () => {
      await she.taps('#join-phone');
      await she.answers('authorization', () => she.native.authorizeCancel());
      await she.reads('没有拿到手机号。不加入也可以照常购买。');
      expect((await mine<Me>('')).joinedAt).toBeNull();
      await she.taps('#join-phone');
      await she.answers('authorization', () => she.native.authorizeAllow());
      await she.hears('欢迎加入');
      await she.arrivesAt('pages/me/index');
      await she.reads('会员 138****8001', '陈静 · 静安店 为您服务', '换一位，或减少打扰');
      expect(await mine<Me>('')).toMatchObject({ phoneMasked: '138****8001', myGuide: { name: '陈静' } });
      const { consents } = await mine<MyConsents>('/consents');
      const states = Object.fromEntries(consents.map(({ purpose, state }) => [purpose, state]));
      expect(states).toMatchObject({ membership: 'granted', guide_service: 'granted' });
    },
    STEP_MS,
  );

  it(
    'a member who opens the offer again reads that she is one',
    async () => {
      await she.goes('navigateTo', '/packages/member/join/index');
      await she.reads('您已经是会员了');
      await she.taps('.notice__action', '返回');
      await she.arrivesAt('pages/me/index');
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: her name', () => {
  it(
    'is shown once WeChat passed it (§9)',
    async () => {
      await opens('#to-profile', `${MEMBER}/profile/index`);
      await she.types('#nickname', '开衫控');
      await savesName();
      await she.hears('已保存');
      expect((await mine<MyNickname>('/nickname')).shown).toBe('开衫控');
      await she.types('#nickname', '   ');
      await savesName();
      await she.reads('写一个您喜欢的称呼');
      await she.types('#nickname', '开衫');
      await she.readsNoMore('写一个您喜欢的称呼');
      await she.goesBack();
      await she.reads('开衫控');
    },
    STEP_MS,
  );

  it(
    'is refused with the reason at the field, and waits for HQ when WeChat is in doubt (§9)',
    async () => {
      await opens('#to-profile', `${MEMBER}/profile/index`);
      await she.types('#nickname', '加微信领红包');
      await savesName();
      await she.reads('这个昵称像是广告或联系方式，换一个就好');
      // WeChat's keyboard of nicknames fills the field in and tells of it only when she leaves it.
      await (await she.finds('#nickname')).trigger('blur', { value: '疑似低俗' });
      await she.readsNoMore('这个昵称像是广告');
      await savesName();
      await she.reads('您的新昵称“疑似低俗”正在确认', '通过前仍显示“开衫控”');
      expect(await mine<MyNickname>('/nickname')).toMatchObject({ shown: '开衫控', waiting: { text: '疑似低俗' } });
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: her guide', () => {
  it(
    "the guide's WeCom code is made when she asks for it",
    async () => {
      await opens('#to-my-guide', `${MEMBER}/my-guide/index`);
      await she.reads('陈静 · 静安店 为您服务', '联系我的导购');
      await she.taps('#ask-contact-code');
      await she.reads('长按识别，添加陈静的企业微信。');
      const picture = await (await she.finds('.my-guide__code')).attribute('src');
      expect((await fetch(String(picture))).headers.get('content-type')).toBe('image/png');
    },
    STEP_MS,
  );

  it(
    'she decides who may contact her, and the code goes when the guide may not (R2.5)',
    async () => {
      const preference = async () => (await mine<MyGuide>('/guide')).contactPreference;
      await she.until('the present choice', () => isChosen('#contact-guide'));
      for (const choice of ['hq_only', 'nobody', 'guide']) {
        await she.taps(`#contact-${choice}`);
        await she.until(`${choice} chosen`, () => isChosen(`#contact-${choice}`));
        await she.until(`${choice} saved`, async () => (await preference()) === choice);
        await she.countsTo(choice === 'guide' ? 1 : 0, '.my-guide__contact');
      }
    },
    STEP_MS,
  );

  it(
    'she changes her guide once, after being asked whether she means it (R2.5)',
    async () => {
      await she.taps('#choose-nobody');
      await she.until('nobody chosen', () => isChosen('#choose-nobody'));
      await she.taps('.choice', '刘雯 · 静安店');
      await she.until('another choice', async () => !(await isChosen('#choose-nobody')));
      await she.taps('#change-guide');
      await she.answers('modal', () => she.native.cancelModal());
      expect((await mine<MyGuide>('/guide')).guide?.name).toBe('陈静');
      await she.taps('#change-guide');
      await she.answers('modal', () => she.native.confirmModal());
      await she.hears('以后由刘雯为您服务');
      await she.reads('刘雯 · 静安店 为您服务', '您最近换过', '之后可以再换。');
      expect((await mine<MyGuide>('/guide')).guide?.name).toBe('刘雯');
      await she.goesBack();
      await she.reads('刘雯 · 静安店 为您服务');
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: her addresses', () => {
  const addresses = () => mine<Address[]>('/addresses');

  it(
    'an address that is not complete is not saved, and says at each field what is missing',
    async () => {
      await opens('#to-addresses', `${MEMBER}/addresses/index`);
      await she.reads('还没有收货地址');
      await she.taps('#new-address');
      await she.arrivesAt(`${MEMBER}/address-edit/index`);
      await she.taps('#save-address');
      await she.reads('请写收货人的名字', '请填 11 位手机号', '请选择省份', '请写到门牌号');
      expect(await addresses()).toEqual([]);
      await she.types('#address-recipient', '林小雨');
      await she.types('#address-phone', '13800138001');
      await (await she.finds('#address-region')).trigger('change', { value: ['上海市', '上海市', '静安区'] });
      await she.types('#address-detail', DETAIL);
      await she.readsNoMore('请写收货人的名字', '请填 11 位手机号', '请选择省份', '请写到门牌号');
    },
    STEP_MS,
  );

  it(
    'the first one is kept and stands as the usual one',
    async () => {
      await she.taps('#address-default');
      await she.taps('#save-address');
      await she.reads(`上海市静安区${DETAIL}`, '林小雨', '默认');
      expect(await addresses()).toEqual([
        expect.objectContaining({ recipient: '林小雨', phone: '13800138001', detail: DETAIL, isDefault: true }),
      ]);
    },
    STEP_MS,
  );

  it(
    'is changed from its row, and deleted only after she was asked',
    async () => {
      await she.taps('.address__text', DETAIL);
      await she.until('the title', async () => (await she.surroundings.state()).title === '编辑地址');
      await she.types('#address-detail', '延安中路 8 号');
      await she.taps('#save-address');
      await she.reads('上海市静安区延安中路 8 号');
      await she.taps('.address__edit');
      const { query } = await she.arrivesAt(`${MEMBER}/address-edit/index`);
      expect(query).toEqual({ id: (await addresses())[0]?.id });
      await she.taps('#delete-address');
      await she.answers('modal', () => she.native.cancelModal());
      expect(await addresses()).toHaveLength(1);
      await she.taps('#delete-address');
      await she.answers('modal', () => she.native.confirmModal());
      await she.reads('还没有收货地址');
      expect(await addresses()).toEqual([]);
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: her coupons', () => {
  it(
    'a coupon leads to the shelf, and WeChat may remind her of it once she allows (§4)',
    async () => {
      await shopping.grants('xiaoyu', THANKS);
      await opens('#to-coupons', `${MEMBER}/coupons/index`);
      await she.reads('谢谢您', '满 ¥200 可用', '去使用', '券快到期时，在微信里提醒您');
      await she.taps('#subscribe-coupon');
      await she.answers('authorization', () => she.native.authorizeAllow());
      await she.reads('好的，到时候微信里告诉您。');
      await she.taps('.coupon__use');
      await she.arrivesAt('pages/home/index');
    },
    STEP_MS,
  );

  it(
    'each tab shows the coupons of its state',
    async () => {
      await opens('#to-coupons', `${MEMBER}/coupons/index`);
      await she.taps('.tabs__item--redeemed');
      await she.reads('这里还没有券');
      await she.taps('.tabs__item--issued');
      await she.reads('谢谢您', '去使用');
      await shopping.daysPass(31);
      expect((await mine<Coupon[]>('/coupons?state=expired')).map(({ name }) => name)).toEqual(['谢谢您']);
      await she.taps('.tabs__item--expired');
      await she.reads('谢谢您', '已过期');
      await she.taps('.tabs__item--issued');
      await she.pullsDown();
      await she.reads('现在没有可用的券');
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: her data', () => {
  const guideConsent = async () => {
    const { consents } = await mine<MyConsents>('/consents');
    return consents.find(({ purpose }) => purpose === 'guide_service')?.state;
  };

  it(
    'a consent is taken back as easily as it was given, and given again (PIPL)',
    async () => {
      await opens('#to-privacy', `${MEMBER}/privacy/index`);
      await she.reads('让导购为您服务', '2026-11-28 版', '这是账户的基础');
      await she.readsNoMore('提现实名');
      await she.taps('#consent-guide_service');
      await she.answers('modal', () => she.native.cancelModal());
      expect(await guideConsent()).toBe('granted');
      await she.taps('#consent-guide_service');
      await she.answers('modal', () => she.native.confirmModal());
      await she.hears('已撤回，马上生效');
      expect(await guideConsent()).toBe('withdrawn');
      await she.taps('#consent-guide_service');
      await she.hears('已同意');
      expect(await guideConsent()).toBe('granted');
    },
    STEP_MS,
  );

  it(
    'the text in force, an older one, WeChat’s guideline and her contact choices are each a tap away',
    async () => {
      await she.taps('#to-policy-text');
      expect((await she.arrivesAt(`${MEMBER}/policy/index`)).query).toEqual({});
      await she.reads('2026-11-28 版', '写明了导购提现时的实名核对');
      await she.goes('navigateTo', `/${MEMBER}/policy/index?version=2026-11-01`);
      await she.reads('2026-11-01 版', '导购能看到什么');
      expect(await she.seen()).not.toContain('写明了导购提现');
      await she.goesBack();
      await she.goesBack();
      await she.taps('.contract-link');
      await she.answers('sheet', () => she.native.cancelModal());
      await she.taps('#to-contact');
      await she.arrivesAt(`${MEMBER}/my-guide/index`);
      await she.goesBack();
    },
    STEP_MS,
  );

  it(
    'a copy of her data is made once a day, and she can read and take it along (PIPL)',
    async () => {
      await she.taps('#ask-export');
      await she.hears('正在整理，稍后回来查看');
      await she.reads('正在整理，请稍后再来。');
      await mall.settle();
      await she.goesBack();
      await opens('#to-privacy', `${MEMBER}/privacy/index`);
      await she.taps('#see-export');
      await she.arrivesAt(`${MEMBER}/my-data/index`);
      await she.reads('开衫控');
      await she.taps('#copy-data');
      await she.until('the copy', async () => (await she.surroundings.state()).clipboard.includes('开衫控'));
      await she.goesBack();
      await she.taps('#ask-export');
      await she.hears('今天已经整理过一份');
    },
    STEP_MS,
  );

  it(
    'she reads what closing takes and keeps, what stands in its way, and closes it herself (PIPL)',
    async () => {
      const order = await shopping.buys('xiaoyu');
      await she.pullsDown();
      await she.reads('会删除', '会保留', '现在还不能注销', '有 1 个订单');
      expect(await she.counts('#close-account')).toBe(0);
      await shopping.receives('xiaoyu', order.id);
      await shopping.daysPass(16);
      await she.taps('.privacy__button', '再看一次');
      await she.taps('#close-account');
      await she.answers('modal', () => she.native.cancelModal());
      expect((await mine<Me>('')).joinedAt).not.toBeNull();
      await she.taps('#close-account');
      await she.answers('modal', () => she.native.confirmModal());
      await she.arrivesAt('pages/home/index');
      await she.goes('switchTab', '/pages/me/index');
      await she.reads('您好', '还没有加入会员，也可以随意逛和买');
      await expect(mine<Me>('')).rejects.toThrow('answered 401');
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: the tab of her own', () => {
  it(
    'when WeChat does not say who she is, she reads so and can ask again',
    async () => {
      await mall.emulator.post('/control/personas/azhe', { blocked: true });
      he = await people.arrives('azhe', 'pages/me/index');
      await he.finds('.notice--error');
      await mall.emulator.post('/control/personas/azhe', { blocked: false });
      await he.taps('.notice__action', '再试一次');
      await he.reads('您好', '加入会员');
      await mall.api.call('PUT', '/api/me/nickname', {
        token: await shopping.token('azhe'),
        body: { nickname: '阿哲哥' },
      });
      await he.pullsDown();
      await he.reads('阿哲哥');
    },
    STEP_MS,
  );

  it(
    'each shortcut opens the orders of its state',
    async () => {
      const states = { 待付款: 'created', 待发货: 'paid', 待收货: 'shipped', 已收货: 'received' };
      for (const [words, state] of Object.entries(states)) {
        await he.taps('.me__shortcut', words);
        expect((await he.arrivesAt('packages/shop/orders/index')).query).toEqual({ state });
        await he.finds(`.tabs__item--${state}.is-chosen`);
        await he.goesBack();
      }
      await he.taps('#to-orders');
      expect((await he.arrivesAt('packages/shop/orders/index')).query).toEqual({});
      await he.finds('.tabs__item--all.is-chosen');
    },
    STEP_MS,
  );

  it(
    'a refusal of messages is told to the mall and asks no more (§4)',
    async () => {
      await shopping.joins('azhe');
      await shopping.grants('azhe', { ...THANKS, name: '见面礼' });
      await he.goes('reLaunch', `/${MEMBER}/coupons/index`);
      await he.reads('见面礼');
      await he.taps('#subscribe-coupon');
      await he.answers('authorization', () => he.native.authorizeCancel());
      await he.countsTo(0, '.subscribe-line');
      const told = async () =>
        (await he.surroundings.report()).requests.filter(
          ({ method, url, status }) => method === 'POST' && url.endsWith('/api/subscriptions') && status !== null,
        );
      await he.until('the answer told', async () => (await told()).length > 0);
      expect((await told()).map(({ status }) => status)).toEqual([204]);
    },
    STEP_MS,
  );

  it(
    'leads a guide to her desk, and shows her the consent that is for guides',
    async () => {
      const guide = await people.arrives('chenjing', 'pages/me/index');
      await guide.taps('#to-desk', '陈静 · 静安店');
      await guide.arrivesAt('packages/guide/desk/index');
      await guide.goesBack();
      await guide.taps('#to-privacy');
      await guide.reads('提现实名（仅导购）');
    },
    STEP_MS,
  );

  it('nobody met an error of the mini-program', () => {
    expect(people.faults()).toEqual([]);
  });
});
