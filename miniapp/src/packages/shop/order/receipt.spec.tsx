import { fen } from '@mall/shared/money';
import { ProblemType } from '@mall/shared/problems';
import Taro from '@tarojs/taro';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { type FakeApi, Refusal, serveApi } from '../../../../test/fake-api';
import { routerParams } from '../../../../test/stubs/taro';
import OrderPage from './index';

const RECEIPT_APP = 'wx1183b055aeec94d1';
const detail = (part: object) => ({
  id: 'ord_1',
  number: '01K9TESTORDERAAA111',
  state: 'shipped',
  deliveryKind: 'express',
  payBefore: null,
  pickup: null,
  shipment: null,
  address: null,
  lines: [],
  refunds: [],
  discounts: [],
  goodsFen: fen(12_345),
  freightFen: fen(0),
  totalFen: fen(12_345),
  attribution: { guide: null },
  createdAt: 1_795_300_000_000,
  paidAt: null,
  shippedAt: null,
  receivedAt: null,
  completedAt: null,
  cancelledAt: null,
  remark: '',
  ...part,
});
const component = { merchantId: '1900000109', merchantTradeNo: '01K9TESTORDERAAA111', transactionId: '4200001' };

type Shown = { referrerInfo?: { appId: string; extraData: { status: string } } };
interface Opened {
  businessType: string;
  extraData: unknown;
  fail: (failure: { errMsg: string }) => void;
}

let api: FakeApi;
let opened: Opened[];
let listeners: Set<(shown: Shown) => void>;

function withWechat(): void {
  opened = [];
  listeners = new Set();
  const wx = {
    openBusinessView: (options: Opened) => void opened.push(options),
    onAppShow: (listener: (shown: Shown) => void) => void listeners.add(listener),
    offAppShow: (listener: (shown: Shown) => void) => void listeners.delete(listener),
  };
  Object.assign(globalThis, { wx });
}

const comesBack = (shown: Shown) =>
  act(async () => {
    for (const listener of [...listeners]) listener(shown);
  });
const from = (status: string): Shown => ({ referrerInfo: { appId: RECEIPT_APP, extraData: { status } } });

async function openOrder(routes: Record<string, unknown> = {}): Promise<void> {
  api = serveApi({
    'GET /orders/ord_1': detail({}),
    'GET /orders/ord_1/wechat-receipt': { component },
    'POST /orders/ord_1/wechat-receipt': { received: true },
    'POST /orders/ord_1/receipt': detail({ state: 'received' }),
    ...routes,
  });
  routerParams.id = 'ord_1';
  render(<OrderPage />);
  await screen.findByText('确认收货');
}

const tap = () => act(async () => void fireEvent.click(screen.getByText('确认收货')));
const said = () => jest.mocked(Taro.showToast).mock.calls.map(([options]) => (options as { title: string }).title);
const asksWechat = () => api.times('POST /orders/ord_1/wechat-receipt');
const confirmsHere = () => api.times('POST /orders/ord_1/receipt');

beforeEach(() => {
  jest.clearAllMocks();
  withWechat();
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'wx');
  Reflect.deleteProperty(routerParams, 'confirmResult');
});

describe("WeChat's receipt page on the order (R5.2)", () => {
  it('opens for the parcel, and the server asks WeChat when she is back; two taps open it once', async () => {
    await openOrder();
    await tap();
    await tap();
    expect(opened).toHaveLength(1);
    expect(opened[0]).toMatchObject({ businessType: 'weappOrderConfirm', extraData: { transaction_id: '4200001' } });
    api.answer('GET /orders/ord_1', detail({ state: 'received' }));
    await comesBack(from('success'));
    await screen.findByText('已收货');
    expect([asksWechat(), confirmsHere()]).toEqual([1, 0]);
    expect(said()).toEqual(['已确认收货，谢谢您']);
    expect(listeners.size).toBe(0);
  });

  it('names the order by the merchant where WeChat has no number of its own for it', async () => {
    await openOrder({ 'GET /orders/ord_1/wechat-receipt': { component: { ...component, transactionId: null } } });
    await tap();
    expect(opened[0]?.extraData).toEqual({ merchant_id: '1900000109', merchant_trade_no: '01K9TESTORDERAAA111' });
  });

  it('does not believe a success that WeChat knows nothing of', async () => {
    await openOrder({ 'POST /orders/ord_1/wechat-receipt': { received: false } });
    await tap();
    await comesBack(from('success'));
    await waitFor(() => expect(said()).toEqual(['微信还在处理，稍后这里会更新']));
    screen.getByText('待收货');
    expect(confirmsHere()).toBe(0);
  });

  it('changes nothing when she cancels there', async () => {
    await openOrder();
    await tap();
    await comesBack(from('cancel'));
    expect([asksWechat(), confirmsHere(), said().length]).toEqual([0, 0, 0]);
  });

  it("offers the mall's own confirmation when WeChat's failed", async () => {
    await openOrder({ 'POST /orders/ord_1/wechat-receipt': { received: false } });
    await tap();
    await comesBack(from('fail'));
    await screen.findByText('已收货');
    expect([asksWechat(), confirmsHere()]).toEqual([1, 1]);
  });

  it('asks WeChat as well when she came back from elsewhere, and presses nothing on her', async () => {
    await openOrder({ 'POST /orders/ord_1/wechat-receipt': { received: false } });
    await tap();
    await comesBack({ referrerInfo: { appId: 'wx0000000000000000', extraData: { status: 'success' } } });
    await waitFor(() => expect(asksWechat()).toBe(1));
    expect([confirmsHere(), said().length]).toEqual([0, 0]);
  });

  it('says so when WeChat does not answer, and leaves the order as it was', async () => {
    await openOrder({ 'POST /orders/ord_1/wechat-receipt': new Refusal(503, ProblemType.DependencyUnavailable) });
    await tap();
    await comesBack(from('success'));
    await waitFor(() => expect(said()).toEqual(['微信那边暂时没有回应，请稍后再试。']));
    screen.getByText('待收货');
  });
});

describe("the mall's own confirmation (R5.2)", () => {
  it.each([
    ['WeChat does not manage the order', { 'GET /orders/ord_1/wechat-receipt': { component: null } }],
    [
      'nobody said whether WeChat does',
      { 'GET /orders/ord_1/wechat-receipt': new Refusal(500, ProblemType.InternalError) },
    ],
  ])('stands where %s', async (_why, routes) => {
    await openOrder(routes);
    await tap();
    await screen.findByText('已收货');
    expect([opened.length, asksWechat(), confirmsHere()]).toEqual([0, 0, 1]);
  });

  it('stands where this WeChat has no such page, or could not open it', async () => {
    Object.assign(globalThis, { wx: {} });
    await openOrder();
    await tap();
    await screen.findByText('已收货');
    expect(confirmsHere()).toBe(1);
  });

  it('follows a page that could not open, not one that she closed', async () => {
    await openOrder();
    await tap();
    await act(async () => opened[0]?.fail({ errMsg: 'openBusinessView:fail cancel' }));
    expect(confirmsHere()).toBe(0);
    await tap();
    await act(async () => opened[1]?.fail({ errMsg: 'openBusinessView:fail invalid' }));
    await screen.findByText('已收货');
    expect([confirmsHere(), listeners.size]).toEqual([1, 0]);
  });

  it('does nothing without her word', async () => {
    await openOrder({ 'GET /orders/ord_1/wechat-receipt': { component: null } });
    jest.mocked(Taro.showModal).mockResolvedValueOnce({ confirm: false } as never);
    await tap();
    expect(confirmsHere()).toBe(0);
  });
});

it("is settled when the browser's demo comes back to the order, once", async () => {
  routerParams.confirmResult = 'success';
  await openOrder({ 'POST /orders/ord_1/wechat-receipt': { received: false } });
  await waitFor(() => expect(said()).toEqual(['微信还在处理，稍后这里会更新']));
  expect(asksWechat()).toBe(1);
});
