import { serveApi } from '../../test/fake-api';
import { land, openedProduct, useLanding } from './landing';

const guide = { name: '陈静', storeName: '静安店' };

describe('arriving (R2.2)', () => {
  it('finds the product of a scanned code in the answer to its touch, which is reported once', async () => {
    const api = serveApi({ 'POST /touches': { guide, productId: 'prd_1' } });
    const query = { scene: encodeURIComponent('s=Ab12Cd34') };
    await land({ query, scene: 1047 });
    expect(await openedProduct(query)).toBe('prd_1');
    expect(api.times('POST /touches')).toBe(1);
    expect(api.asked[0]?.body).toEqual({ shareCode: 'Ab12Cd34', scene: 1047 });
    expect(useLanding.getState().guide).toEqual(guide);
  });

  it('asks again on the page when the arrival could not be told', async () => {
    const api = serveApi({});
    const query = { scene: 'Zz99Yy88' };
    await land({ query, scene: 1047 });
    api.answer('POST /touches', { guide: null, productId: 'prd_2' });
    expect(await openedProduct(query)).toBe('prd_2');
    expect(api.times('POST /touches')).toBe(2);
  });

  it('knows no product of a code for the whole shop, nor of an address without a code', async () => {
    serveApi({ 'POST /touches': { guide, productId: null } });
    expect(await openedProduct({ scene: 'Qq11Ww22' })).toBeNull();
    expect(await openedProduct({})).toBeNull();
  });
});
