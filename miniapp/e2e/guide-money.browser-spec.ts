import type { HqDispute } from '@mall/shared/disputes';
import { fen } from '@mall/shared/money';
import type { OrderDetail } from '@mall/shared/orders';
import type { Page as PageOf } from '@mall/shared/paging';
import { Ledger, move } from '../../server/src/distribution/ledger/ledger.public.js';
import { Database } from '../../server/src/platform/database/database.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { TestMall } from '../../server/test/support/test-mall.js';
import { eventually } from '../../server/tools/journey/api-client.js';
import { openBrowser, type TestBrowser } from './browser-for-tests.js';
import { startDemoMall } from './demo-mall-for-tests.js';
import { Shopping } from './shopping-for-tests.js';
import { Visitor } from './visitor-for-tests.js';

let mall: TestMall;
let browser: TestBrowser;
let shopping: Shopping;
/** 陈静 and 刘雯 of 静安店, and 小雨, whose customer she is at first. */
let chenjing: Visitor;
let liuwen: Visitor;
let xiaoyu: Visitor;
let order: OrderDetail;
let contested: OrderDetail;

beforeAll(async () => {
  mall = await startDemoMall();
  browser = await openBrowser();
  shopping = new Shopping(mall);
  await shopping.opens();
  chenjing = await Visitor.arrive(browser, mall.apiUrl, 'chenjing');
  liuwen = await Visitor.arrive(browser, mall.apiUrl, 'guide-liuwen');
  xiaoyu = await Visitor.arrive(browser, mall.apiUrl, 'xiaoyu');
  await shopping.touches('xiaoyu', await shopping.shareCode('chenjing'));
  await shopping.joins('xiaoyu');
  order = await shopping.buys('xiaoyu');
  // Both showed 阿哲 something; 陈静 was the last, so the order is hers and 刘雯 helped.
  await shopping.touches('azhe', await shopping.shareCode('guide-liuwen'));
  await shopping.touches('azhe', await shopping.shareCode('chenjing'));
  contested = await shopping.buys('azhe');
  await shopping.receives('xiaoyu', order.id);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await mall?.close();
}, 150_000);

describe('a guide and her money in the browser', () => {
  it('the desk shows what is hers and when (R5.6)', async () => {
    await chenjing.opens('/packages/guide/desk/index');
    await chenjing.reads('可提现', '待到期', '收货后开始算', /最近 \d+月\d+日/, '月账单', '我参与的订单');
    await chenjing.shoots('money-01-desk-frozen');
    await chenjing.taps('提现', '#to-payout');
    await chenjing.reads('还没有提现过。', /每天最多/);
    await chenjing.shoots('money-02-payout-closed');
  }, 150_000);

  it('after the window she draws with two quick taps and one request comes of it (R5.5)', async () => {
    await shopping.daysPass(8);
    await chenjing.opens('/packages/guide/payout/index');
    await chenjing.reads('申请提现', '全部');
    await chenjing.shoots('money-03-payout');
    const amount = chenjing.sees('#payout-amount input');
    await chenjing.page.waitForTimeout(500);
    await amount.pressSequentially('12.345', { delay: 30 });
    await chenjing.taps(/^申请提现/);
    await chenjing.reads('请填数字，如 100.00');
    await chenjing.shoots('money-04-payout-fault');
    await amount.fill('');
    await amount.pressSequentially('10.30', { delay: 30 });
    await chenjing.tapsTwice('申请提现 ¥10.30');
    await chenjing.reads('已提交，进度在下面看');
    // §4: WeChat's window came in the same tap, and her request did not wait for it.
    await chenjing.reads('订阅消息（模拟）');
    await chenjing.shoots('money-04b-subscribe');
    await chenjing.taps('允许');
    await mall.settle();
    // WeChat has locked the money by now; the worker would ask in half a minute.
    await mall.app.get(UnitOfWork).run((tx) => tx.execute('UPDATE payout_transfers SET nextCheckAt = 0'));
    await mall.settle();
    await chenjing.opens('/packages/guide/payout/index');
    await chenjing.reads('等待您确认收款', '确认收款');
    expect(await chenjing.sees('.payout').count()).toBe(1);
    await chenjing.shoots('money-05-payout-waiting');
    await chenjing.taps('确认收款', '.transfer__take');
    // The page of WeChat, which comes back to hers.
    await chenjing.taps('确认收款', 'button.primary');
    await chenjing.page.waitForURL(/packages\/guide\/payout/);
    await eventually(
      'the transfer arrives',
      () => mall.app.get(Database).first<{ state: string }>('SELECT state FROM payout_transfers'),
      (transfer) => transfer?.state === 'succeeded',
    );
    await chenjing.opens('/packages/guide/payout/index');
    await chenjing.reads('已到账');
    await chenjing.shoots('money-06-payout-done');
  }, 150_000);

  it('the statement leads from opening to closing, and its lines to receipts (R5.6)', async () => {
    await chenjing.opens('/packages/guide/desk/index');
    await chenjing.taps('月账单');
    await chenjing.reads('月初', '转入', '月末', '这个月');
    await chenjing.shoots('money-07-statement');
    expect(await chenjing.sees('.banner--danger').count()).toBe(0);
    await chenjing.taps('待到期', '.tabs__item');
    await chenjing.reads('月末');
    expect(await chenjing.sees('.banner--danger').count()).toBe(0);
    await chenjing.taps('可提现', '.tabs__item');
    await chenjing.sees('.bill-line').last().tap();
    await chenjing.reads('怎么算出来的', '什么时候归我', '其中已到账');
    await chenjing.shoots('money-08-receipt-paid');
  }, 150_000);

  it('a refund after the payout stands on the receipt (R5.3)', async () => {
    await shopping.refundsOne(order);
    await chenjing.opens('/packages/guide/commissions/index');
    await chenjing.sees('.commission').last().tap();
    await chenjing.reads('退款', /顾客退款/, '因退款扣回');
    await chenjing.sees('.receipt__step').first().scrollIntoViewIfNeeded();
    await chenjing.shoots('money-09-receipt-refunded');
  }, 150_000);
});

describe('an appeal', () => {
  it('is made with one tap by who helped and lost, and says why she lost (R3.5)', async () => {
    await liuwen.opens('/packages/guide/orders/index');
    await liuwen.reads('协助', '申诉');
    await liuwen.shoots('money-10-orders');
    await liuwen.taps('协助', '.hand__outcome');
    await liuwen.reads('这一单没归我', '依据', '申诉这个归属');
    await liuwen.shoots('money-11-attribution');
    await liuwen.types('比如：顾客是我在店里接待的', '顾客是我在店里试穿后下的单');
    await liuwen.taps('申诉这个归属');
    await liuwen.reads('申诉处理中', '撤回申诉');
    await liuwen.shoots('money-12-appealed');
  }, 150_000);

  it("is decided by HQ, told to her, and moves the order's commission", async () => {
    const { items } = await mall.api.get<PageOf<HqDispute>>('/api/hq/disputes', shopping.hqToken);
    const dispute = items.find(({ orderId }) => orderId === contested.id);
    await shopping.hq(`/api/hq/disputes/${dispute?.id}/decide`, { outcome: 'granted', reason: '店内接待有记录' });
    await mall.settle();
    await liuwen.opens('/packages/guide/desk/index');
    await liuwen.taps(/条新通知/);
    await liuwen.reads('申诉成立');
    await liuwen.shoots('money-13-notices');
    await liuwen.taps('申诉成立');
    await liuwen.reads('申诉成立');
    await liuwen.shoots('money-14-orders-granted');
    await liuwen.sees('.hand').first().tap();
    await liuwen.reads('总部：店内接待有记录');
    await liuwen.shoots('money-15-granted');
  }, 150_000);
});

describe('a customer and her guide', () => {
  it('reads why this guide serves her order, and nobody who lost (R3.1)', async () => {
    await xiaoyu.opens(`/packages/shop/order/index?id=${order.id}`);
    await xiaoyu.taps('为什么由 ta 服务');
    await xiaoyu.reads(/下单时判定/);
    await xiaoyu.shoots('money-16-why-served');
  }, 150_000);

  it('asks to be left alone, and changes her guide once (R2.5)', async () => {
    await xiaoyu.opens('/pages/me/index');
    await xiaoyu.reads('换一位，或减少打扰');
    await xiaoyu.shoots('money-17-me');
    await xiaoyu.taps('换一位，或减少打扰');
    await xiaoyu.reads('陈静 · 静安店 为您服务', '谁可以联系我', '刘雯 · 静安店');
    await xiaoyu.shoots('money-18-my-guide');
    await xiaoyu.taps('只由总部联系');
    await xiaoyu.reads('已保存');
    await xiaoyu.taps('刘雯 · 静安店');
    await xiaoyu.shoots('money-19-chosen');
    await xiaoyu.tapsTwice('确定更换');
    await xiaoyu.reads('换成刘雯');
    await xiaoyu.shoots('money-20-change-asked');
    await xiaoyu.taps('确定', '.taro-modal__confirm, .weui-dialog__btn, .taro-modal__foot');
    await xiaoyu.reads('刘雯 · 静安店 为您服务', /之后可以再换/);
    await xiaoyu.shoots('money-21-changed');
  }, 150_000);
});

describe('her real name', () => {
  it('is asked for by a payout that needs it, with a consent of its own, and shown masked (R5.5, PIPL)', async () => {
    await mall.app.get(UnitOfWork).run(async (tx) => {
      await tx.execute(
        `INSERT INTO setting_versions (id, settingName, valuesJson, effectiveFrom, createdBy, createdAt, reason)
         VALUES ('set_raised', 'payouts', ?, 1, 'test', 1, 'test')`,
        [JSON.stringify({ transferMaxFen: 300_000, dayMaxFen: 900_000 })],
      );
      const [guide] = await tx.query<{ id: string }>("SELECT id FROM guides WHERE name = '刘雯'");
      const source = { sourceKind: 'commission-entry', sourceId: 'cme_x', payee: '', fact: 'released' } as const;
      const cost = { ownerKind: 'hq', bucket: 'commission' } as const;
      const hers = { ownerKind: 'guide', ownerId: guide?.id ?? '', bucket: 'available' } as const;
      const legs = move(fen(300_000), cost, hers);
      await mall.app.get(Ledger).post(tx, { ...source, occurredAt: 1, legs, orderId: null, entryId: 'cme_x' });
    });
    await liuwen.opens('/packages/guide/payout/index');
    await liuwen.reads('申请提现');
    await liuwen.page.waitForTimeout(500);
    await liuwen.sees('#payout-amount input').pressSequentially('2000', { delay: 30 });
    await liuwen.taps('申请提现 ¥2000.00');
    await liuwen.reads('收款人真实姓名', /加密后提供给微信支付/);
    // WeChat's window comes with the same tap and stands above the sheet, once the phone knows what to ask for.
    const no = liuwen.page.locator('.taro-model__cancel').filter({ visible: true });
    if ((await no.count()) > 0) await no.first().tap();
    await liuwen.shoots('money-22-name-asked');
    await liuwen.types('与微信实名一致', '刘');
    await liuwen.taps('同意并继续提现');
    await liuwen.reads('姓名至少 2 个字');
    await liuwen.shoots('money-23-name-fault');
    await liuwen.types('与微信实名一致', '刘雯雯');
    await liuwen.taps('同意并继续提现');
    await liuwen.reads('收款人 **雯', '等待总部审批');
    await liuwen.shoots('money-24-name-kept');
    expect(liuwen.refusals.splice(0)).toEqual(['422 POST /api/guide/payouts']);
  }, 150_000);
});

it('nobody met an error of the page, an answer of 500 or a refusal', () => {
  const met = [chenjing, liuwen, xiaoyu].map(({ persona, faults, refusals }) => ({ persona, faults, refusals }));
  const fine = ['chenjing', 'guide-liuwen', 'xiaoyu'].map((persona) => ({ persona, faults: [], refusals: [] }));
  expect(met).toEqual(fine);
});
