import { serveApi } from '../../test/fake-api';
import { land, openedTarget, useLanding } from './landing';

const guide = { name: '陈静', storeName: '静安店' };
const product = (id: string) => ({ kind: 'product', id });

describe('arriving (R2.2)', () => {
  it('finds where a scanned code leads in the answer to its touch, which is reported once', async () => {
    const api = serveApi({ 'POST /touches': { guide, target: product('prd_1') } });
    const query = { scene: encodeURIComponent('s=Ab12Cd34') };
    await land({ query, scene: 1047 });
    expect(await openedTarget(query)).toEqual(product('prd_1'));
    expect(api.times('POST /touches')).toBe(1);
    expect(api.asked[0]?.body).toEqual({ shareCode: 'Ab12Cd34', scene: 1047 });
    expect(useLanding.getState().guide).toEqual(guide);
  });

  it('asks again on the page when the arrival could not be told', async () => {
    const api = serveApi({});
    const query = { scene: 'Zz99Yy88' };
    await land({ query, scene: 1047 });
    api.answer('POST /touches', { guide: null, target: product('prd_2') });
    expect(await openedTarget(query)).toEqual(product('prd_2'));
    expect(api.times('POST /touches')).toBe(2);
  });

  it('is led nowhere by a code that nobody knows, nor by an address without a code', async () => {
    serveApi({ 'POST /touches': { guide: null, target: null } });
    expect(await openedTarget({ scene: 'Qq11Ww22' })).toBeNull();
    expect(await openedTarget({})).toBeNull();
  });

  it('reports the seven characters of a code that HQ printed as well as the eight of a guide’s', async () => {
    const api = serveApi({ 'POST /touches': { guide: null, target: { kind: 'join', id: null } } });
    await land({ query: { scene: '7KQ2MXR' }, scene: 1049 });
    expect(api.asked[0]?.body).toEqual({ shareCode: '7KQ2MXR', scene: 1049 });
  });
});
