import { fen } from '@mall/shared/money';
import type { GuideBalance, Payout, PayoutTransfer } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import Taro from '@tarojs/taro';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { FOREVER, Refusal, SILENCE, serveApi } from '../../../../test/fake-api';
import { storage } from '../../../../test/stubs/taro';
import PayoutPage from './index';

const balance: GuideBalance = {
  pendingFen: fen(1_100),
  frozenFen: fen(2_200),
  availableFen: fen(35_391),
  payingFen: fen(1_500),
  paidFen: fen(90_000),
  withheldFen: fen(0),
  payeeType: 'contractor',
  limits: { transferMinFen: fen(30), transferMaxFen: fen(20_000), dayMaxFen: fen(200_000), leftTodayFen: fen(199_000) },
  requestableFen: fen(35_391),
  refusal: null,
};
const transfer = (part: Partial<PayoutTransfer> = {}): PayoutTransfer => ({
  id: 'trf_1',
  outBillNo: 'bill1',
  amountFen: fen(1_350),
  state: 'waiting',
  phase: 'confirm',
  phaseAt: 1_795_300_500_000,
  submittedAt: 1_795_300_400_000,
  stateText: '等待您确认收款',
  failReason: null,
  finishedAt: null,
  ...part,
});
const payout = (part: Partial<Payout> = {}): Payout => ({
  id: 'pay_1',
  amountFen: fen(1_500),
  taxFen: fen(150),
  netFen: fen(1_350),
  state: 'approved',
  requestedAt: 1_795_300_000_000,
  decidedAt: null,
  decisionReason: null,
  doneAt: null,
  transfers: [transfer()],
  waitsFor: null,
  ...part,
});
const routes = (list: Payout[] = [], present: GuideBalance = balance) => ({
  'GET /guide/balance': present,
  'GET /guide/payouts': { items: list, nextCursor: null },
});
const field = () => screen.getByPlaceholderText('最多 353.91');
const type = (text: string) => fireEvent.change(field(), { target: { value: text } });
const press = (id: string) => fireEvent.click(document.getElementById(id) as HTMLElement);

beforeEach(() => storage.clear());

describe('asking for money (R5.5)', () => {
  it('shows a skeleton, then what is hers and the limits in words', async () => {
    serveApi(routes());
    const { container } = render(<PayoutPage />);
    expect(container.querySelector('.skeleton')).not.toBeNull();
    await screen.findByText('还没有提现过。');
    expect(container.querySelector('.payout-page__head .price')?.textContent).toBe('¥353.91');
    screen.getByText('每笔转账 ¥0.30 到 ¥200，超过 ¥200 会分成几笔到账。');
    screen.getByText('每天最多 ¥2000，今天还可以提现 ¥1990。');
  });

  it('asks in the same tap whether WeChat may tell her of the arrival, and her money does not wait for that (§4)', async () => {
    const window = jest.mocked(Taro.requestSubscribeMessage).mockReturnValue(new Promise(() => undefined) as never);
    const api = serveApi({
      ...routes(),
      'GET /subscriptions': { templateIds: ['tmpl-arrived', 'tmpl-available'] },
      'POST /guide/payouts': payout(),
    });
    render(<PayoutPage />);
    await screen.findByText('申请提现');
    await waitFor(() => expect(api.times('GET /subscriptions')).toBe(1));
    // Nothing on the page tells that the answer has come.
    await act(async () => void (await new Promise((resolve) => setTimeout(resolve, 50))));
    type('0.29');
    await act(async () => press('request-payout'));
    expect(window).not.toHaveBeenCalled();
    type('30');
    // Nothing may be waited for in between.
    act(() => press('request-payout'));
    expect(window).toHaveBeenCalledWith({ tmplIds: ['tmpl-arrived', 'tmpl-available'] });
    await waitFor(() => expect(api.times('GET /guide/balance')).toBe(2));
    expect(api.times('POST /guide/payouts')).toBe(1);
  });

  it.each([
    ['', '请填要提现的金额'],
    ['abc', '请填数字，如 100.00'],
    ['12.345', '请填数字，如 100.00'],
    ['0', '金额要大于 0'],
    ['0.29', '一次至少 ¥0.30'],
    ['353.92', '现在最多可以提现 ¥353.91'],
  ])('sends nothing for %p and says at the field: %s', async (text, fault) => {
    const api = serveApi(routes());
    render(<PayoutPage />);
    await screen.findByText('申请提现');
    type(text);
    press('request-payout');
    await screen.findByText(fault);
    expect(api.times('POST /guide/payouts')).toBe(0);
  });

  it('asks once for two quick taps, for whole fen, under a key that was stored before', async () => {
    let storedFirst = false;
    const api = serveApi({
      ...routes(),
      'POST /guide/payouts': () => {
        storedFirst = [...storage.keys()].some((key) => key.endsWith('pending-payout'));
        return payout();
      },
    });
    render(<PayoutPage />);
    await screen.findByText('申请提现');
    type('200.20');
    await act(async () => {
      press('request-payout');
      press('request-payout');
    });
    await waitFor(() => expect(api.times('GET /guide/balance')).toBe(2));
    expect(api.times('POST /guide/payouts')).toBe(1);
    const sent = api.asked.find(({ method }) => method === 'POST');
    expect(sent?.body).toEqual({ amountFen: 20_020 });
    expect(sent?.header['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
    expect(storedFirst).toBe(true);
    expect([...storage.keys()].some((key) => key.endsWith('pending-payout'))).toBe(false);
  });

  it('sends the same key again after a lost answer, and another one after a refusal', async () => {
    const api = serveApi({ ...routes(), 'POST /guide/payouts': SILENCE });
    render(<PayoutPage />);
    await screen.findByText('申请提现');
    type('10');
    press('request-payout');
    await screen.findByText('没有收到回应。再按一次即可，不会重复提现。');
    const detail = '每日最多提现 2000.00 元，今天还可以提现 5.00 元';
    api.answer('POST /guide/payouts', new Refusal(422, ProblemType.PayoutLimit, { detail }));
    press('request-payout');
    await screen.findByText(detail);
    press('request-payout');
    await waitFor(() => expect(api.times('POST /guide/payouts')).toBe(3));
    const keys = api.asked.filter(({ method }) => method === 'POST').map(({ header }) => header['idempotency-key']);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it.each([
    [409, ProblemType.BalanceInsufficient, '可提现的金额有变化，请看过最新的余额再提现。'],
    [422, ProblemType.PayoutLimit, '超出了提现的限额，请改一个金额。'],
    [500, ProblemType.InternalError, '出了点问题，请稍后再试。'],
  ])('explains a refusal of %i %s', async (status, problem, sentence) => {
    serveApi({ ...routes(), 'POST /guide/payouts': new Refusal(status, problem) });
    render(<PayoutPage />);
    await screen.findByText('申请提现');
    type('10');
    press('request-payout');
    await screen.findByText(sentence);
  });

  it('says what a negative balance means and offers no button (R5.3)', async () => {
    const refusal = '余额为负，暂时不能提现';
    serveApi(routes([], { ...balance, availableFen: fen(-1_234), requestableFen: fen(0), refusal }));
    render(<PayoutPage />);
    await screen.findByText(refusal);
    screen.getByText(/需要扣回 ¥12\.34/);
    expect(document.getElementById('request-payout')).toBeNull();
  });

  it('shows an error that can be retried', async () => {
    const api = serveApi({ ...routes(), 'GET /guide/balance': SILENCE });
    render(<PayoutPage />);
    await screen.findByText('网络不太顺畅，请检查后再试一次。');
    api.answer('GET /guide/balance', balance);
    fireEvent.click(screen.getByText('再试一次'));
    await screen.findByText('还没有提现过。');
  });

  it('is closed to who is no guide', async () => {
    serveApi({ ...routes(), 'GET /guide/balance': new Refusal(403, ProblemType.NotGuide) });
    render(<PayoutPage />);
    await screen.findByText('这里只对导购开放。');
  });
});

describe('payouts and their transfers', () => {
  it('opens WeChat’s page for a waiting transfer once, and believes the server and not the phone', async () => {
    const asked = { mchId: '1900000001', appId: 'wx1', package: 'pkg', openId: 'o1' };
    const requestMerchantTransfer = jest.fn(({ complete }: { complete: () => void }) => complete());
    Object.assign(globalThis, { wx: { requestMerchantTransfer } });
    const api = serveApi({
      ...routes([payout()]),
      'GET /guide/payout-transfers/trf_1/confirmation': asked,
      'POST /guide/payout-transfers/trf_1/check': payout(),
    });
    render(<PayoutPage />);
    const button = await screen.findByText('确认收款');
    screen.getByText('扣税 ¥1.50，到手 ¥13.50');
    await act(async () => {
      fireEvent.click(button);
      fireEvent.click(button);
    });
    await waitFor(() => expect(api.times('GET /guide/payouts')).toBe(2));
    expect(requestMerchantTransfer).toHaveBeenCalledTimes(1);
    expect(requestMerchantTransfer.mock.calls[0]?.[0]).toMatchObject(asked);
    expect(api.times('POST /guide/payout-transfers/trf_1/check')).toBe(1);
    // The server does not know it as paid, so it still waits.
    screen.getByText('等待您确认收款');
    Reflect.deleteProperty(globalThis, 'wx');
  });

  it('says that this WeChat is too old instead of failing', async () => {
    const api = serveApi({
      ...routes([payout()]),
      'GET /guide/payout-transfers/trf_1/confirmation': { mchId: '1', appId: 'wx1', package: 'pkg', openId: 'o1' },
    });
    render(<PayoutPage />);
    const button = await screen.findByText('确认收款');
    await act(async () => void fireEvent.click(button));
    const title = '微信版本较旧，请更新微信后再确认收款';
    await waitFor(() => expect(Taro.showToast).toHaveBeenCalledWith(expect.objectContaining({ title })));
    expect(api.times('POST /guide/payout-transfers/trf_1/check')).toBe(0);
  });

  it('says what a request waits for, and takes it back after asking', async () => {
    const waiting = payout({
      state: 'requested',
      transfers: [transfer({ state: 'created' })],
      waitsFor: '等待总部审核',
    });
    const api = serveApi({ ...routes([waiting]), 'POST /guide/payouts/pay_1/cancel': payout({ state: 'cancelled' }) });
    render(<PayoutPage />);
    await waitFor(() => expect(screen.getAllByText('等待总部审核').length).toBeGreaterThan(0));
    jest.mocked(Taro.showModal).mockResolvedValueOnce({ confirm: false } as never);
    await act(async () => void fireEvent.click(screen.getByText('撤回')));
    expect(api.times('POST /guide/payouts/pay_1/cancel')).toBe(0);
    await act(async () => void fireEvent.click(screen.getByText('撤回')));
    expect(api.times('POST /guide/payouts/pay_1/cancel')).toBe(1);
  });

  it('offers no way back once a transfer was submitted', async () => {
    serveApi(
      routes([
        payout({ transfers: [transfer({ state: 'unknown', phase: null, stateText: '转账已提交，正在确认结果' })] }),
      ]),
    );
    render(<PayoutPage />);
    await screen.findByText('转账已提交，正在确认结果');
    expect(screen.queryByText('撤回')).toBeNull();
  });

  it.each([
    ['没有到账，已退回', ['failed']],
    ['部分到账', ['succeeded', 'cancelled']],
    ['已到账', ['succeeded', 'succeeded']],
  ] as const)('says of a request that has ended %s when its transfers are %j (R5.5)', async (words, states) => {
    const transfers = states.map((state, at) =>
      transfer({ id: `trf_${at}`, state, phase: null, stateText: `转账 ${at}`, failReason: '24 小时内未确认收款' }),
    );
    serveApi(routes([payout({ state: 'done', transfers })]));
    const { container } = render(<PayoutPage />);
    await screen.findByText('转账 0：24 小时内未确认收款');
    expect(container.querySelector('.payout__state')?.textContent).toBe(words);
  });

  describe('while WeChat works on it', () => {
    beforeEach(() => jest.useFakeTimers());
    afterEach(() => jest.useRealTimers());
    const pass = (milliseconds: number) => act(async () => void (await jest.advanceTimersByTimeAsync(milliseconds)));

    it.each(['arriving', 'cancelling'] as const)('looks again while its transfer is %s', async (phase) => {
      const api = serveApi(routes([payout({ transfers: [transfer({ phase })] })]));
      render(<PayoutPage />);
      await pass(500);
      await pass(1_000);
      expect(api.times('GET /guide/payouts')).toBe(2);
      expect(screen.queryByText('撤回')).toBeNull();
    });

    it('looks again by itself until she can confirm, and then leaves her alone', async () => {
      const sent = payout({ transfers: [transfer({ state: 'submitted', phase: null, stateText: '正在确认结果' })] });
      const api = serveApi(routes([sent]));
      render(<PayoutPage />);
      await pass(500);
      screen.getByText('正在确认结果');
      await pass(1_000);
      expect(api.times('GET /guide/payouts')).toBe(2);
      api.answer('GET /guide/payouts', { items: [payout()], nextCursor: null });
      await pass(2_000);
      screen.getByText('确认收款');
      await pass(300_000);
      expect(api.times('GET /guide/payouts')).toBe(3);
    });

    it('looks ever more rarely, no more than seven times, keeps what it shows when nobody answers, and ends with the page', async () => {
      const sent = payout({ transfers: [transfer({ state: 'created', phase: null, stateText: '准备打款' })] });
      const api = serveApi(routes([sent]));
      const { unmount } = render(<PayoutPage />);
      await pass(500);
      api.answer('GET /guide/payouts', SILENCE);
      await pass(3_000);
      screen.getByText('准备打款');
      await pass(600_000);
      expect(api.times('GET /guide/payouts')).toBe(8);
      unmount();
      render(<PayoutPage />).unmount();
      const before = api.times('GET /guide/payouts');
      await pass(600_000);
      expect(api.times('GET /guide/payouts')).toBe(before);
    });

    it('begins anew for a second request while the first is still on its way', async () => {
      const sent = (id: string) =>
        payout({ id, transfers: [transfer({ id, state: 'submitted', phase: null, stateText: id })] });
      const api = serveApi({ ...routes([sent('first')]), 'POST /guide/payouts': sent('second') });
      render(<PayoutPage />);
      await pass(500);
      await pass(600_000);
      expect(api.times('GET /guide/payouts')).toBe(8);
      api.answer('GET /guide/payouts', { items: [sent('second'), sent('first')], nextCursor: null });
      type('5');
      await act(async () => press('request-payout'));
      await pass(500);
      const asked = api.times('GET /guide/payouts');
      await pass(600_000);
      expect(api.times('GET /guide/payouts')).toBe(asked + 7);
    });

    it('waits with no question for what may take days', async () => {
      const parts = (['quota', 'locking', 'confirm'] as const).map((phase) =>
        payout({
          id: phase,
          transfers: [transfer({ id: phase, state: phase === 'quota' ? 'created' : 'waiting', phase })],
        }),
      );
      const api = serveApi(routes([...parts, payout({ id: 'asked', state: 'requested' })]));
      render(<PayoutPage />);
      await pass(500);
      await pass(600_000);
      expect(api.times('GET /guide/payouts')).toBe(1);
    });
  });

  it('keeps the list as a skeleton while it comes', async () => {
    serveApi({ ...routes(), 'GET /guide/payouts': FOREVER });
    const { container } = render(<PayoutPage />);
    await screen.findByText('提现记录');
    expect(container.querySelector('.skeleton')).not.toBeNull();
  });
});
