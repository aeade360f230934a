import { ProblemType } from '@mall/shared/problems';
import type { MyNickname } from '@mall/shared/texts';
import Taro from '@tarojs/taro';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { Refusal, serveApi } from '../../../../test/fake-api';
import ProfilePage from './index';

const shown: MyNickname = { shown: '小雨', waiting: null, refused: null };
const waiting: MyNickname = { ...shown, waiting: { text: '开衫控', since: 1_795_400_000_000 } };
const refused: MyNickname = {
  ...shown,
  refused: { text: '免费领', at: 1_795_400_000_000, reason: '像是广告或联系方式，换一个就好' },
};
const input = () => document.querySelector('#nickname input, input#nickname, #nickname') as HTMLInputElement;
const type = (text: string) => act(async () => void fireEvent.input(input(), { target: { value: text } }));
const save = () => act(async () => void fireEvent.click(document.getElementById('save-nickname') as HTMLElement));

describe('my name (§9)', () => {
  it('is saved without the blanks around it, and said to be shown', async () => {
    const api = serveApi({
      'GET /me/nickname': shown,
      'PUT /me/nickname': { ...shown, shown: '开衫控' },
      'GET /me': {},
    });
    render(<ProfilePage />);
    await screen.findByText('导购只看得到第一个字，想不写也可以。');
    await save();
    expect(api.times('PUT /me/nickname')).toBe(0);
    await type(' 开衫控 ');
    await save();
    expect(api.asked.find(({ method }) => method === 'PUT')?.body).toEqual({ nickname: '开衫控' });
    expect(Taro.showToast).toHaveBeenLastCalledWith(expect.objectContaining({ title: '已保存' }));
  });

  it('§8: WeChat’s keyboard of nicknames is asked about here, and not answered no unseen', async () => {
    let need: (resolve: (answer: unknown) => void, info: { referrer: string }) => void = () => {};
    const wx = {
      onNeedPrivacyAuthorization: (listener: typeof need) => {
        need = listener;
      },
    };
    Object.assign(globalThis, { wx });
    serveApi({ 'GET /me/nickname': shown });
    render(<ProfilePage />);
    await screen.findByText('保存');
    const answers: unknown[] = [];
    await act(async () => need((answer) => answers.push(answer), { referrer: 'nickname' }));
    screen.getByText(/^填写昵称之前/);
    expect(answers).toEqual([{ event: 'exposureAuthorization' }]);
    Reflect.deleteProperty(globalThis, 'wx');
  });

  it('while it is confirmed, says so and which name is shown meanwhile', async () => {
    serveApi({ 'GET /me/nickname': shown, 'PUT /me/nickname': waiting, 'GET /me': {} });
    render(<ProfilePage />);
    await screen.findByText('保存');
    await type('开衫控');
    await save();
    await screen.findByText('您的新昵称“开衫控”正在确认');
    screen.getByText('通过前仍显示“小雨”，一般很快。');
    expect(Taro.showToast).toHaveBeenLastCalledWith(expect.objectContaining({ title: '已收到，正在确认' }));
  });

  it('refused at once, says why at the field, keeps what she wrote and takes another', async () => {
    const no = new Refusal(422, ProblemType.TextRefused, { detail: '像是广告或联系方式，换一个就好' });
    serveApi({ 'GET /me/nickname': shown, 'PUT /me/nickname': no });
    render(<ProfilePage />);
    await screen.findByText('保存');
    await type('免费领');
    await save();
    await screen.findByText('这个昵称像是广告或联系方式，换一个就好');
    expect(screen.queryByText(/没有通过/)).toBeNull();
    expect(input().value).toBe('免费领');
    await type('小红');
    expect(screen.queryByText('这个昵称像是广告或联系方式，换一个就好')).toBeNull();
  });

  it('refused by HQ later, says what to do, with the former name in the field', async () => {
    serveApi({ 'GET /me/nickname': refused });
    render(<ProfilePage />);
    await screen.findByText('“免费领”没有通过');
    screen.getByText('像是广告或联系方式，换一个就好');
    screen.getByText('在上面改好，再保存一次。');
    expect(input().value).toBe('小雨');
  });

  it('empty, says so without asking', async () => {
    const api = serveApi({ 'GET /me/nickname': shown });
    render(<ProfilePage />);
    await screen.findByText('保存');
    await type('   ');
    await save();
    await screen.findByText('写一个您喜欢的称呼');
    expect(api.times('PUT /me/nickname')).toBe(0);
  });
});
