import { randomUUID } from 'node:crypto';
import type { ShippingUploadView } from '@mall/shared/shipping';
import { eventually } from '../tools/journey/api-client.js';
import { send } from './support/e2e-http.js';
import { Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

describe.each(ENGINES)('§7 from the parcel to the receipt, with the emulator as WeChat [%s]', (engine) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open(engine);
    shop.mall.running.emulator.push.url = `${shop.mall.apiUrl}/api/wechat/push`;
  });
  afterAll(() => shop.close());

  const uploadOf = async (orderId: string): Promise<ShippingUploadView | undefined> => {
    const { items } = await shop.hqGet<{ items: ShippingUploadView[] }>('/api/hq/shipping-uploads?limit=100');
    return items.find((upload) => upload.orderId === orderId);
  };

  async function shipped(trackingNumber: string) {
    const person = await shop.newCustomer({ through: shop.guide.code });
    const order = await shop.buy(person, { BAG: 1 });
    await shop.hq(`/api/hq/orders/${order.id}/shipments`, { carrier: 'SF', trackingNumber });
    await shop.mall.settle();
    return { person, order };
  }

  it('R5.2: uploaded, confirmed on the phone, told by a push in safe mode, received once, commission frozen', async () => {
    const { person, order } = await shipped('SF2000001');
    expect(await uploadOf(order.id)).toMatchObject({ state: 'uploaded', refusalCode: null });
    await shop.mall.emulator.call('POST', '/device/confirm-receive', {
      body: {
        persona: person.persona,
        merchant_id: shop.mall.running.credentials.mchId,
        merchant_trade_no: order.number,
        status: 'success',
      },
    });
    await eventually(
      'the push being noted',
      () => shop.count('shipping_uploads', "orderId = ? AND receiptMethod = 'customer'", [order.id]),
      (n) => n === 1,
    );
    await shop.mall.settle();
    expect((await shop.order(person, order.id)).state).toBe('received');
    const guides = (await shop.entries(order.id)).filter(({ payeeKind }) => payeeKind === 'guide');
    expect(guides).toMatchObject([{ state: 'frozen' }]);
  });

  it('the one permitted correction is taken, the second is refused in plain words', async () => {
    const { order } = await shipped('SF2000002');
    const put = (trackingNumber: string) =>
      send(shop.mall.apiUrl, 'PUT', `/api/hq/orders/${order.id}/shipment`, {
        token: shop.hqToken,
        key: randomUUID(),
        body: { carrier: 'ZTO', trackingNumber },
      });
    expect((await put('ZT2000002')).status).toBe(204);
    await shop.mall.settle();
    expect(await uploadOf(order.id)).toMatchObject({ state: 'uploaded', revision: 2 });
    expect((await put('ZT2000003')).status).toBe(204);
    await shop.mall.settle();
    expect(await uploadOf(order.id)).toMatchObject({ state: 'failed', refusalCode: '10060003', revision: 3 });
  });
});
