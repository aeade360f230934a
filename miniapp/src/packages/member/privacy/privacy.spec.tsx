import type { AccountClosurePreview, MyConsents } from '@mall/shared/privacy';
import Taro from '@tarojs/taro';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { serveApi } from '../../../../test/fake-api';
import PrivacyPage from './index';

const service = {
  purpose: 'guide_service' as const,
  title: '让导购为您服务',
  text: '导购可以看到打码后的称呼。',
  withdrawal: '撤回后马上生效。',
  since: '2026-11-01',
  policyVersion: '2026-11-28',
  at: 1_795_300_000_000,
  mayWithdraw: true,
};
const mine = (state: 'granted' | 'withdrawn'): MyConsents => ({
  policyVersion: '2026-11-28',
  consents: [{ ...service, state }],
  mustAskAgain: false,
});
const closure: AccountClosurePreview = { obstacles: [], erased: ['收货地址簿'], kept: ['订单的金额'] };
const tap = async (id: string) => act(async () => void fireEvent.click(document.getElementById(id) as HTMLElement));

describe('privacy and my data (§8)', () => {
  it('withdraws a consent by one press and a question that says what follows', async () => {
    const api = serveApi({
      'GET /me/consents': mine('granted'),
      'POST /me/consents': mine('withdrawn'),
      'GET /me/account-closure': closure,
    });
    render(<PrivacyPage />);
    await screen.findByText('让导购为您服务');
    await tap('consent-guide_service');
    expect(Taro.showModal).toHaveBeenLastCalledWith(expect.objectContaining({ content: '撤回后马上生效。' }));
    expect(api.asked.find(({ method }) => method === 'POST')?.body).toEqual({
      purpose: 'guide_service',
      act: 'withdraw',
      policyVersion: '2026-11-28',
    });
    await screen.findByText(/撤回$/, { selector: '.privacy__weak' });
  });

  it('offers no closing while something is open, and says what', async () => {
    const open = { ...closure, obstacles: ['有退款还没有到账，到账后可以注销'] };
    serveApi({ 'GET /me/consents': mine('granted'), 'GET /me/account-closure': open });
    render(<PrivacyPage />);
    await screen.findByText('· 有退款还没有到账，到账后可以注销');
    expect(document.getElementById('close-account')).toBeNull();
  });
});
