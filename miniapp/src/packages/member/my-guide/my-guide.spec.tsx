import type { MyGuide } from '@mall/shared/membership';
import { ProblemType } from '@mall/shared/problems';
import Taro from '@tarojs/taro';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { Refusal, SILENCE, serveApi } from '../../../../test/fake-api';
import MyGuidePage from './index';

const mine: MyGuide = {
  guide: { id: 'gde_1', name: '陈静', storeName: '静安店', since: 1_795_300_000_000, isServing: true },
  contactPreference: 'guide',
  nextChangeAt: null,
  choices: [{ id: 'gde_2', name: '刘雯', storeName: '静安店' }],
};
const moved: MyGuide = {
  ...mine,
  guide: { id: 'gde_2', name: '刘雯', storeName: '静安店', since: 1_795_400_000_000, isServing: true },
  nextChangeAt: 1_797_900_000_000,
  choices: [],
};
const tap = async (target: HTMLElement | null) => act(async () => void fireEvent.click(target as HTMLElement));
const chosen = (id: string) => document.getElementById(id)?.querySelector('.is-chosen') !== null;

describe('my guide (R2.5)', () => {
  it('is changed after asking, once, and then says when it can be changed again', async () => {
    const api = serveApi({ 'GET /me/guide': mine, 'POST /me/guide': moved, 'GET /me': {} });
    render(<MyGuidePage />);
    await screen.findByText('陈静 · 静安店 为您服务');
    await tap(document.getElementById('change-guide'));
    expect(api.times('POST /me/guide')).toBe(0);
    await tap(screen.getByText('刘雯 · 静安店'));
    const button = document.getElementById('change-guide') as HTMLElement;
    await act(async () => {
      fireEvent.click(button);
      fireEvent.click(button);
    });
    await screen.findByText('刘雯 · 静安店 为您服务');
    expect(api.times('POST /me/guide')).toBe(1);
    expect(api.asked.find(({ method }) => method === 'POST')?.body).toEqual({ guideId: 'gde_2' });
    screen.getByText(/您最近换过，20\d\d年\d+月\d+日 之后可以再换。/);
    expect(document.getElementById('change-guide')).toBeNull();
  });

  it('can be given up', async () => {
    const api = serveApi({ 'GET /me/guide': mine, 'POST /me/guide': { ...moved, guide: null }, 'GET /me': {} });
    render(<MyGuidePage />);
    await screen.findByText('不指定导购');
    await tap(document.getElementById('choose-nobody'));
    await tap(document.getElementById('change-guide'));
    await screen.findByText('现在没有专属导购');
    expect(api.asked.find(({ method }) => method === 'POST')?.body).toEqual({ guideId: null });
  });

  it('says the day when it is too soon', async () => {
    const tooSoon = new Refusal(409, ProblemType.GuideChangeTooSoon, { nextChangeAt: Date.UTC(2026, 11, 20, 4) });
    serveApi({ 'GET /me/guide': mine, 'POST /me/guide': tooSoon });
    render(<MyGuidePage />);
    await tap(await screen.findByText('刘雯 · 静安店'));
    await tap(document.getElementById('change-guide'));
    expect(Taro.showToast).toHaveBeenLastCalledWith(
      expect.objectContaining({ title: '2026年12月20日 之后可以再换。' }),
    );
  });

  it('shows a contact preference as chosen at once, and takes it back when it was not saved', async () => {
    let refuse: (answer: unknown) => void = () => undefined;
    const answer = new Promise((resolve) => {
      refuse = resolve;
    });
    serveApi({ 'GET /me/guide': mine, 'POST /me/contact-preference': () => answer });
    render(<MyGuidePage />);
    await screen.findByText('都不要联系我');
    await tap(document.getElementById('contact-nobody'));
    expect([chosen('contact-nobody'), chosen('contact-guide')]).toEqual([true, false]);
    await act(async () => refuse(SILENCE));
    expect([chosen('contact-nobody'), chosen('contact-guide')]).toEqual([false, true]);
    expect(Taro.showToast).toHaveBeenLastCalledWith(
      expect.objectContaining({ title: '网络不太顺畅，请检查后再试一次。' }),
    );
  });

  it('§10: shows the WeCom code of her guide when she asks for it, and no offer where there is none', async () => {
    const code = { available: true, guideName: '陈静', storeName: '静安店', codeImageUrl: 'https://wework.test/1' };
    const api = serveApi({
      'GET /me/guide': mine,
      'GET /me/guide/contact-code': { offered: true },
      'POST /me/guide/contact-code': code,
    });
    const { unmount } = render(<MyGuidePage />);
    await screen.findByText('加企业微信');
    expect(api.times('POST /me/guide/contact-code')).toBe(0);
    await tap(document.getElementById('ask-contact-code'));
    await screen.findByText('长按识别，添加陈静的企业微信。');
    expect(document.body.innerHTML).toContain('https://wework.test/1');
    unmount();
    serveApi({ 'GET /me/guide': mine, 'GET /me/guide/contact-code': { offered: false } });
    render(<MyGuidePage />);
    await screen.findByText('都不要联系我');
    expect(screen.queryByText('加企业微信')).toBeNull();
  });

  it('is for members', async () => {
    serveApi({ 'GET /me/guide': new Refusal(403, ProblemType.NotMember) });
    render(<MyGuidePage />);
    await screen.findByText('加入会员后就可以使用。');
  });
});
