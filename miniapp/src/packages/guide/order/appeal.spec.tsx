import type { Dispute, GuideAttribution, GuideOrder } from '@mall/shared/disputes';
import { fen } from '@mall/shared/money';
import { ProblemType } from '@mall/shared/problems';
import Taro from '@tarojs/taro';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { Refusal, SILENCE, serveApi } from '../../../../test/fake-api';
import { routerParams } from '../../../../test/stubs/taro';
import GuideOrdersPage from '../orders/index';
import GuideOrderPage from './index';

const lost: GuideOrder = {
  orderId: 'ord_1',
  orderNumber: '01M80VF8V2XSDQDWRVC1A1QXZ5',
  outcome: 'lost',
  isAssist: true,
  reason: '顾客在另一位导购的保护期内',
  decidedAt: 1_795_300_000_000,
  commissionFen: fen(0),
  disputeState: null,
};
const dispute: Dispute = {
  id: 'dsp_1',
  orderId: 'ord_1',
  orderNumber: lost.orderNumber,
  state: 'open',
  note: null,
  openedAt: 1_795_300_100_000,
  decidedAt: null,
  reason: null,
  movedFen: null,
};
const attribution: GuideAttribution = {
  orderId: 'ord_1',
  orderNumber: lost.orderNumber,
  branch: 'a',
  isMine: false,
  sentence: '顾客在另一位导购的保护期内',
  candidates: [
    { kind: 'binding', guideName: null, isMine: false, outcome: 'won', reason: null, sentence: '保护期内', at: null },
    {
      kind: 'touch',
      guideName: '陈静',
      isMine: true,
      outcome: 'lost',
      reason: 'lower-priority',
      sentence: '打开过我的分享，但保护期优先',
      at: 1_795_200_000_000,
    },
  ],
  decidedAt: 1_795_300_000_000,
  dispute: null,
  appeal: { allowed: true, refusal: null },
};
const appealed: GuideAttribution = {
  ...attribution,
  dispute,
  appeal: { allowed: false, refusal: '这个订单已经申诉过' },
};
const ROUTE = 'POST /guide/orders/ord_1/dispute';

describe('orders in which she had a hand (R3.5)', () => {
  it('says why she lost, and appeals with one tap that counts once', async () => {
    const api = serveApi({ 'GET /guide/orders': { items: [lost], nextCursor: null }, [ROUTE]: appealed });
    render(<GuideOrdersPage />);
    await screen.findByText('顾客在另一位导购的保护期内');
    screen.getByText('协助');
    api.answer('GET /guide/orders', { items: [{ ...lost, disputeState: 'open' }], nextCursor: null });
    const button = screen.getByText('申诉');
    await act(async () => {
      fireEvent.click(button);
      fireEvent.click(button);
    });
    await screen.findByText('申诉处理中');
    expect(api.times(ROUTE)).toBe(1);
    // The tap did not open the order behind the button.
    expect(Taro.navigateTo).not.toHaveBeenCalled();
  });

  it('offers no appeal for what is hers, and shows what it brought', async () => {
    const won = { ...lost, outcome: 'won' as const, isAssist: false, reason: null, commissionFen: fen(5_391) };
    serveApi({ 'GET /guide/orders': { items: [won], nextCursor: null } });
    const { container } = render(<GuideOrdersPage />);
    await screen.findByText('归我');
    expect(container.querySelector('.hand__earned .price')?.textContent).toBe('¥53.91');
    expect(screen.queryByText('申诉')).toBeNull();
  });

  it('shows no amount before the customer has paid: none is known, and zero would be wrong', async () => {
    const won = { ...lost, outcome: 'won' as const, isAssist: false, reason: null, commissionFen: null };
    serveApi({
      'GET /guide/orders': { items: [won, { ...lost, orderId: 'ord_2', commissionFen: null }], nextCursor: null },
    });
    const { container } = render(<GuideOrdersPage />);
    await screen.findByText('未付款，没有佣金');
    screen.getByText('看归属经过');
    expect(container.querySelector('.hand__earned')).toBeNull();
  });

  it('says what to do when there is none, and when nobody answers', async () => {
    const api = serveApi({ 'GET /guide/orders': SILENCE });
    render(<GuideOrdersPage />);
    await screen.findByText('网络不太顺畅，请检查后再试一次。');
    api.answer('GET /guide/orders', { items: [], nextCursor: null });
    fireEvent.click(screen.getByText('再试一次'));
    await screen.findByText('还没有参与过订单');
  });
});

describe('the chain of one order', () => {
  beforeEach(() => {
    routerParams.id = 'ord_1';
  });

  it('names her and nobody else (R2.6)', async () => {
    serveApi({ 'GET /guide/orders/ord_1/attribution': attribution });
    render(<GuideOrderPage />);
    await screen.findByText('这一单没归我');
    screen.getByText('另一位导购 · 专属服务关系');
    screen.getByText('我 · 打开分享');
  });

  it('sends her note with the appeal and shows its state from then on', async () => {
    const api = serveApi({ 'GET /guide/orders/ord_1/attribution': attribution, [ROUTE]: appealed });
    render(<GuideOrderPage />);
    const note = await screen.findByPlaceholderText('比如：顾客是我在店里接待的');
    fireEvent.change(note, { target: { value: ' 我在店里接待的 ' } });
    fireEvent.click(screen.getByText('申诉这个归属'));
    await screen.findByText('申诉处理中');
    expect(api.asked.find(({ method }) => method === 'POST')?.body).toEqual({ note: '我在店里接待的' });
    expect(document.getElementById('appeal')).toBeNull();
  });

  it('says why an appeal is refused and asks for the state again', async () => {
    const detail = '佣金已经结清，不能再申诉';
    const refused = new Refusal(409, ProblemType.DisputeNotAllowed, { detail });
    const api = serveApi({ 'GET /guide/orders/ord_1/attribution': attribution, [ROUTE]: refused });
    render(<GuideOrderPage />);
    await screen.findByText('申诉这个归属');
    api.answer('GET /guide/orders/ord_1/attribution', { ...attribution, appeal: { allowed: false, refusal: detail } });
    await act(async () => void fireEvent.click(screen.getByText('申诉这个归属')));
    expect(Taro.showToast).toHaveBeenLastCalledWith(expect.objectContaining({ title: detail }));
    await screen.findByText(detail);
    expect(document.getElementById('appeal')).toBeNull();
  });

  it("shows HQ's reason and what the decision gave her", async () => {
    const granted: Dispute = {
      ...dispute,
      state: 'granted',
      decidedAt: 1_795_400_000_000,
      reason: '店内接待有记录',
      movedFen: fen(5_391),
    };
    serveApi({ 'GET /guide/orders/ord_1/attribution': { ...appealed, dispute: granted } });
    render(<GuideOrderPage />);
    await screen.findByText('申诉成立');
    screen.getByText('归属已调整，¥53.91 佣金记到您名下。');
    screen.getByText('总部：店内接待有记录');
  });

  it("somebody else's order looks like one that is not there", async () => {
    serveApi({});
    render(<GuideOrderPage />);
    await screen.findByText('没有找到，可能已经不在了。');
  });
});
