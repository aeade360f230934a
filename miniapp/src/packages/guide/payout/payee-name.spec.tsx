import { fen } from '@mall/shared/money';
import type { GuideBalance, PayeeName } from '@mall/shared/payouts';
import type { MyConsents } from '@mall/shared/privacy';
import { ProblemType } from '@mall/shared/problems';
import Taro from '@tarojs/taro';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { Refusal, serveApi } from '../../../../test/fake-api';
import { storage } from '../../../../test/stubs/taro';
import PayoutPage from './index';
import { nameFault } from './name-fault';

const balance: GuideBalance = {
  pendingFen: fen(0),
  frozenFen: fen(0),
  availableFen: fen(341_700),
  payingFen: fen(0),
  paidFen: fen(0),
  withheldFen: fen(0),
  payeeType: 'contractor',
  limits: {
    transferMinFen: fen(30),
    transferMaxFen: fen(300_000),
    dayMaxFen: fen(900_000),
    leftTodayFen: fen(900_000),
  },
  requestableFen: fen(341_700),
  refusal: null,
};
const none: PayeeName = {
  nameMasked: null,
  policyVersion: '2026-11-28',
  requiredFromFen: fen(200_000),
  isNeeded: true,
};
const kept: PayeeName = { ...none, nameMasked: '*静' };
const consents = (policyVersion: string, text: string): MyConsents => ({
  policyVersion,
  consents: [
    {
      purpose: 'payout_identity',
      title: '提现实名（仅导购）',
      text,
      withdrawal: '撤回后不再使用您的姓名。',
      since: policyVersion,
      state: 'never',
      policyVersion: null,
      at: null,
      mayWithdraw: true,
    },
  ],
  mustAskAgain: false,
});
const missing = new Refusal(422, ProblemType.PayeeNameMissing, { detail: '单笔满 2000.00 元的转账要核对姓名' });
const routes = (name: PayeeName) => ({
  'GET /guide/balance': balance,
  'GET /guide/payouts': { items: [], nextCursor: null },
  'GET /guide/payee-name': name,
  'GET /me/consents': consents('2026-11-28', '姓名加密后提供给微信支付核对。'),
});
const tap = async (id: string) => act(async () => void fireEvent.click(document.getElementById(id) as HTMLElement));
const fill = (placeholder: string, value: string) =>
  fireEvent.change(screen.getByPlaceholderText(placeholder), { target: { value } });

async function askFor(yuan: string): Promise<void> {
  await screen.findByText('申请提现');
  fill('最多 3417.00', yuan);
  await tap('request-payout');
}

beforeEach(() => storage.clear());

describe('the payee’s real name (R5.5, PIPL)', () => {
  it('asks for no name as long as no payout was refused for want of it', async () => {
    const api = serveApi({ ...routes(none), 'POST /guide/payouts': {} });
    render(<PayoutPage />);
    await askFor('1999.99');
    await waitFor(() => expect(api.times('POST /guide/payouts')).toBe(1));
    expect(document.querySelector('.payee-name')).toBeNull();
    expect(document.querySelector('.payee-name__card')).toBeNull();
    expect(api.times('GET /me/consents')).toBe(0);
  });

  it('asks when a payout needs it, with the consent in words, and goes on with the same amount', async () => {
    const api = serveApi({ ...routes(none), 'POST /guide/payouts': missing, 'PUT /guide/payee-name': kept });
    render(<PayoutPage />);
    await askFor('2000');
    await screen.findByText('姓名加密后提供给微信支付核对。');
    screen.getByText(/单笔转账满 ¥2000 时/);
    screen.getByText(/撤回后不再使用您的姓名。/);
    await tap('keep-payee-name');
    await screen.findByText('请填真实姓名');
    expect(api.times('PUT /guide/payee-name')).toBe(0);
    api.answer('POST /guide/payouts', {});
    fill('与微信实名一致', ' 陈静 ');
    await tap('keep-payee-name');
    await waitFor(() => expect(api.times('POST /guide/payouts')).toBe(2));
    const put = api.asked.find(({ method }) => method === 'PUT');
    expect(put?.body).toEqual({ name: '陈静', policyVersion: '2026-11-28' });
    const posts = api.asked.filter(({ method }) => method === 'POST');
    expect(posts.map(({ body }) => body)).toEqual([{ amountFen: 200_000 }, { amountFen: 200_000 }]);
    // The first was refused for good: the second is a request of its own.
    expect(posts[1]?.header['idempotency-key']).not.toBe(posts[0]?.header['idempotency-key']);
    await screen.findByText('收款人 *静');
    expect(document.body.textContent).not.toContain('陈静');
  });

  it('sends nothing when she closes the sheet, and says at the amount why it did not go', async () => {
    const api = serveApi({ ...routes(none), 'POST /guide/payouts': missing });
    render(<PayoutPage />);
    await askFor('2000');
    await screen.findByText('姓名加密后提供给微信支付核对。');
    await act(async () => void fireEvent.click(document.querySelector('.sheet__close') as Element));
    screen.getByText('单笔满 2000.00 元的转账要核对姓名');
    expect([api.times('PUT /guide/payee-name'), api.times('POST /guide/payouts')]).toEqual([0, 1]);
  });

  it('shows a wording that has changed meanwhile before it is agreed to', async () => {
    const api = serveApi({
      ...routes(kept),
      'PUT /guide/payee-name': new Refusal(422, ProblemType.ConsentMissing),
    });
    render(<PayoutPage />);
    await screen.findByText('收款人 *静');
    await tap('correct-payee-name');
    await screen.findByText('姓名加密后提供给微信支付核对。');
    fill('现在是 *静', '陈婧');
    api.answer('GET /me/consents', consents('2026-12-01', '新的说明。'));
    await tap('keep-payee-name');
    await screen.findByText('新的说明。');
    api.answer('PUT /guide/payee-name', kept);
    await tap('keep-payee-name');
    await waitFor(() => expect(document.querySelector('.payee-name__text')).toBeNull());
    const versions = api.asked.filter(({ method }) => method === 'PUT').map(({ body }) => body);
    expect(versions).toEqual([
      { name: '陈婧', policyVersion: '2026-11-28' },
      { name: '陈婧', policyVersion: '2026-12-01' },
    ]);
    // A correction asks for no money.
    expect(api.times('POST /guide/payouts')).toBe(0);
  });

  it('removes it after a question that says what follows', async () => {
    const api = serveApi({ ...routes(kept), 'DELETE /guide/payee-name': none });
    render(<PayoutPage />);
    await screen.findByText('收款人 *静');
    jest.mocked(Taro.showModal).mockResolvedValueOnce({ confirm: false } as never);
    await tap('remove-payee-name');
    expect(api.times('DELETE /guide/payee-name')).toBe(0);
    await tap('remove-payee-name');
    expect(Taro.showModal).toHaveBeenLastCalledWith(
      expect.objectContaining({ content: expect.stringContaining('其他提现不受影响') }),
    );
    await waitFor(() => expect(document.querySelector('.payee-name__card')).toBeNull());
  });

  it.each([
    ['', '请填真实姓名'],
    ['陈', '姓名至少 2 个字'],
    ['陈静1', '姓名里只能有汉字、字母和间隔点'],
    ['阿依古丽·买买提', null],
    ['Anna Meier', null],
  ])('says of %p: %p', (typed, fault) => expect(nameFault(typed)).toBe(fault));
});
