import { fen } from '@mall/shared/money';
import { render, screen } from '@testing-library/react';
import { serveApi } from '../../../test/fake-api';
import { refreshMe } from '../../state/session';
import HomePage from './index';

const card = (id: string, title: string) => ({
  id,
  title,
  subtitle: null,
  brandName: '素野',
  imageUrl: null,
  priceFen: fen(19_900),
  priceIsFrom: false,
  compareAtFen: null,
  soldOut: false,
  soldCount: 0,
});
const front = {
  categories: [{ id: 'cat_1', name: '上衣', parentId: null, imageUrl: null }],
  newest: card('prd_2', '素烧主人杯'),
  bestSelling: { items: [card('prd_1', '亚麻衬衫')], nextCursor: null },
};

it('opens with two requests: who she is, and what the page shows', async () => {
  const api = serveApi({ 'GET /shop-front': front });
  await refreshMe();
  render(<HomePage />);
  await screen.findByText('亚麻衬衫');
  screen.getByText('素烧主人杯');
  screen.getByText('上衣');
  // Signing in, which is not among them, has told who she is.
  expect(api.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /shop-front']);
});

it('says what to do when nothing is on the shelf, and when nobody answers', async () => {
  serveApi({ 'GET /shop-front': { categories: [], newest: null, bestSelling: { items: [], nextCursor: null } } });
  const { unmount } = render(<HomePage />);
  await screen.findByText('货架正在布置');
  unmount();
  serveApi({});
  render(<HomePage />);
  await screen.findByText('没有找到，可能已经不在了。');
});
