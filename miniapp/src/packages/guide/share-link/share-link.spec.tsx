import { type ShareLink, type ShareLinkInput, SharePlacement } from '@mall/shared/guides';
import { ProblemType } from '@mall/shared/problems';
import Taro from '@tarojs/taro';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { type FakeApi, FOREVER, Refusal, SILENCE, serveApi } from '../../../../test/fake-api';
import { cardOf, routerParams, storage } from '../../../../test/stubs/taro';
import ShareLinkPage from './index';

const MAKE = 'POST /guide/share-links';
const URL_LINK = 'POST /guide/share-links/link0001/url-link';
const POSTER = 'https://mall.example.com/api/posters/poster01.jpg';
const CODE = 'https://mall.example.com/api/codes/code0001.png';
const FILE = 'wxfile://tmp/poster';

const codes = { card: 'card0001', poster: 'poster01', code: 'code0001', link: 'link0001' };
const linkOf = ({ placement, productId }: ShareLinkInput): ShareLink => ({
  code: codes[placement],
  productId: productId ?? null,
  placement,
  path: `/packages/shop/product/index?id=${productId}&s=${codes[placement]}`,
  title: '羊绒开衫',
  imageUrl: '/media/p/a.webp',
  codeImageUrl: placement === SharePlacement.Code ? CODE : 'https://mall.example.com/api/codes/x.png',
  posterUrl: placement === SharePlacement.Poster ? POSTER : null,
  createdAt: 1_795_300_000_000,
  revokedAt: null,
  opens: 0,
});

const downloads = () => jest.mocked(Taro.downloadFile);
const serve = (more: Record<string, unknown> = {}): FakeApi =>
  serveApi({ [MAKE]: ({ body }: { body: unknown }) => linkOf(body as ShareLinkInput), ...more });
const press = (id: string) => fireEvent.click(document.getElementById(id) as HTMLElement);
const said = () => jest.mocked(Taro.showToast).mock.calls.map(([options]) => (options as { title: string }).title);
const placements = (api: FakeApi) =>
  api.asked.filter(({ path }) => path === '/guide/share-links').map(({ body }) => (body as ShareLinkInput).placement);

/** Downloads what the server refuses: the refusal is in the file. */
function refusesPicture(status: number, problem: unknown): void {
  downloads().mockResolvedValueOnce({ statusCode: status, tempFilePath: 'wxfile://tmp/refusal' } as never);
  const readFileSync = () => JSON.stringify(problem);
  jest.mocked(Taro.getFileSystemManager).mockReturnValueOnce({ readFileSync } as never);
}

async function opensWithPoster(more: Record<string, unknown> = {}): Promise<FakeApi> {
  const api = serve(more);
  render(<ShareLinkPage />);
  await screen.findByText('轻点看大图');
  return api;
}

beforeEach(() => {
  jest.clearAllMocks();
  storage.clear();
  routerParams.productId = 'prd_1';
  downloads().mockResolvedValue({ statusCode: 200, tempFilePath: FILE } as never);
});

describe('the poster (issue 4, 6)', () => {
  it('shows a skeleton in its shape, then the picture of the server, whole at a tap', async () => {
    serve();
    const { container } = render(<ShareLinkPage />);
    expect(container.querySelector('.poster--waiting')).not.toBeNull();
    await screen.findByText('轻点看大图');
    expect(downloads().mock.calls).toEqual([[{ url: POSTER }]]);
    expect(container.querySelector('.poster img')?.getAttribute('src')).toBe(FILE);
    press('show-poster');
    expect(Taro.previewImage).toHaveBeenCalledWith({ urls: [FILE], current: FILE });
  });

  it('saves the very file that is shown, and downloads nothing again', async () => {
    await opensWithPoster();
    press('save-poster');
    await waitFor(() => expect(said()).toEqual(['海报已保存']));
    expect(Taro.saveImageToPhotosAlbum).toHaveBeenCalledWith({ filePath: FILE });
    expect(downloads()).toHaveBeenCalledTimes(1);
  });

  it.each([
    [{ retryAfterSeconds: 5 }, '大约 5 秒后可以再试。'],
    [{ retryAfterSeconds: 90 }, '大约 2 分钟后可以再试。'],
    [{}, '过一会儿再试就好。'],
  ])('says when to try again while WeChat makes no code (%p), and the rest of the page works', async (more, hint) => {
    refusesPicture(503, { type: ProblemType.DependencyUnavailable, title: '', status: 503, ...more });
    serve();
    render(<ShareLinkPage />);
    await screen.findByText('海报暂时没能做好');
    screen.getByText(hint);
    screen.getByText('复制链接');
    expect(document.getElementById('send-card')).not.toBeNull();
    press('save-poster');
    expect(Taro.saveImageToPhotosAlbum).not.toHaveBeenCalled();
    press('retry-poster');
    await screen.findByText('轻点看大图');
    expect(screen.queryByText('海报暂时没能做好')).toBeNull();
  });

  it('says in words why there is none: gone, no network, an answer that cannot be read', async () => {
    refusesPicture(404, { type: ProblemType.NotFound, title: '', status: 404 });
    serve();
    render(<ShareLinkPage />);
    await screen.findByText('这件商品暂时没有海报');
    downloads().mockRejectedValueOnce(new Error('downloadFile:fail'));
    press('retry-poster');
    await screen.findByText('网络不太顺畅，请检查后再试一次。');
    refusesPicture(502, '<html>');
    press('retry-poster');
    await screen.findByText('出了点问题，请稍后再试。');
  });
});

describe('saving to the album', () => {
  const fails = (errMsg: string, more = {}) =>
    jest.mocked(Taro.saveImageToPhotosAlbum).mockRejectedValueOnce({ errMsg, ...more });
  const answers = (confirm: boolean) => jest.mocked(Taro.showModal).mockResolvedValueOnce({ confirm } as never);

  it('explains a closed album, opens the settings, and saves when she opened it there', async () => {
    await opensWithPoster();
    fails('saveImageToPhotosAlbum:fail auth deny');
    answers(true);
    jest.mocked(Taro.openSetting).mockResolvedValueOnce({ authSetting: { 'scope.writePhotosAlbum': true } } as never);
    press('save-poster');
    await waitFor(() => expect(said()).toEqual(['海报已保存']));
    expect(Taro.showModal).toHaveBeenCalledWith(expect.objectContaining({ confirmText: '去设置' }));
    expect(Taro.saveImageToPhotosAlbum).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['does not want to', false, 0],
    ['leaves it closed', true, 1],
  ])('presses no further when she %s', async (_what, wants, opened) => {
    await opensWithPoster();
    fails('saveImageToPhotosAlbum:fail auth deny');
    answers(wants);
    press('save-poster');
    await waitFor(() => expect(document.querySelector('#save-poster.is-busy')).toBeNull());
    expect(Taro.openSetting).toHaveBeenCalledTimes(opened);
    expect(Taro.saveImageToPhotosAlbum).toHaveBeenCalledTimes(1);
    expect(said()).toEqual([]);
  });

  it.each([
    ['saveImageToPhotosAlbum:fail cancel', {}, []],
    ['saveImageToPhotosAlbum:fail file not found', {}, ['没能保存，请再试一次']],
    ['saveImageToPhotosAlbum:fail', { errno: 104 }, ['同意隐私指引后才能做这一步']],
    ['saveImageToPhotosAlbum:fail', { errno: 112 }, ['这项功能还没有开放，请稍后再试']],
  ])('after %s %p says %p (§8)', async (errMsg, more, sentences) => {
    await opensWithPoster();
    fails(errMsg, more);
    press('save-poster');
    await waitFor(() => expect(document.querySelector('#save-poster.is-busy')).toBeNull());
    expect(said()).toEqual(sentences);
    expect(Taro.showModal).not.toHaveBeenCalled();
  });
});

describe('the other ways', () => {
  it('the card leads through its own link, so that HQ can tell how a customer came (R3.2)', async () => {
    await opensWithPoster();
    expect(cardOf.share()).toEqual({
      title: '羊绒开衫',
      path: '/packages/shop/product/index?id=prd_1&s=card0001',
      imageUrl: '/media/p/a.webp',
    });
  });

  it('counts an intent for what she makes ready and for nothing else, once however often she copies (R8)', async () => {
    const until = Date.UTC(2026, 11, 28, 4);
    const api = await opensWithPoster({ [URL_LINK]: { url: 'https://wxaurl.cn/abc', expiresAt: until } });
    expect(placements(api).sort()).toEqual(['card', 'poster']);
    press('copy-link');
    await screen.findByText('12月28日前有效');
    expect(Taro.setClipboardData).toHaveBeenCalledWith({ data: 'https://wxaurl.cn/abc' });
    await waitFor(() => expect(said()).toEqual(['链接已复制']));
    press('copy-link');
    await waitFor(() => expect(api.times(URL_LINK)).toBe(2));
    expect(placements(api).sort()).toEqual(['card', 'link', 'poster']);
  });

  it.each([
    [new Refusal(503, ProblemType.DependencyUnavailable), '链接暂时无法生成，请稍后再试'],
    [
      new Refusal(503, ProblemType.DependencyUnavailable, { detail: '小程序还没有发布，暂时不能生成链接' }),
      '小程序还没有发布，暂时不能生成链接',
    ],
    [SILENCE, '网络不太顺畅，请检查后再试一次。'],
  ])('says at the link why there is none now (%p), and tries the same one again', async (refusal, words) => {
    const api = await opensWithPoster({ [URL_LINK]: refusal });
    press('copy-link');
    await screen.findByText(words);
    expect(document.getElementById('copy-link')?.textContent).toBe('再试一次');
    expect(Taro.setClipboardData).not.toHaveBeenCalled();
    api.answer(URL_LINK, { url: 'https://wxaurl.cn/abc', expiresAt: 1_798_000_000_000 });
    press('copy-link');
    await waitFor(() => expect(Taro.setClipboardData).toHaveBeenCalledTimes(1));
    expect(screen.queryByText(words)).toBeNull();
    expect(placements(api).sort()).toEqual(['card', 'link', 'poster']);
  });

  it('the code alone is made, downloaded and saved when she asks for it', async () => {
    const api = await opensWithPoster();
    press('save-code');
    await waitFor(() => expect(said()).toEqual(['小程序码已保存']));
    expect(downloads()).toHaveBeenLastCalledWith({ url: CODE });
    expect(placements(api)).toContain('code');
  });
});

describe('the page itself', () => {
  it('waits in the shape of the poster while the links are made', () => {
    serve({ [MAKE]: FOREVER });
    const { container } = render(<ShareLinkPage />);
    expect(container.querySelector('.poster--waiting')).not.toBeNull();
    expect(downloads()).not.toHaveBeenCalled();
  });

  it('without a network it offers to try again, and then comes', async () => {
    const api = serve({ [MAKE]: SILENCE });
    render(<ShareLinkPage />);
    await screen.findByText('网络不太顺畅，请检查后再试一次。');
    api.answer(MAKE, ({ body }: { body: unknown }) => linkOf(body as ShareLinkInput));
    fireEvent.click(screen.getByText('再试一次'));
    await screen.findByText('轻点看大图');
  });
});
