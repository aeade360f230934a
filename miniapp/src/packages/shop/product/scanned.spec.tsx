import type { ProductDetail } from '@mall/shared/catalogue';
import { fen } from '@mall/shared/money';
import { render, screen, waitFor } from '@testing-library/react';
import { serveApi } from '../../../../test/fake-api';
import { routerParams } from '../../../../test/stubs/taro';
import { land } from '../../../state/landing';
import ProductPage from './index';

const product: ProductDetail = {
  id: 'prd_7',
  title: '帆布托特包',
  subtitle: null,
  brand: { id: 'brd_1', name: '素野' },
  category: null,
  descriptionHtml: '<p>耐用</p>',
  images: [],
  options: [],
  skus: [],
  priceFen: fen(5_990),
  priceIsFrom: false,
  compareAtFen: null,
  soldCount: 0,
};
let codes = 0;

async function scans(target: object | null) {
  codes += 1;
  const code = `K7QX2M9${codes}`;
  const api = serveApi({ 'POST /touches': { guide: null, target }, 'GET /products/prd_7': product });
  routerParams.scene = code;
  void land({ query: { scene: code }, scene: 1048 });
  render(<ProductPage />);
  await waitFor(() => expect(api.times('POST /touches')).toBe(1));
  return api;
}
afterEach(() => {
  delete routerParams.scene;
});

describe('a guide’s code for a product (R2.2)', () => {
  it('shows the product that the server names, with one report', async () => {
    const api = await scans({ kind: 'product', id: 'prd_7' });
    await screen.findAllByText('帆布托特包');
    expect(api.times('POST /touches')).toBe(1);
  });

  it.each([
    ['home', { kind: 'home', id: null }],
    ['nowhere', null],
  ])('says that nothing is there when the code leads %s', async (_, target) => {
    const api = await scans(target);
    await waitFor(() => expect(api.times('GET /products/none')).toBe(1));
    expect(api.times('GET /products')).toBe(0);
  });
});
