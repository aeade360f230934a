import type { MoneyTask } from '@mall/shared/hq';
import type { GuideBalance, PayeeName, Payout, PayoutContradiction } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import { Logger } from '@nestjs/common';
import { SubmitTransfers } from '../src/distribution/payouts/payouts.public.js';
import { businessDay, businessMonth, HOUR_MS, MINUTE_MS } from '../src/platform/clock/business-day.js';
import { eventually } from '../tools/journey/api-client.js';
import { confirmTransfer } from './support/confirm-transfer.js';
import { expectProblem, send } from './support/e2e-http.js';
import { expectLedgerExact } from './support/e2e-invariants.js';
import { type Basket, type GuidePerson, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const LIMITS = { transferMaxFen: 300_000, dayMaxFen: 900_000, autoApproveFen: 900_000 };
/** A scarf of ¥100 at 7.5%, and seventy shirts of ¥199. */
const SCARF_FEN = 750;
const SHIRTS_FEN = 104_475;

describe.each(ENGINES)('payouts through WeChat (R5.5, §6) [%s]', (engine) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open(engine);
    await settings('raised', LIMITS);
    const limits = { perTransferFen: LIMITS.transferMaxFen, perUserDayFen: LIMITS.dayMaxFen };
    await shop.mall.emulator.post('/control/transfers', { limits });
  });
  afterAll(() => shop.close());
  afterEach(async () => {
    jest.restoreAllMocks();
    await shop.mall.settle();
    await expectLedgerExact(shop);
    const { checks } = await shop.hq<{ checks: { name: string; differences: number }[] }>('/api/hq/reconciliations');
    expect(checks.filter(({ differences }) => differences > 0)).toEqual([]);
  });

  async function settings(id: string, payouts: Record<string, unknown>): Promise<void> {
    await shop.execute(
      `INSERT INTO setting_versions (id, settingName, valuesJson, effectiveFrom, createdBy, createdAt, reason)
       VALUES (?, 'payouts', ?, ?, 'test', 1, 'test')`,
      [`set_${id}`, JSON.stringify(payouts), await shop.now()],
    );
  }

  async function earner(name: string, ...baskets: Basket[]): Promise<GuidePerson> {
    const guide = await shop.newGuide(name);
    for (const basket of baskets) {
      const buyer = await shop.newCustomer({ through: guide.code });
      const order = await shop.buy(buyer, basket);
      await shop.ship(order.id);
      await shop.receive(buyer, order.id);
    }
    await shop.advance({ days: 7, hours: 1 });
    await shop.mall.settle();
    return guide;
  }

  const balance = ({ token }: GuidePerson) => shop.mall.api.get<GuideBalance>('/api/guide/balance', token);
  const ask = ({ token }: GuidePerson, amountFen: number) =>
    shop.mall.api.postOnce<Payout>('/api/guide/payouts', { amountFen }, token);
  const read = ({ token }: GuidePerson, { id }: Payout) => shop.mall.api.get<Payout>(`/api/guide/payouts/${id}`, token);
  const atWechat = (payout: Payout) => {
    const found = shop.mall.running.emulator.transfers
      .all()
      .find(({ outBillNo }) => outBillNo === payout.transfers[0]?.outBillNo);
    if (found === undefined) throw new Error('WeChat has no such bill');
    return found;
  };

  /** The job looks at everything now, whatever rest it had ordered. */
  async function lookNow(): Promise<void> {
    await shop.execute('UPDATE payout_transfers SET nextCheckAt = 0');
    await shop.mall.app.get(SubmitTransfers).run();
    await shop.mall.settle();
  }

  function until(guide: GuidePerson, payout: Payout, state: string, phase: string | null = null): Promise<Payout> {
    return eventually(
      `payout ${payout.id} being ${state} ${phase ?? ''}`,
      async () => {
        await lookNow();
        return read(guide, payout);
      },
      ({ transfers }) => transfers.every((one) => one.state === state && one.phase === phase),
    );
  }

  /** WeChat's sheet is open on her phone: pressing its button is all that is left to do. */
  async function opensSheet(guide: GuidePerson, { transfers }: Payout): Promise<object> {
    const path = `/api/guide/payout-transfers/${transfers[0]?.id}/confirmation`;
    return { ...(await shop.mall.api.get<object>(path, guide.token)), persona: guide.persona };
  }

  async function presses(sheet: object): Promise<void> {
    const body = { ...sheet, action: 'confirm' };
    await shop.mall.emulator.call('POST', '/device/transfer-confirm', { body, expect: [200, 400, 403, 409] });
  }

  const confirmed = async (guide: GuidePerson, payout: Payout): Promise<Payout> => {
    const { transfers } = await until(guide, payout, 'waiting', 'confirm');
    return confirmTransfer(shop, guide, transfers[0]?.id ?? '');
  };

  it('R5.5, PIPL: ¥2,000 needs her real name, which WeChat alone can read; a wrong one brings the money back', async () => {
    const guide = await earner('陈静', { SHIRT: 70 }, { SHIRT: 70 });
    const persona = shop.mall.running.emulator.personas.named(guide.persona);
    Object.assign(persona ?? {}, { realName: '欧阳静' });
    const body = { amountFen: 200_000 };
    const call = { token: guide.token, key: 'a-large-payout', body };
    const missing = await send(shop.mall.apiUrl, 'POST', '/api/guide/payouts', call);
    expectProblem(missing, 422, ProblemType.PayeeNameMissing);
    const { policyVersion } = await shop.mall.api.get<PayeeName>('/api/guide/payee-name', guide.token);
    const keep = (name: string) =>
      shop.mall.api.call<PayeeName>('PUT', '/api/guide/payee-name', {
        token: guide.token,
        body: { name, policyVersion },
      });
    await keep('欧阳京');
    const wrong = await ask(guide, 200_000);
    await presses(await opensSheet(guide, await until(guide, wrong, 'waiting', 'confirm')));
    expect((await until(guide, wrong, 'failed')).transfers[0]?.failReason).toBeTruthy();
    expect(await balance(guide)).toMatchObject({ availableFen: 2 * SHIRTS_FEN, payingFen: 0, paidFen: 0 });

    expect((await keep('欧阳静')).body).toMatchObject({ nameMasked: '**静' });
    const right = await ask(guide, 200_000);
    await until(guide, right, 'waiting', 'confirm');
    const [row] = await shop.query<{ payeeNameSealed: string }>(
      'SELECT payeeNameSealed FROM payout_transfers WHERE requestId = ?',
      [right.id],
    );
    expect(row?.payeeNameSealed).toBeTruthy();
    expect(row?.payeeNameSealed).not.toContain('欧阳');
    expect(atWechat(right).userName).toBe('欧阳静');
    expect(await confirmed(guide, right)).toMatchObject({ state: 'done' });
    expect(await shop.count('payout_transfers', 'payeeNameSealed IS NOT NULL')).toBe(0);
    // One fen less needs none.
    const small = await ask(guide, 8_950);
    await until(guide, small, 'waiting', 'confirm');
    expect(atWechat(small).userName).toBeNull();
    expect(await confirmed(guide, small)).toMatchObject({ state: 'done' });
  });

  it('R5.5: what is over the merchant’s day waits for the next one, and no guide is refused for it', async () => {
    const guide = await earner('许诺', { SCARF: 2 });
    const today = businessDay(await shop.now());
    const [sent] = await shop.query<{ n: number }>(
      'SELECT COALESCE(SUM(sentFen), 0) AS n FROM payout_merchant_periods WHERE period = ?',
      [today],
    );
    await settings('narrow', { ...LIMITS, merchantDayMaxFen: Number(sent?.n) + 999 });
    const first = await ask(guide, 600);
    await until(guide, first, 'waiting', 'confirm');
    const second = await ask(guide, 400);
    await lookNow();
    expect((await read(guide, second)).transfers).toMatchObject([{ state: 'created', phase: 'quota' }]);
    const third = await ask(guide, 399);
    await until(guide, third, 'waiting', 'confirm');
    await shop.advance({ days: 1 });
    expect(await confirmed(guide, second)).toMatchObject({ state: 'done' });
    await confirmed(guide, first);
    await confirmed(guide, third);
    await settings('wide', LIMITS);
  });

  it('§6: while the merchant’s account is short the transfer waits; it goes on when it is topped up', async () => {
    const guide = await earner('沈青', { SCARF: 1 });
    await shop.mall.emulator.post('/control/account', { balanceFen: 749 });
    const payout = await ask(guide, SCARF_FEN);
    const short = await until(guide, payout, 'submitted', 'locking');
    expect(short.state).toBe('approved');
    expect(await balance(guide)).toMatchObject({ availableFen: 0, payingFen: SCARF_FEN });
    await shop.mall.emulator.post('/control/account', { topUpFen: 1 });
    expect(await confirmed(guide, payout)).toMatchObject({ state: 'done' });
    await shop.mall.emulator.post('/control/account', { balanceFen: null });
  });

  it('§6: cancelling and confirming at one moment: she has the money or it is available again, never both', async () => {
    const guide = await earner('林夏', { SCARF: 2 });
    for (let round = 0; round < 5; round += 1) {
      const payout = await ask(guide, 100 + round);
      const waiting = await until(guide, payout, 'waiting', 'confirm');
      const before = await balance(guide);
      const taking = presses(await opensSheet(guide, waiting));
      const call = { token: guide.token, body: {} };
      const cancelling = send(shop.mall.apiUrl, 'POST', `/api/guide/payouts/${payout.id}/cancel`, call);
      await Promise.all(round % 2 === 0 ? [taking, cancelling.then(lookNow)] : [cancelling.then(lookNow), taking]);
      const end = await eventually(
        'the transfer ends',
        async () => {
          await lookNow();
          return read(guide, payout);
        },
        (found) => ['succeeded', 'cancelled'].includes(found.transfers[0]?.state ?? ''),
      );
      const arrived = end.transfers[0]?.state === 'succeeded';
      expect(atWechat(payout).state).toBe(arrived ? 'SUCCESS' : 'CANCELLED');
      const after = await balance(guide);
      expect(after.paidFen - before.paidFen).toBe(arrived ? payout.netFen : 0);
      expect(after.availableFen - before.availableFen).toBe(arrived ? 0 : payout.amountFen);
      expect(after.payingFen).toBe(0);
    }
  });

  it('R5.7: a bill that is not what was sent moves no money and is HQ’s task until it is resolved', async () => {
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const guide = await earner('顾盼', { SCARF: 1 });
    const payout = await ask(guide, SCARF_FEN);
    await until(guide, payout, 'waiting', 'confirm');
    Object.assign(atWechat(payout), { amountFen: SCARF_FEN + 1 });
    await lookNow();
    const tasks = await shop.hqGet<MoneyTask[]>('/api/hq/money-tasks');
    const [task] = tasks.filter(({ kind }) => kind === 'payout_contradiction');
    expect(task).toMatchObject({ orderId: null, amountFen: SCARF_FEN, reason: 'amount' });
    const open = await shop.hqGet<PayoutContradiction[]>('/api/hq/payout-contradictions?open=1');
    expect(open).toMatchObject([{ id: task?.subjectId, ours: '7.50 元', theirs: '7.51 元' }]);
    await shop.hq(`/api/hq/payout-contradictions/${task?.subjectId}/resolve`, { reason: '微信已更正' });
    const left = await shop.hqGet<MoneyTask[]>('/api/hq/money-tasks');
    expect(left.filter(({ kind }) => kind === 'payout_contradiction')).toEqual([]);
    Object.assign(atWechat(payout), { amountFen: SCARF_FEN });
    expect(await confirmed(guide, payout)).toMatchObject({ state: 'done' });
  });

  it('R5.5: the list for payroll adds up, opens as UTF-8 and runs no formula', async () => {
    const guide = await earner('乔木', { SCARF: 2 });
    await shop.execute('UPDATE guides SET name = ? WHERE id = ?', ['=A1&"乔木"', guide.guideId]);
    await shop.hq(`/api/hq/guides/${guide.guideId}/payee-type`, { payeeType: 'employee', reason: '转为正式员工' });
    for (const amountFen of [701, 799]) await shop.hq(`/api/hq/payouts/${(await ask(guide, amountFen)).id}/approve`);
    const month = businessMonth(await shop.now());
    const path = `${shop.mall.apiUrl}/api/hq/payroll.csv?month=${month}`;
    const answer = await fetch(path, { headers: { authorization: `Bearer ${shop.hqToken}` } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = bytes.toString('utf8').trim().split('\r\n').slice(1);
    expect(lines.every((line) => line.includes(`"'=A1&""乔木"""`))).toBe(true);
    const amounts = lines.map((line) => /"(\d+\.\d\d)"/.exec(line)?.[1]);
    expect(amounts.sort()).toEqual(['7.01', '7.99']);
    expect(Number(amounts[0]?.replace('.', '')) + Number(amounts[1]?.replace('.', ''))).toBe(2 * SCARF_FEN);
    expect(await balance(guide)).toMatchObject({ availableFen: 0, payingFen: 2 * SCARF_FEN });
  });

  it('§6: unconfirmed for 24 hours it is closed by WeChat, and the money is available again', async () => {
    const guide = await earner('周岚', { SCARF: 1 });
    const payout = await ask(guide, SCARF_FEN);
    await until(guide, payout, 'waiting', 'confirm');
    await shop.mall.emulator.post('/control/clock', { advanceMs: 24 * HOUR_MS });
    await lookNow();
    // WeChat has not said so yet, and so it is not given back yet.
    expect((await read(guide, payout)).transfers[0]?.state).toBe('waiting');
    await shop.mall.emulator.post('/control/clock', { advanceMs: 6 * MINUTE_MS });
    expect((await until(guide, payout, 'cancelled')).state).toBe('done');
    expect(await balance(guide)).toMatchObject({ availableFen: SCARF_FEN, payingFen: 0, paidFen: 0 });
  });
});
