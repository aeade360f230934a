import type { GuideOrder, HqDispute } from '@mall/shared/disputes';
import type { CommissionEntry, GuideDesk } from '@mall/shared/guides';
import { fen } from '@mall/shared/money';
import type { OrderDetail } from '@mall/shared/orders';
import type { Page as PageOf } from '@mall/shared/paging';
import type { GuideBalance, Payout, Statement } from '@mall/shared/payouts';
import { Ledger, move } from '../../server/src/distribution/ledger/ledger.public.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { TestMall } from '../../server/test/support/test-mall.js';
import { eventually } from '../../server/tools/journey/api-client.js';
import { startFilledMall } from './demo-mall-for-tests.js';
import { Shopping } from './shopping-for-tests.js';
import { People } from './weapp-people-for-tests.js';
import type { WeappPerson } from './weapp-person-for-tests.js';

const GUIDE = 'packages/guide';
const DESK = `${GUIDE}/desk/index`;
jest.setTimeout(120_000);

/** More lines than a month's bill draws at once. */
const LINES = 63;

let mall: TestMall;
let shopping: Shopping;
/** 陈静 and 刘雯 of 静安店. */
let chenjing: WeappPerson;
let liuwen: WeappPerson;
/** Of 小雨, whose customer she is. */
let order: OrderDetail;

let people: People;

const opens = (who: WeappPerson, page: string) => who.goes('reLaunch', `/${GUIDE}/${page}`);
const asks = async <T>(persona: string, path: string): Promise<T> =>
  mall.api.get<T>(`/api/guide/${path}`, await shopping.token(persona));
const yuan = (amount: number) => `¥${(amount / 100).toFixed(2)}`;
const payouts = async () => (await asks<PageOf<Payout>>('chenjing', 'payouts')).items;

/** The worker would ask WeChat again in half a minute. */
async function untilTransferIs(state: string): Promise<void> {
  await eventually(
    `a transfer is ${state}`,
    async () => {
      await mall.app.get(UnitOfWork).run((tx) => tx.execute('UPDATE payout_transfers SET nextCheckAt = 0'));
      await mall.settle();
      return (await payouts())[0]?.transfers[0]?.state;
    },
    (found) => found === state,
  );
}

beforeAll(async () => {
  mall = await startFilledMall();
  people = new People(mall);
  shopping = new Shopping(mall);
  await shopping.opens();
  const card = await shopping.shareCode('chenjing');
  await shopping.touches('xiaoyu', card);
  await shopping.joins('xiaoyu');
  order = await shopping.buys('xiaoyu');
  // Both showed 阿哲 something; 陈静 was the last, so his orders are hers and 刘雯 helped.
  await shopping.touches('azhe', await shopping.shareCode('guide-liuwen'));
  await shopping.touches('azhe', card);
  await shopping.buys('azhe');
  await shopping.buys('azhe');
  await shopping.receives('xiaoyu', order.id);
}, 150_000);

afterAll(() => people?.leave(), 150_000);
afterAll(() => mall?.close(), 150_000);

describe('the weapp build on the local host: what a guide earned', () => {
  it('the desk adds up, and each sum opens its commissions (R5.6)', async () => {
    const { totals, todayFen } = await asks<GuideDesk>('chenjing', 'desk');
    expect(todayFen).toBe(totals.pendingFen + totals.frozenFen);
    expect(Math.min(totals.pendingFen, totals.frozenFen)).toBeGreaterThan(0);
    chenjing = await people.arrives('chenjing', DESK);
    await chenjing.reads('今日佣金', yuan(todayFen), '3 单', '最近', '买过 1 次');
    await chenjing.taps('.earnings__total--frozen');
    await chenjing.reads('可提现', yuan(totals.frozenFen));
    expect(await chenjing.counts('.commission')).toBe(1);
    await chenjing.taps('.tabs__item', '待收货');
    await chenjing.countsTo(2, '.commission--pending');
    await chenjing.taps('.tabs__item', '已失效');
    await chenjing.reads('没有已失效的佣金');
    await chenjing.taps('.tabs__item', '全部');
    await chenjing.countsTo(3, '.commission');
  });

  it('the receipt of each state says how the sum came about and when it is hers (R5.6)', async () => {
    const { items } = await asks<PageOf<CommissionEntry>>('chenjing', 'commissions');
    for (const [state, when] of [
      ['pending', '还没有收货'],
      ['frozen', '之后不再扣回'],
    ] as const) {
      const entry = items.find((found) => found.state === state);
      await opens(chenjing, `commissions/index?state=${state}`);
      await chenjing.taps(`.commission--${state}`);
      await chenjing.reads('怎么算出来的', '计佣金额（不含运费）', yuan(entry?.amountFen ?? 0), '什么时候归我', when);
      await chenjing.reads('为什么是我的', '陈静 · 静安店', '顾客付款');
    }
    await chenjing.taps('.receipt__more', '看归属的依据');
    await chenjing.reads('这一单归我', '依据', '我 · ');
    expect((await chenjing.page()).path).toBe(`${GUIDE}/order/index`);
    expect((await chenjing.page()).query).toEqual({ id: order.id });
  });

  it('before the window has passed there is nothing to draw, and the page says so (R5.5)', async () => {
    await opens(chenjing, 'desk/index');
    await chenjing.taps('#to-payout');
    await chenjing.reads('可用余额满 0.30 元才能提现', '每天最多', '还没有提现过。');
    expect(await chenjing.counts('#request-payout')).toBe(0);
    await chenjing.taps('.payout-page__bill', '月账单');
    await chenjing.reads('月初', '月末');
    expect((await chenjing.page()).path).toBe(`${GUIDE}/statement/index`);
  });
});

describe('the weapp build on the local host: an appeal', () => {
  it('is made from the list with one tap by who helped and lost, and taken back once (R3.5)', async () => {
    liuwen = await people.arrives('guide-liuwen', DESK);
    await liuwen.taps('#to-guide-orders', '我参与的订单');
    await liuwen.reads('没归您的，这里写明原因');
    await liuwen.countsTo(2, '.hand--assist');
    await liuwen.taps('.hand__appeal', '申诉');
    await liuwen.hears('申诉已提交，总部会答复您');
    await liuwen.countsTo(1, '.hand__dispute--open');
    await liuwen.countsTo(1, '.hand__appeal');
    await liuwen.taps('.hand', '申诉处理中');
    await liuwen.reads('这一单没归我', '下单时的依据已经封存');
    await liuwen.taps('#withdraw-dispute');
    await liuwen.answers('modal', () => liuwen.native.cancelModal());
    await liuwen.reads('申诉处理中');
    await liuwen.taps('#withdraw-dispute');
    await liuwen.answers('modal', () => liuwen.native.confirmModal());
    await liuwen.reads('申诉已撤回', '您撤回了这次申诉。');
    await liuwen.goesBack();
    await liuwen.countsTo(1, '.hand__dispute--withdrawn');
  });

  it("carries a note from the order's page; HQ grants it, tells her, and the commission moves (R3.5)", async () => {
    await opens(liuwen, 'orders/index');
    const mine = await asks<PageOf<GuideOrder>>('guide-liuwen', 'orders');
    const lost = mine.items.find(({ disputeState }) => disputeState === null);
    const hers = await asks<PageOf<CommissionEntry>>('chenjing', 'commissions');
    const moved = hers.items.find(({ orderId }) => orderId === lost?.orderId)?.amountFen ?? 0;
    await liuwen.taps('.hand', `单号尾 ${lost?.orderNumber.slice(-6)}`);
    await liuwen.reads('这一单没归我', '依据', '想补充的话');
    await liuwen.types('#dispute-note', '顾客是我在店里试穿后下的单');
    await liuwen.taps('#appeal');
    await liuwen.reads('申诉处理中', '我的说明', '顾客是我在店里试穿后下的单');
    const { items } = await mall.api.get<PageOf<HqDispute>>('/api/hq/disputes', shopping.hqToken);
    const dispute = items.find(({ orderId, state }) => orderId === lost?.orderId && state === 'open');
    await shopping.hq(`/api/hq/disputes/${dispute?.id}/decide`, { outcome: 'granted', reason: '店内接待有记录' });
    await mall.settle();
    await opens(liuwen, 'desk/index');
    await liuwen.taps('#to-notices', '1 条新通知');
    await liuwen.taps('.told', '申诉成立');
    await liuwen.countsTo(1, '.hand__dispute--granted');
    await liuwen.taps('.hand', '申诉成立');
    await liuwen.reads('佣金已调整给我', '总部：店内接待有记录', `${yuan(moved)} 佣金记到您名下`);
  });
});

describe('the weapp build on the local host: how a guide is paid', () => {
  it('an amount that cannot be is said at the field, and “全部” fills what can (R5.5)', async () => {
    await shopping.daysPass(8);
    const { requestableFen } = await asks<GuideBalance>('chenjing', 'balance');
    await opens(chenjing, 'payout/index');
    await chenjing.reads('申请提现', `可提现 ${yuan(requestableFen)}`);
    for (const [typed, fault] of [
      ['', '请填要提现的金额'],
      ['12.345', '请填数字，如 100.00'],
      ['0', '金额要大于 0'],
      ['0.29', '一次至少 ¥0.30'],
      [((requestableFen + 1) / 100).toFixed(2), `现在最多可以提现 ${yuan(requestableFen)}`],
    ] as const) {
      await chenjing.types('#payout-amount', typed);
      await chenjing.taps('#request-payout');
      await chenjing.reads(fault);
    }
    await chenjing.taps('#payout-all');
    await chenjing.readsNoMore('现在最多可以提现');
    await chenjing.reads(`申请提现 ${yuan(requestableFen)}`);
    expect(await payouts()).toEqual([]);
  });

  it('two quick taps are one request, and she takes the money on a page of WeChat (R5.5)', async () => {
    await opens(chenjing, 'payout/index');
    await chenjing.types('#payout-amount', '10.30');
    await chenjing.finds('#request-payout', '申请提现 ¥10.30');
    await chenjing.tapsTwice('#request-payout');
    // §4: what WeChat may tell her is asked in the same tap, and her request does not wait for it.
    await chenjing.answers('authorization', () => chenjing.native.authorizeAllow());
    await chenjing.reads('提现中 ¥10.30');
    await chenjing.countsTo(1, '.payout');
    expect(await payouts()).toHaveLength(1);
    expect(await chenjing.asked(/^POST .*payouts 201$/)).toHaveLength(1);
    await untilTransferIs('waiting');
    await chenjing.pullsDown();
    await chenjing.reads('等待您确认收款', '前确认');
    await chenjing.taps('.transfer__take', '确认收款');
    await chenjing.answers('page', () => chenjing.native.closePaymentDialog());
    await chenjing.until('a question', async () => (await chenjing.asked(/check 200$/)).length === 1);
    await chenjing.reads('等待您确认收款');
    await chenjing.taps('.transfer__take', '确认收款');
    await chenjing.answers('page', () => chenjing.surroundings.pressesOnPlatform('button.primary'));
    await untilTransferIs('succeeded');
    await chenjing.pullsDown();
    await chenjing.reads('已到账', '累计到账 ¥10.30');
  });

  it('a request is taken back while she has not confirmed it, and its money returns (D11)', async () => {
    const { requestableFen } = await asks<GuideBalance>('chenjing', 'balance');
    await opens(chenjing, 'payout/index');
    await chenjing.types('#payout-amount', '2');
    await chenjing.taps('#request-payout', '申请提现 ¥2.00');
    await chenjing.countsTo(2, '.payout');
    await untilTransferIs('waiting');
    await chenjing.taps('.payout__cancel', '撤回');
    await chenjing.answers('modal', () => chenjing.native.cancelModal());
    expect((await payouts())[0]).toMatchObject({ state: 'approved' });
    await chenjing.taps('.payout__cancel', '撤回');
    await chenjing.answers('modal', () => chenjing.native.confirmModal());
    await chenjing.until('the wish', async () => (await chenjing.asked(/^POST .*cancel 200$/)).length === 1);
    await untilTransferIs('cancelled');
    // The page looks by itself.
    await chenjing.reads('没有到账，已退回', `可提现 ${yuan(requestableFen)}`, '提现中 ¥0.00');
  });

  it('a transfer that lapses while she looks away is said with its reason (R5.5)', async () => {
    await opens(chenjing, 'payout/index');
    await chenjing.types('#payout-amount', '3');
    await chenjing.taps('#request-payout', '申请提现 ¥3.00');
    await chenjing.countsTo(3, '.payout');
    await untilTransferIs('waiting');
    await chenjing.pullsDown();
    await chenjing.finds('.transfer__take');
    for (const transfer of mall.running.emulator.transfers.all()) transfer.confirmableUntil &&= 1;
    await chenjing.taps('.transfer__take', '确认收款');
    await chenjing.answers('page', () => chenjing.native.closePaymentDialog());
    await untilTransferIs('cancelled');
    await chenjing.pullsDown();
    await chenjing.reads('没有到账，已退回', '24 小时内未确认收款');
    expect(await chenjing.counts('.transfer__take')).toBe(0);
  });

  it('the bill of a month leads from opening to closing, and its lines to their receipts (R5.6)', async () => {
    await opens(chenjing, 'desk/index');
    await chenjing.taps('#to-statement', '月账单');
    await chenjing.reads('陈静 · 静安店', '月初', '转入', '转出', '月末', '这个月', '提现到账', '¥10.30');
    const { month } = (await chenjing.page()).query as { month: string };
    const bill = await asks<Statement>('chenjing', `statements/${month}`);
    for (const [name, account] of [
      ['可提现', 'available'],
      ['待收货', 'pending'],
      ['待到期', 'frozen'],
      ['提现中', 'paying'],
      ['已到账', 'paid'],
      ['已代扣税', 'withheld'],
    ] as const) {
      const { openingFen, closingFen } = bill.accounts[account];
      const lines = bill.lines.filter((line) => line.account === account).length;
      await chenjing.taps('.tabs__item', name);
      await chenjing.reads(`月初${yuan(openingFen)}`, `月末${yuan(closingFen)}`);
      await chenjing.countsTo(lines, '.bill-line');
      if (lines === 0) await chenjing.reads(`${name}这个月没有变动。`);
    }
    expect(await chenjing.counts('.banner--danger')).toBe(0);
    await chenjing.taps('.tabs__item', '可提现');
    await chenjing.taps('.bill-line', '售后期结束，佣金可用');
    await chenjing.reads('怎么算出来的', '什么时候归我', '其中已到账', '¥10.30');
    expect((await chenjing.page()).path).toBe(`${GUIDE}/commission/index`);
  });

  it('months are turned one by one or chosen from the wheel, and none comes after the newest', async () => {
    await opens(chenjing, 'statement/index?month=2026-03');
    await chenjing.reads('2026年3月', '可提现这个月没有变动。');
    await (await chenjing.finds('.month__step.is-disabled')).tap();
    await chenjing.taps('.month__step--back');
    await chenjing.reads('2026年2月');
    await chenjing.taps('.month__step--back');
    await chenjing.reads('2026年1月');
    await chenjing.taps('.month__step:not(.month__step--back)');
    await chenjing.reads('2026年2月');
    await (await chenjing.finds('#statement-month')).trigger('change', { value: '2025-12' });
    await chenjing.reads('2025年12月', '可提现这个月没有变动。');
    expect(await chenjing.asked(/statements\/2025-12 200$/)).toHaveLength(1);
  });

  it('a refund takes its share back: on the receipt, and from a balance that was paid out (R5.3)', async () => {
    const { availableFen } = await asks<GuideBalance>('chenjing', 'balance');
    await opens(chenjing, 'payout/index');
    await chenjing.taps('#payout-all');
    await chenjing.taps('#request-payout', yuan(availableFen));
    await chenjing.countsTo(4, '.payout');
    await untilTransferIs('waiting');
    await chenjing.pullsDown();
    await chenjing.taps('.transfer__take', '确认收款');
    await chenjing.answers('page', () => chenjing.surroundings.pressesOnPlatform('button.primary'));
    await untilTransferIs('succeeded');
    await shopping.refundsOne(order);
    const balance = () => asks<GuideBalance>('chenjing', 'balance');
    await eventually('a debt', balance, (found) => found.availableFen < 0);
    await chenjing.pullsDown();
    await chenjing.reads('有订单在提现之后退了款');
    await opens(chenjing, 'desk/index');
    await chenjing.reads('有退款待抵扣，之后的佣金会先抵扣它。');
    await chenjing.taps('.earnings__total--paid');
    await chenjing.taps('.commission--paid');
    await chenjing.reads('因退款扣回', '顾客退款', '退款金额');
  });
});

describe('the weapp build on the local host: her real name', () => {
  it('a bill of many lines is drawn in steps, and without a month the newest is shown', async () => {
    const { now } = await mall.api.get<{ now: number }>('/api/demo/clock');
    const { id } = (await asks<GuideDesk>('guide-liuwen', 'desk')).guide;
    await mall.app.get(UnitOfWork).run(async (tx) => {
      const cost = { ownerKind: 'hq', bucket: 'commission' } as const;
      const hers = { ownerKind: 'guide', ownerId: id, bucket: 'available' } as const;
      for (let at = 1; at <= LINES; at += 1) {
        const source = { sourceKind: 'commission-entry', sourceId: `cme_${at}`, payee: '', fact: 'released' } as const;
        const legs = move(fen(5_000), cost, hers);
        await mall.app.get(Ledger).post(tx, { ...source, occurredAt: now, legs, orderId: null, entryId: null });
      }
    });
    await opens(liuwen, 'statement/index');
    await liuwen.reads('刘雯 · 静安店', '月末¥3150.00', '还有 3 笔');
    await liuwen.countsTo(LINES - 3, '.bill-line');
    await liuwen.taps('.bill__more');
    await liuwen.countsTo(LINES, '.bill-line');
    expect(await liuwen.counts('.bill__more')).toBe(0);
  });

  it('is asked for by a payout that needs it, with a consent of its own, and shown masked (R5.5, PIPL)', async () => {
    await mall.app.get(UnitOfWork).run((tx) =>
      tx.execute(
        `INSERT INTO setting_versions (id, settingName, valuesJson, effectiveFrom, createdBy, createdAt, reason)
         VALUES ('set_raised', 'payouts', ?, 1, 'test', 1, 'test')`,
        [JSON.stringify({ transferMaxFen: 300_000, dayMaxFen: 900_000 })],
      ),
    );
    await opens(liuwen, 'payout/index');
    await liuwen.types('#payout-amount', '2000');
    await liuwen.taps('#request-payout', '申请提现 ¥2000.00');
    await liuwen.answers('authorization', () => liuwen.native.authorizeCancel());
    await liuwen.reads('收款人真实姓名', '微信要核对收款人的真实姓名', '加密后提供给微信支付');
    await liuwen.taps('.payee-name__policy');
    await liuwen.arrivesAt('packages/member/policy/index');
    await liuwen.goesBack();
    await liuwen.taps('.payee-name .sheet__close');
    await liuwen.readsNoMore('收款人真实姓名');
    await liuwen.taps('#request-payout');
    await liuwen.types('#payee-name', '刘');
    await liuwen.taps('#keep-payee-name', '同意并继续提现');
    await liuwen.reads('姓名至少 2 个字');
    await liuwen.types('#payee-name', '刘雯雯');
    await liuwen.taps('#keep-payee-name');
    await liuwen.reads('收款人 **雯', '等待总部审核', '提现中 ¥2000.00');
    expect(await liuwen.asked(/^POST .*payouts 201$/)).toHaveLength(1);
  });

  it('is corrected and removed where it was given', async () => {
    await opens(liuwen, 'payout/index');
    await liuwen.taps('#correct-payee-name');
    await liuwen.types('#payee-name', '刘小雯文');
    await liuwen.taps('#keep-payee-name', '同意并保存');
    await liuwen.reads('收款人 ***文');
    await liuwen.taps('#remove-payee-name');
    await liuwen.answers('modal', () => liuwen.native.cancelModal());
    await liuwen.reads('收款人 ***文');
    await liuwen.taps('#remove-payee-name');
    await liuwen.answers('modal', () => liuwen.native.confirmModal());
    await liuwen.readsNoMore('收款人 ***文');
    expect(await asks('guide-liuwen', 'payee-name')).toMatchObject({ nameMasked: null });
  });

  it('a request that HQ rejects says why, and her notice leads to it (R5.5)', async () => {
    const [asked] = (await asks<PageOf<Payout>>('guide-liuwen', 'payouts')).items;
    await shopping.hq(`/api/hq/payouts/${asked?.id}/reject`, { reason: '请先核对银行信息' });
    await mall.settle();
    await opens(liuwen, 'notices/index');
    await liuwen.taps('.told', '请先核对银行信息');
    await liuwen.arrivesAt(`${GUIDE}/payout/index`);
    await liuwen.reads('没有通过', '总部：请先核对银行信息', '提现中 ¥0.00');
  });
});

describe('the weapp build on the local host: goods that a customer collects', () => {
  let collected: OrderDetail;
  const tail = () => `单号尾 ${collected.number.slice(-6)}`;

  it('nothing waits: the page says so, and looks again when she wants', async () => {
    const stores = await mall.api.get<{ id: string; name: string }[]>('/api/hq/stores', shopping.hqToken);
    collected = await shopping.buys('xiaoyu', stores.find(({ name }) => name === '静安店')?.id);
    await opens(chenjing, 'pickups/index');
    await chenjing.reads('没有等着取的订单', '门店备好货的自提订单会出现在这里。');
    await shopping.hq(`/api/hq/orders/${collected.id}/pickup-ready`);
    await chenjing.taps('.notice__action', '再看一次');
    await chenjing.reads(tail(), '备好', '先把商品交给顾客');
  });

  it('are handed over for the code that the customer shows; a wrong one changes nothing (R5.2, C16)', async () => {
    await opens(chenjing, 'desk/index');
    await chenjing.taps('#to-pickups', '1 单等顾客到店来取');
    await chenjing.taps('.pickup__open', '输入提货码');
    await chenjing.taps('#hand-over');
    await chenjing.reads('请输入顾客的提货码');
    await chenjing.types('#pickup-code', 'AB12');
    await chenjing.taps('#hand-over');
    await chenjing.reads('提货码是 6 位');
    const { pickup } = await shopping.newestOrder('xiaoyu');
    const code = pickup?.code ?? '';
    await chenjing.types('#pickup-code', `${code.startsWith('A') ? 'B' : 'A'}${code.slice(1)}`);
    await chenjing.taps('#hand-over');
    await chenjing.reads('提货码不对，请照顾客订单页上的再输一次');
    expect(await shopping.newestOrder('xiaoyu')).toMatchObject({ state: 'pickup_ready', receivedAt: null });
    await chenjing.types('#pickup-code', ` ${code.toLowerCase()}`);
    await chenjing.readsNoMore('提货码不对');
    await chenjing.tapsTwice('#hand-over');
    await chenjing.reads('已交给顾客，订单已收货');
    expect(await chenjing.asked(/^POST .*pickup 20/)).toHaveLength(1);
    expect(await shopping.newestOrder('xiaoyu')).toMatchObject({ state: 'received' });
    await chenjing.goesBack();
    await chenjing.until('nothing that waits', async () => (await chenjing.counts('#to-pickups')) === 0);
  });

  it('what was paid back meanwhile is said, and waits no longer (R5.2)', async () => {
    await shopping.restocks(10);
    collected = await shopping.buys('xiaoyu', collected.pickup?.store.id);
    await shopping.hq(`/api/hq/orders/${collected.id}/pickup-ready`);
    await opens(chenjing, 'pickups/index');
    await chenjing.taps('.pickup__open', '输入提货码');
    const { pickup } = await shopping.newestOrder('xiaoyu');
    await chenjing.types('#pickup-code', pickup?.code ?? '');
    await shopping.refunds(collected.id, collected.totalFen);
    await chenjing.taps('#hand-over');
    await chenjing.hears('这一单已经不用取货了，请顾客看看订单页');
    await chenjing.reads('没有等着取的订单');
  });
});

it('nobody met an error of the mini-program', () => {
  expect(people.faults()).toEqual([]);
});
