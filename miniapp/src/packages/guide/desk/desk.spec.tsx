import type { GuideDesk, GuideNotice } from '@mall/shared/guides';
import { fen } from '@mall/shared/money';
import Taro from '@tarojs/taro';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { serveApi } from '../../../../test/fake-api';
import NoticesPage from '../notices/index';
import DeskPage from './index';

const desk: GuideDesk = {
  guide: {
    id: 'gde_1',
    name: '陈静',
    storeId: 'sto_1',
    storeName: '静安店',
    tier: '资深',
    status: 'active',
    registeredAt: 1,
  },
  totals: { pendingFen: fen(101), frozenFen: fen(202), availableFen: fen(303), payingFen: fen(0), paidFen: fen(404) },
  todayFen: fen(505),
  lastSevenDays: ['26', '27', '28', '29', '30'].map((day) => ({
    day: `2026-11-${day}`,
    commissionFen: fen(0),
    orders: 0,
    opens: 0,
  })),
  nextReleaseAt: Date.UTC(2026, 11, 3, 4),
  customers: 0,
  unreadNotices: 2,
  coaching: null,
};
const nothing = { items: [], nextCursor: null };
const routes = (part: Partial<GuideDesk> = {}) => ({
  'GET /guide/desk': { ...desk, ...part },
  'GET /guide/products': nothing,
  'GET /guide/customers': nothing,
});

describe("the guide's desk", () => {
  it('shows four balances, each with when it is hers (R5.6)', async () => {
    serveApi(routes());
    const { container } = render(<DeskPage />);
    await screen.findByText('最近 12月3日');
    const text = container.querySelector('.earnings')?.textContent ?? '';
    for (const amount of ['¥3.03', '¥5.05', '¥1.01', '¥2.02', '¥4.04']) expect(text).toContain(amount);
    screen.getByText('2 条新通知');
  });

  it('opens the statement of the newest month of the business clock', async () => {
    serveApi(routes());
    render(<DeskPage />);
    fireEvent.click(await screen.findByText('月账单'));
    expect(Taro.navigateTo).toHaveBeenLastCalledWith({ url: '/packages/guide/statement/index?month=2026-11' });
  });

  it('leads to what waits in her store, with its count; says nothing when nothing waits, and no count when unknown', async () => {
    const waiting = {
      orderId: 'ord_1',
      number: '01K9',
      state: 'pickup_ready',
      readyAt: 1,
      receivedAt: null,
      lines: [],
    };
    serveApi({ ...routes(), 'GET /guide/pickups': [waiting, waiting] });
    const { unmount } = render(<DeskPage />);
    fireEvent.click(await screen.findByText('2 单等顾客到店来取'));
    expect(Taro.navigateTo).toHaveBeenLastCalledWith({ url: '/packages/guide/pickups/index' });
    unmount();
    serveApi({ ...routes(), 'GET /guide/pickups': [] });
    const none = render(<DeskPage />);
    await screen.findByText('月账单');
    expect(document.getElementById('to-pickups')).toBeNull();
    none.unmount();
    serveApi(routes());
    render(<DeskPage />);
    await screen.findByText('到店自提');
  });

  it('rests the share tasks while she is coached, and leaves sharing by hand (R8)', async () => {
    serveApi(routes({ coaching: { intents: 63, days: 7, advice: '挑一两位熟悉的顾客，单独聊聊更好。' } }));
    render(<DeskPage />);
    await screen.findByText('挑一两位熟悉的顾客，单独聊聊更好。');
    expect(screen.queryByText('今天推荐什么')).toBeNull();
    fireEvent.click(screen.getByText('自己选品'));
    expect(Taro.navigateTo).toHaveBeenLastCalledWith({ url: '/packages/guide/share/index' });
  });

  it('says what a negative balance waits for', async () => {
    serveApi(routes({ totals: { ...desk.totals, availableFen: fen(-99) } }));
    render(<DeskPage />);
    await screen.findByText('有退款待抵扣，之后的佣金会先抵扣它。');
  });
});

describe('notices', () => {
  const notice = (id: string, readAt: number | null): GuideNotice => ({
    id,
    kind: 'payout_decided',
    subjectId: 'pay_1',
    title: `提现已通过 ${id}`,
    body: '将尽快打款。',
    createdAt: 1_795_300_000_000,
    readAt,
  });

  it('are marked as read once when new ones were shown, and stay marked as new while she looks', async () => {
    const items = [notice('a', null), notice('b', 1_795_300_000_001)];
    const api = serveApi({ 'GET /guide/notices': { items, nextCursor: null }, 'POST /guide/notices/read': null });
    const { container } = render(<NoticesPage />);
    await screen.findByText('提现已通过 a');
    await waitFor(() => expect(api.times('POST /guide/notices/read')).toBe(1));
    expect(container.querySelectorAll('.told--new')).toHaveLength(1);
    await act(async () => void fireEvent.click(screen.getByText('提现已通过 a')));
    expect(Taro.navigateTo).toHaveBeenLastCalledWith({ url: '/packages/guide/payout/index' });
  });

  it('that were all read are not marked again', async () => {
    const api = serveApi({ 'GET /guide/notices': { items: [notice('b', 1)], nextCursor: null } });
    render(<NoticesPage />);
    await screen.findByText('提现已通过 b');
    expect(api.times('POST /guide/notices/read')).toBe(0);
  });
});
