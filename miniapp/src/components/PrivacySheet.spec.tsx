import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Taro from '@tarojs/taro';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { pageEvents } from '../../test/stubs/taro';
import { copy } from '../state/copy';
import { ContractLink, PrivacySheet } from './PrivacySheet';

type Answer = { event: string; buttonId?: string };
type Listener = (resolve: (answer: Answer) => void, info?: { referrer?: string }) => void;

let listener: Listener | null;
let answers: Answer[];
let openPrivacyContract: jest.Mock;

function withWechat(needAuthorization = true): void {
  listener = null;
  answers = [];
  openPrivacyContract = jest.fn(({ success }: { success: () => void }) => success());
  const wx = {
    onNeedPrivacyAuthorization: (next: Listener) => {
      listener = next;
    },
    getPrivacySetting: ({ success }: { success: (found: unknown) => void }) =>
      success({ needAuthorization, privacyContractName: '《拾光里小程序隐私保护指引》' }),
    openPrivacyContract,
  };
  Object.assign(globalThis, { wx });
}

/** WeChat holds a call back. */
const asks = (referrer?: string) => act(async () => listener?.((answer) => answers.push(answer), { referrer }));
const taps = (text: string) => act(async () => void fireEvent.click(screen.getByText(text)));
const said = () => jest.mocked(Taro.showToast).mock.calls.map(([options]) => (options as { title: string }).title);

beforeEach(() => {
  jest.clearAllMocks();
  withWechat();
});
afterEach(() => void Reflect.deleteProperty(globalThis, 'wx'));

describe('her agreement to the privacy guideline (§8)', () => {
  it('is asked for when something waits, not before, and says what for', async () => {
    render(<PrivacySheet />);
    expect(screen.queryByText('同意')).toBeNull();
    await asks('setClipboardData');
    screen.getByText(/^把内容复制到剪贴板之前/);
    screen.getByText('《拾光里小程序隐私保护指引》');
    screen.getByText('不同意也可以照常浏览和购买。');
    expect(answers).toEqual([{ event: 'exposureAuthorization' }]);
  });

  it("is WeChat's button, whose id is handed back; one tap answers all that waits", async () => {
    render(<PrivacySheet />);
    await asks('setClipboardData');
    await asks('saveImageToPhotosAlbum');
    const button = screen.getByText('同意');
    expect([button.id, button.title]).toEqual(['agree-privacy', 'agreePrivacyAuthorization']);
    answers = [];
    await taps('同意');
    const agreed = { event: 'agree', buttonId: 'agree-privacy' };
    expect(answers).toEqual([agreed, agreed]);
    expect(screen.queryByText('同意')).toBeNull();
  });

  it.each([
    ['refuses', '暂不同意'],
    ['closes the sheet', '关闭'],
  ])('is not taken from who %s', async (_what, name) => {
    render(<PrivacySheet />);
    await asks();
    screen.getByText(/^这一步之前/);
    await act(async () => void fireEvent.click(screen.queryByText(name) ?? screen.getByTitle(name)));
    expect(answers.at(-1)).toEqual({ event: 'disagree' });
    expect(screen.queryByText('同意')).toBeNull();
  });

  it('is not taken from who leaves the page, and what is asked where no sheet can be seen does not wait for ever', async () => {
    const { unmount } = render(<PrivacySheet />);
    await asks();
    unmount();
    expect(answers.at(-1)).toEqual({ event: 'disagree' });
    answers = [];
    await asks();
    expect(answers).toEqual([{ event: 'disagree' }]);
  });

  it('waits for who reads the guideline on another page', async () => {
    render(<PrivacySheet />);
    await asks('setClipboardData');
    answers = [];
    act(() => pageEvents.hide());
    // What another page asks now could not be seen here.
    await asks('saveImageToPhotosAlbum');
    expect(answers).toEqual([{ event: 'disagree' }]);
    await taps('同意');
    expect(answers.at(-1)).toEqual({ event: 'agree', buttonId: 'agree-privacy' });
  });

  it("opens WeChat's guideline, or our policy where WeChat can't show it", async () => {
    render(<PrivacySheet />);
    await asks();
    await taps('《拾光里小程序隐私保护指引》');
    expect([openPrivacyContract.mock.calls.length, jest.mocked(Taro.navigateTo).mock.calls.length]).toEqual([1, 0]);
    openPrivacyContract.mockImplementation(({ fail }: { fail: () => void }) => fail());
    await taps('《拾光里小程序隐私保护指引》');
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: '/packages/member/policy/index' });
  });

  it('names the guideline beside the phone button only while she has to agree', async () => {
    const link = <ContractLink before="即同意" />;
    const { unmount } = render(link);
    await screen.findByText('《拾光里小程序隐私保护指引》');
    unmount();
    withWechat(false);
    const { container } = render(link);
    await act(async () => undefined);
    expect(container.textContent).toBe('');
  });

  it('is no matter where WeChat is too old to ask', async () => {
    Object.assign(globalThis, { wx: {} });
    render(<PrivacySheet />);
    await copy('SF1', { done: '已复制', failed: '没能复制' });
    expect(said()).toEqual(['已复制']);
  });
});

describe('copying (§8: the clipboard is private too)', () => {
  it.each([
    ['not declared', { errno: 112, errMsg: 'setClipboardData:fail' }, '这项功能还没有开放，请稍后再试'],
    [
      'not declared, an older library',
      { errMsg: 'fail api scope is not declared in the privacy agreement' },
      '这项功能还没有开放，请稍后再试',
    ],
    ['refused before', { errno: 103, errMsg: 'setClipboardData:fail' }, '同意隐私指引后才能做这一步'],
    ['refused now', { errno: 104, errMsg: 'setClipboardData:fail' }, '同意隐私指引后才能做这一步'],
    [
      'refused, an older library',
      { errMsg: 'fail privacy permission is not authorized' },
      '同意隐私指引后才能做这一步',
    ],
    ['broken', new Error('no clipboard'), '没能复制'],
  ])('says in plain words why it did not work: %s', async (_why, failure, sentence) => {
    jest.mocked(Taro.setClipboardData).mockRejectedValueOnce(failure);
    await copy('SF1', { done: '已复制', failed: '没能复制' });
    expect(said()).toEqual([sentence]);
  });
});

it('stands on every page that does something private (§8)', () => {
  const pages = join(process.cwd(), 'miniapp/src/packages');
  const sources = readdirSync(pages, { recursive: true, withFileTypes: true })
    .filter(({ name }) => /(?<!\.spec)\.tsx$/.test(name))
    .map(({ parentPath, name }) => [parentPath, readFileSync(join(parentPath, name), 'utf8')] as const);
  const foldersWith = (what: RegExp) =>
    new Set(sources.filter(([, text]) => what.test(text)).map(([folder]) => folder));
  const asking = foldersWith(/state\/copy'|savePicture|<PhoneButton|type="nickname"|chooseAvatar/);
  expect(asking.size).toBeGreaterThanOrEqual(4);
  const answering = foldersWith(/<PrivacySheet \/>/);
  expect([...asking].filter((folder) => !answering.has(folder))).toEqual([]);
});
