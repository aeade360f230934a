import { serveApi } from '../../test/fake-api';
import { send } from './request';

describe('a request of the mini-program', () => {
  it.each(['POST', 'PUT', 'DELETE'] as const)('has a JSON body when %s has nothing to say', async (method) => {
    const api = serveApi({ [`${method} /orders/1/payment`]: null });
    await send({ method, url: '/api/orders/1/payment', headers: { authorization: 'Bearer t' } });
    expect(api.asked).toMatchObject([
      { body: {}, header: { 'content-type': 'application/json', authorization: 'Bearer t' } },
    ]);
  });

  it('asks without a body', async () => {
    const api = serveApi({ 'GET /orders': [] });
    await send({ method: 'GET', url: '/api/orders', headers: {} });
    expect(api.asked).toMatchObject([{ body: undefined }]);
    expect(api.asked[0]?.header).toEqual({});
  });
});
