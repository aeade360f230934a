/** The journey's first half: HQ opens, a guide shares, a customer joins and buys. */
import type { CatalogueImportReport, ProductCard } from '@mall/shared/catalogue';
import type { GuideInvitation, ShareLink, Store } from '@mall/shared/guides';
import type { CommissionRule } from '@mall/shared/hq';
import type { Address, TouchResponse } from '@mall/shared/membership';
import type { Page } from '@mall/shared/paging';
import { eventually } from './api-client.js';
import { commissionOf } from './arithmetic.js';
import type { StepDetails } from './report.js';
import { demand, entriesOf, findItems, join, pay, placeOrder, signIn, type World } from './world.js';

export type Step = readonly [name: string, play: (world: World) => Promise<StepDetails>];

async function hqSignsIn(world: World): Promise<StepDetails> {
  const credentials = { username: 'admin', password: world.hqPassword };
  const session = await world.api.post<{ token: string; user: { role: string } }>('/api/hq/sessions', credentials);
  world.hqToken = session.token;
  return { role: session.user.role };
}

async function hqImports(world: World): Promise<StepDetails> {
  const { name, content } = world.catalogue;
  const send = async (): Promise<CatalogueImportReport> => {
    const text = { type: 'text/csv', content };
    return (
      await world.api.call<CatalogueImportReport>('POST', '/api/hq/catalogue/imports', { text, token: world.hqToken })
    ).body;
  };
  const first = await send();
  const second = await send();
  demand(second.productsCreated === 0 && second.skusCreated === 0, 'a second import of the same file made products');
  world.importReport = first;
  const { productsCreated, skusCreated, warnings, refused } = first;
  return { catalogue: name, productsCreated, skusCreated, warnings: warnings.length, refused: refused.length };
}

async function hqSetsUp(world: World): Promise<StepDetails> {
  const { api, hqToken } = world;
  const freight = [{ provinces: [], name: '普通快递', freightFen: 1_200, freeFromFen: 99_900_000, served: true }];
  await api.call('PUT', '/api/hq/freight-rules', { body: { rules: freight }, token: hqToken });
  const store = { code: 'JRN-1', name: '静安店', type: 'direct', province: '上海市', city: '上海市' };
  const opened = await api.post<Store>('/api/hq/stores', store, hqToken);
  world.storeId = opened.id;
  world.rates = { guideBps: 750, storeBps: 233 };
  const scope = { productScope: { kind: 'any' }, sellerScope: { kind: 'any' } };
  const rule = await api.post<CommissionRule>(
    '/api/hq/commission-rules',
    { ...scope, ...world.rates, reason: '基础佣金' },
    hqToken,
  );
  return { storeId: opened.id, ruleId: rule.id, ...world.rates };
}

async function guideBecomesOne(world: World): Promise<StepDetails> {
  const { api, hqToken, guidePersona } = world;
  const invitation = await api.post<GuideInvitation>(
    '/api/hq/guide-invitations',
    { storeId: world.storeId, guideName: '陈静' },
    hqToken,
  );
  world.guide = await signIn(world, guidePersona);
  await join(world, guidePersona, world.guide);
  const path = `/api/guide-invitations/${invitation.code}/accept`;
  const me = await api.post<World['guide']['me']>(path, {}, world.guide.token);
  demand(me.guide !== null, 'the invitation was accepted and she is no guide');
  world.guideId = me.guide.id;
  return { invitation: invitation.code, guideId: world.guideId };
}

async function goodsAreFound(world: World): Promise<StepDetails> {
  let items = await findItems(world.api, 3);
  demand(items.length > 0, 'the catalogue has nothing that can be bought');
  // A tiny catalogue: the same thing is bought again.
  while (items.length < 3) items = [...items, ...items.slice(0, 1)];
  // The first order takes the first two, the second one the last two.
  const wanted = new Map<string, number>();
  for (const { sku } of [...items.slice(0, 2), ...items.slice(1, 3)]) wanted.set(sku.id, (wanted.get(sku.id) ?? 0) + 1);
  for (const [skuId, pieces] of wanted) {
    const available = items.find(({ sku }) => sku.id === skuId)?.sku.available ?? 0;
    if (available >= pieces) continue;
    const adjustment = { delta: pieces - available, reason: '补货' };
    await world.api.post(`/api/hq/skus/${skuId}/stock-adjustments`, adjustment, world.hqToken);
  }
  world.items = items;
  const title = items[0]?.product.title ?? '';
  const word = title.slice(0, 2);
  const found = await world.api.get<Page<ProductCard>>(`/api/products?q=${encodeURIComponent(word)}&limit=50`);
  demand(found.items.length > 0, `a search for "${word}" found nothing`);
  return { searched: word, found: found.items.length, skuIds: items.map(({ sku }) => sku.id) };
}

async function guideShares(world: World): Promise<StepDetails> {
  const { api, guide } = world;
  const productId = world.items[0]?.product.id;
  world.link = await api.post<ShareLink>('/api/guide/share-links', { productId, placement: 'card' }, guide.token);
  demand(/^\w{8}$/.test(world.link.code), `the share code ${world.link.code} has not eight characters`);
  const image = await api.image(world.link.codeImageUrl);
  demand(image.type.startsWith('image/'), `the mini-program code is ${image.type}`);
  return { code: world.link.code, path: world.link.path, codeImageBytes: image.bytes.length };
}

async function customerOpens(world: World): Promise<StepDetails> {
  world.customer = await signIn(world, world.customerPersona);
  const { token } = world.customer;
  const report = (shareCode: string): Promise<TouchResponse> =>
    world.api.post<TouchResponse>('/api/touches', { shareCode, scene: 1007 }, token);
  const forged = await report('ZZZZZZZZ');
  demand(forged.guide === null, 'a forged code named a guide');
  const touch = await report(world.link.code);
  demand(touch.guide?.name === '陈静', 'the share code did not name the guide');
  return { memberId: world.customer.me.id, guide: touch.guide, target: touch.target };
}

async function customerJoins(world: World): Promise<StepDetails> {
  const { offer, me } = await join(world, world.customerPersona, world.customer);
  demand(offer.guide?.name === '陈静', 'the offer named no guide before she agreed');
  demand(me.myGuide?.name === '陈静', 'she joined and is bound to nobody');
  return { phone: me.phoneMasked, boundTo: me.myGuide };
}

async function customerWritesAddress(world: World): Promise<StepDetails> {
  const input = {
    recipient: '林小雨',
    phone: '13800138000',
    province: '上海市',
    city: '上海市',
    district: '静安区',
    detail: '南京西路 1 号',
    isDefault: true,
  };
  const address = await world.api.post<Address>('/api/me/addresses', input, world.customer.token);
  world.addressId = address.id;
  return { addressId: address.id };
}

async function customerOrders(world: World): Promise<StepDetails> {
  const { order, remembered, quote } = await placeOrder(world, world.items.slice(0, 2), null);
  demand(order.attribution.guide?.name === '陈静', `the order is not the guide's: ${order.attribution.sentence}`);
  world.orders.push(remembered);
  const { totalFen, freightFen } = order;
  return {
    orderId: order.id,
    totalFen,
    freightFen,
    quoteHash: quote.quoteHash,
    attribution: order.attribution.sentence,
  };
}

async function customerPays(world: World): Promise<StepDetails> {
  const { orderId = '' } = world.orders[0] ?? {};
  const order = await pay(world, orderId);
  return { orderId, state: order.state, paidAt: order.paidAt };
}

async function commissionIsPending(world: World): Promise<StepDetails> {
  const order = world.orders[0];
  demand(order !== undefined, 'there is no order');
  const expected = order.lines.reduce((sum, line) => sum + commissionOf(line.baseFen, line.guideBps), 0n);
  const entries = await eventually(
    'the pending commission',
    () => entriesOf(world, order.orderId),
    (found) => found.length === order.lines.length,
  );
  demand(
    entries.every(({ state }) => state === 'pending'),
    'a commission is not pending after payment',
  );
  const posted = entries.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n);
  demand(posted === expected, `commission of ${posted} fen was posted, ${expected} is due`);
  return { entries: entries.map(({ id }) => id), pendingFen: Number(posted) };
}

export const OPENING: readonly Step[] = [
  ['hq-signs-in', hqSignsIn],
  ['hq-imports-catalogue', hqImports],
  ['hq-opens-store-and-rate', hqSetsUp],
  ['guide-accepts-invitation', guideBecomesOne],
  ['goods-are-found', goodsAreFound],
  ['guide-shares', guideShares],
  ['customer-opens-card', customerOpens],
  ['customer-joins', customerJoins],
  ['customer-writes-address', customerWritesAddress],
  ['customer-orders', customerOrders],
  ['customer-pays', customerPays],
  ['commission-pending', commissionIsPending],
];
