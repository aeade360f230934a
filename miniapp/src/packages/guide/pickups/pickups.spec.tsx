import type { PickupOrder, PickupRequest } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import Taro from '@tarojs/taro';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { type Asked, FOREVER, Refusal, SILENCE, serveApi } from '../../../../test/fake-api';
import PickupsPage from './index';

const order = (id: string, part: Partial<PickupOrder> = {}): PickupOrder => ({
  orderId: `ord_${id}`,
  number: `01K9TESTORDER${id}`,
  state: 'pickup_ready',
  readyAt: Date.UTC(2026, 10, 22, 6, 5),
  receivedAt: null,
  lines: [
    { title: '羊毛开衫', optionText: '松绿 / M', quantity: 2, isGift: false },
    { title: '棉袜', optionText: '', quantity: 1, isGift: true },
  ],
  ...part,
});
const first = order('AAA111');
const second = order('BBB222');
const taken = { ...first, state: 'received', receivedAt: Date.UTC(2026, 10, 23, 2, 30) } as const;
const GIVE = 'POST /guide/orders/ord_AAA111/pickup';

const press = (id: string) => fireEvent.click(document.getElementById(id) as HTMLElement);
const field = () => screen.getByPlaceholderText('顾客订单页上的 6 位');
const type = (text: string) => fireEvent.change(field(), { target: { value: text } });

/** Opens the page and the first order's field. */
async function opened(answer: unknown) {
  const api = serveApi({ 'GET /guide/pickups': [first, second], [GIVE]: answer });
  render(<PickupsPage />);
  const [button] = await screen.findAllByText('输入提货码');
  fireEvent.click(button as HTMLElement);
  return api;
}

beforeEach(() => jest.mocked(Taro.showToast).mockClear());

describe('handing over in the store (R5.2, C16)', () => {
  it('shows a skeleton, then each order by the end of its number, its goods and its gift, and no code', async () => {
    serveApi({ 'GET /guide/pickups': [first, second] });
    const { container } = render(<PickupsPage />);
    expect(container.querySelector('.skeleton')).not.toBeNull();
    await screen.findByText('单号尾 AAA111');
    screen.getByText('单号尾 BBB222');
    expect(screen.getAllByText('赠品 棉袜')).toHaveLength(2);
    expect(screen.getAllByText('11月22日 14:05 备好')).toHaveLength(2);
    expect(document.getElementById('pickup-code')).toBeNull();
  });

  it('sends the code once for two quick taps, without spaces and in capitals, and shows that it is done', async () => {
    const api = await opened(taken);
    type(' k7m 2qx');
    await act(async () => {
      press('hand-over');
      press('hand-over');
    });
    await screen.findByText('已交给顾客，订单已收货');
    screen.getByText('11月23日 10:30 取走');
    expect(api.times(GIVE)).toBe(1);
    expect(api.asked.find(({ method }) => method === 'POST')?.body).toEqual({ code: 'K7M2QX' } satisfies PickupRequest);
    expect(screen.getAllByText('输入提货码')).toHaveLength(1);
  });

  it.each([
    ['', '请输入顾客的提货码'],
    ['  ', '请输入顾客的提货码'],
    ['K7M2Q', '提货码是 6 位'],
  ])('sends nothing for %p and says at the field: %s', async (text, fault) => {
    const api = await opened(taken);
    type(text);
    press('hand-over');
    await screen.findByText(fault);
    expect(api.times(GIVE)).toBe(0);
  });

  it.each([
    [new Refusal(422, ProblemType.PickupCodeWrong), '提货码不对，请照顾客订单页上的再输一次'],
    [new Refusal(429, ProblemType.RateLimited, { detail: '请 15 分钟后再试' }), '请 15 分钟后再试'],
    [SILENCE, '没有收到回应。再按一次即可，不会重复收货'],
  ])('after a refusal that another try can mend it says so at the code and keeps it: %#', async (answer, sentence) => {
    const api = await opened(answer);
    type('K7M2QX');
    press('hand-over');
    await screen.findByText(sentence);
    expect(field()).toHaveProperty('value', 'K7M2QX');
    api.answer(GIVE, ({ body }: Asked) => ({ ...taken, number: (body as PickupRequest).code }));
    press('hand-over');
    await screen.findByText('单号尾 K7M2QX');
    expect(Taro.showToast).not.toHaveBeenCalled();
  });

  it.each([
    [409, ProblemType.OrderStateConflict, '这一单已经不用取货了，请顾客看看订单页'],
    [404, ProblemType.NotFound, '这一单不在您的门店自提'],
  ])('of an order that has moved on (%i) it says so and asks for the list again', async (status, problem, title) => {
    const api = await opened(new Refusal(status, problem));
    api.answer('GET /guide/pickups', [second]);
    type('K7M2QX');
    press('hand-over');
    await waitFor(() => expect(screen.queryByText('单号尾 AAA111')).toBeNull());
    expect(Taro.showToast).toHaveBeenLastCalledWith(expect.objectContaining({ title }));
  });

  it('while the answer is under way the button can not be pressed again', async () => {
    const api = await opened(FOREVER);
    type('K7M2QX');
    press('hand-over');
    await screen.findByText('正在核对');
    press('hand-over');
    expect(api.times(GIVE)).toBe(1);
  });
});

describe('nothing to hand over', () => {
  it('says so, and looks again at a tap', async () => {
    const api = serveApi({ 'GET /guide/pickups': [] });
    render(<PickupsPage />);
    await screen.findByText('没有等着取的订单');
    api.answer('GET /guide/pickups', [second]);
    fireEvent.click(screen.getByText('再看一次'));
    await screen.findByText('单号尾 BBB222');
  });

  it('shows an error that can be retried', async () => {
    const api = serveApi({ 'GET /guide/pickups': SILENCE });
    render(<PickupsPage />);
    await screen.findByText('网络不太顺畅，请检查后再试一次。');
    api.answer('GET /guide/pickups', [first]);
    fireEvent.click(screen.getByText('再试一次'));
    await screen.findByText('单号尾 AAA111');
  });

  it('is closed to who is no guide', async () => {
    serveApi({ 'GET /guide/pickups': new Refusal(403, ProblemType.NotGuide) });
    render(<PickupsPage />);
    await screen.findByText('这里只对导购开放。');
  });
});
