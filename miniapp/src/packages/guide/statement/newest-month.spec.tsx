import { fen } from '@mall/shared/money';
import type { Statement } from '@mall/shared/payouts';
import { render, screen, waitFor } from '@testing-library/react';
import { Refusal, serveApi } from '../../../../test/fake-api';
import { routerParams } from '../../../../test/stubs/taro';
import { monthNow } from '../../../platform/clock';
import StatementPage from './index';
import { monthText } from './months';

const still = { openingFen: fen(0), closingFen: fen(0) };
const totals = {
  accruedFen: 0,
  releasedFen: 0,
  reversedFen: 0,
  lapsedFen: 0,
  disputedFen: 0,
  paidOutFen: 0,
  withheldFen: 0,
};
const statement = (month: string): Statement => ({
  month,
  guideName: '陈静',
  storeName: '静安店',
  accounts: { available: still, pending: still, frozen: still, paying: still, paid: still, withheld: still },
  totals: { ...totals, returnedFen: 0 } as Statement['totals'],
  lines: [],
});
const path = (month: string) => `GET /guide/statements/${month}`;

afterEach(() => {
  delete routerParams.month;
});

describe('which month the statement opens with (R5.6)', () => {
  it('without one in the address is the newest that the server lists, though the phone is in another', async () => {
    const api = serveApi({
      'GET /guide/statements': ['2031-02', '2031-01'],
      [path('2031-02')]: statement('2031-02'),
    });
    render(<StatementPage />);
    await screen.findByText('2031年2月');
    await screen.findByText('陈静 · 静安店');
    expect(api.asked.map((each) => each.path)).toEqual(['/guide/statements', '/guide/statements/2031-02']);
  });

  it('is the present one for who has earned nothing yet', async () => {
    serveApi({ 'GET /guide/statements': [], [path(monthNow())]: statement(monthNow()) });
    render(<StatementPage />);
    await screen.findByText(monthText(monthNow()));
    await screen.findByText('可提现这个月没有变动。');
  });

  it('of the address asks for no list', async () => {
    routerParams.month = '2031-03';
    const api = serveApi({
      [path('2031-03')]: statement('2031-03'),
      'GET /guide/statements': new Refusal(404, '/problems/not-found'),
    });
    render(<StatementPage />);
    await screen.findByText('2031年3月');
    await waitFor(() => expect(api.times(path('2031-03'))).toBe(1));
    expect(api.times('GET /guide/statements')).toBe(0);
  });
});
