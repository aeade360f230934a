import Taro from '@tarojs/taro';
import { render, waitFor } from '@testing-library/react';
import { serveApi } from '../../test/fake-api';
import { routerParams } from '../../test/stubs/taro';
import { useFollowCode } from './follow-code';
import { land } from './landing';
import { useSession } from './session';

const me = (joinedAt: number | null) => ({ id: 'mem_1', joinedAt, guide: null, myGuide: null });
let codes = 0;

function Home() {
  useFollowCode();
  return <i>home</i>;
}

/** Scans a code that nobody has scanned before; the page is opened after onShow, as on a phone. */
async function scans(target: object | null, joinedAt: number | null = null) {
  codes += 1;
  const code = `7KQ2MX${codes}`;
  const api = serveApi({ 'POST /touches': { guide: null, target }, 'GET /me': me(joinedAt) });
  routerParams.scene = encodeURIComponent(code);
  void land({ query: { scene: routerParams.scene }, scene: 1047 });
  const { rerender } = render(<Home />);
  await waitFor(() => expect(api.times('POST /touches')).toBe(1));
  // Time to go wherever it leads, twice if it is wrong.
  await new Promise((done) => setTimeout(done, 20));
  rerender(<Home />);
  return api;
}

beforeEach(() => {
  jest.mocked(Taro.navigateTo).mockClear();
  useSession.setState({ me: null });
});
afterEach(() => {
  delete routerParams.scene;
});

describe('a printed code is opened (R2.2)', () => {
  it.each([
    ['a product', { kind: 'product', id: 'prd_1' }, '/packages/shop/product/index?id=prd_1'],
    ['a brand', { kind: 'brand', id: 'brd_1' }, '/packages/shop/list/index?brandId=brd_1'],
    ['joining', { kind: 'join', id: null }, '/packages/member/join/index'],
  ])('and leads on to %s, once, with one report', async (_, target, url) => {
    const api = await scans(target);
    expect(jest.mocked(Taro.navigateTo).mock.calls).toEqual([[{ url }]]);
    expect(api.times('POST /touches')).toBe(1);
  });

  it.each([
    ['home', { kind: 'home', id: null }, null],
    ['nowhere, as a code of nobody', null, null],
    ['joining, which she has done', { kind: 'join', id: null }, 1],
  ])('and stays at home when it leads %s', async (_, target, joinedAt) => {
    await scans(target, joinedAt);
    expect(Taro.navigateTo).not.toHaveBeenCalled();
  });

  it('and stays at home when nobody can say where it leads', async () => {
    const api = serveApi({});
    routerParams.scene = '7KQ2MXZ';
    await land({ query: { scene: '7KQ2MXZ' }, scene: 1049 });
    render(<Home />);
    await waitFor(() => expect(api.times('POST /touches')).toBe(2));
    expect(api.asked.map(({ body }) => body)).toEqual([
      { shareCode: '7KQ2MXZ', scene: 1049 },
      { shareCode: '7KQ2MXZ', scene: 1049 },
    ]);
    expect(Taro.navigateTo).not.toHaveBeenCalled();
  });

  it('asks nobody when home was opened without a code', async () => {
    const api = serveApi({});
    render(<Home />);
    await new Promise((done) => setTimeout(done, 20));
    expect(api.asked).toEqual([]);
  });
});
