import type { Address } from '@mall/shared/membership';
import {
  DeliveryKind,
  type OrderLineRequest,
  type PickupStore,
  type PlaceOrderRequest,
  type Quote,
} from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { useDidShow } from '@tarojs/taro';
import { useState } from 'react';
import { fetchAddresses } from '../../../api/member-endpoints';
import { type ApiProblem, ClientFault, textOf } from '../../../api/problem';
import { askQuote, fetchPickupStores, placeOrder } from '../../../api/shop-endpoints';
import { replaceWith } from '../../../platform/navigation';
import { stepCart } from '../../../state/cart';
import { chooseAddress, resumeCheckout, useDraft } from '../../../state/checkout-draft';
import { payOrder } from '../../../state/pay-order';
import { pendingRequest } from '../../../state/pending-request';
import { type Query, useQuery } from '../../../state/queries/use-query';
import { useAction } from '../../../state/use-action';

const pending = pendingRequest<PlaceOrderRequest>('pending-order');

/** How the goods reach her. The stores are asked for when she wants to collect. */
export interface Way {
  kind: DeliveryKind;
  choose: (kind: DeliveryKind) => void;
  stores: Query<PickupStore[]>;
  store: PickupStore | null;
  chooseStore: (store: PickupStore) => void;
}

export interface Checkout {
  lines: OrderLineRequest[];
  way: Way;
  address: Address | null;
  addressesKnown: boolean;
  /** Whether it is known where the goods go. */
  hasPlace: boolean;
  quote: Query<Quote>;
  remark: string;
  setRemark: (remark: string) => void;
  setCoupons: (couponIds: string[]) => void;
  /** A sentence above the bar: why the last press did not place an order. */
  trouble: string | null;
  placing: boolean;
  place: () => void;
}

function isQuote(value: unknown): value is Quote {
  return typeof value === 'object' && value !== null && 'quoteHash' in value && 'lines' in value;
}

/** The address of this order: the chosen one, else the default. Asked again on every return to the page. */
function useAddress() {
  const chosen = useDraft((state) => state.address);
  const addresses = useQuery('addresses', fetchAddresses);
  useDidShow(() => {
    resumeCheckout();
    if (addresses.data !== null) void addresses.reload();
  });
  const list = addresses.data ?? [];
  // An address that was edited since it was chosen counts as it is now.
  const address =
    list.find((entry) => entry.id === chosen?.id) ?? list.find((entry) => entry.isDefault) ?? list[0] ?? null;
  return { address, known: addresses.data !== null || addresses.problem !== null };
}

function useWay(): Way {
  const [kind, choose] = useState<DeliveryKind>(DeliveryKind.Express);
  const [chosen, chooseStore] = useState<PickupStore | null>(null);
  const stores = useQuery(kind === DeliveryKind.Pickup ? 'pickup-stores' : null, fetchPickupStores);
  // One store is no choice.
  const only = stores.data?.length === 1 ? (stores.data[0] ?? null) : null;
  return { kind, choose, stores, store: chosen ?? only, chooseStore };
}

/** Says why the order was not placed, and shows the new price when that is the reason. */
function explain(problem: ApiProblem, quote: Query<Quote>): string {
  if (problem.type === ClientFault.Network) return '没有收到回应。再按一次即可，不会重复下单。';
  const renewed = problem.member('quote');
  if (problem.type === ProblemType.QuoteStale && isQuote(renewed)) quote.replace(renewed);
  else if (problem.type !== ClientFault.Unreadable) void quote.reload();
  if (problem.status >= 400 && problem.status < 500) pending.forget();
  return textOf(problem);
}

/** Everything the checkout knows and does. */
export function useCheckout(): Checkout {
  const { lines, fromCart } = useDraft();
  const { address, known } = useAddress();
  const way = useWay();
  const [couponIds, setCouponIds] = useState<string[] | undefined>(undefined);
  const [remark, setRemark] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const collects = way.kind === DeliveryKind.Pickup;
  const addressId = collects ? null : (address?.id ?? null);
  const pickupStoreId = collects ? (way.store?.id ?? null) : null;
  const request = { lines, addressId, pickupStoreId, couponIds };
  const ready = known && lines.length > 0;
  const quote = useQuery(ready ? JSON.stringify([request, collects ? null : address]) : null, () => askQuote(request));

  const { busy, run } = useAction(
    async () => {
      if ((addressId === null && pickupStoreId === null) || quote.data === null) return;
      setTrouble(null);
      const applied = quote.data.coupons.filter((coupon) => coupon.applied).map((coupon) => coupon.couponId);
      const order = {
        lines,
        addressId: addressId ?? undefined,
        pickupStoreId: pickupStoreId ?? undefined,
        couponIds: applied,
        quoteHash: quote.data.quoteHash,
        remark: remark.trim() === '' ? undefined : remark.trim(),
      };
      const placed = await placeOrder(order, pending.keyFor(order));
      pending.forget();
      if (fromCart) stepCart({ kind: 'remove', skuIds: lines.map((line) => line.skuId) });
      chooseAddress(null);
      if (placed.state !== 'created') replaceWith('payResult', { orderId: placed.id });
      // The order exists: whatever happens to the payment, its page is where she can pay again.
      else await payOrder(placed.id).catch(() => replaceWith('order', { id: placed.id }));
    },
    (problem) => setTrouble(explain(problem, quote)),
  );
  const setCoupons = (ids: string[]) => setCouponIds(ids);
  return {
    lines,
    way,
    address,
    addressesKnown: known,
    hasPlace: addressId !== null || pickupStoreId !== null,
    quote,
    remark,
    setRemark,
    setCoupons,
    trouble,
    placing: busy,
    place: run,
  };
}
