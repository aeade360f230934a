/**
 * Every page once: pages, subpackages and links are all made from this table. It imports nothing, because the
 * build reads it too (app.config.ts); `go()` is in platform/navigation.
 */
interface Route {
  /** Null: main package, and a tab. */
  readonly package: 'shop' | 'member' | 'guide' | null;
  readonly page: string;
}

const table = {
  home: { package: null, page: 'pages/home/index' },
  category: { package: null, page: 'pages/category/index' },
  cart: { package: null, page: 'pages/cart/index' },
  me: { package: null, page: 'pages/me/index' },
  product: { package: 'shop', page: 'product/index' },
  list: { package: 'shop', page: 'list/index' },
  checkout: { package: 'shop', page: 'checkout/index' },
  payResult: { package: 'shop', page: 'pay-result/index' },
  orders: { package: 'shop', page: 'orders/index' },
  order: { package: 'shop', page: 'order/index' },
  join: { package: 'member', page: 'join/index' },
  coupons: { package: 'member', page: 'coupons/index' },
  addresses: { package: 'member', page: 'addresses/index' },
  addressEdit: { package: 'member', page: 'address-edit/index' },
  policy: { package: 'member', page: 'policy/index' },
  privacy: { package: 'member', page: 'privacy/index' },
  myData: { package: 'member', page: 'my-data/index' },
  profile: { package: 'member', page: 'profile/index' },
  myGuide: { package: 'member', page: 'my-guide/index' },
  desk: { package: 'guide', page: 'desk/index' },
  shareProducts: { package: 'guide', page: 'share/index' },
  shareLink: { package: 'guide', page: 'share-link/index' },
  commissions: { package: 'guide', page: 'commissions/index' },
  commission: { package: 'guide', page: 'commission/index' },
  customers: { package: 'guide', page: 'customers/index' },
  invitation: { package: 'guide', page: 'invitation/index' },
  payout: { package: 'guide', page: 'payout/index' },
  statement: { package: 'guide', page: 'statement/index' },
  guideOrders: { package: 'guide', page: 'orders/index' },
  guideOrder: { package: 'guide', page: 'order/index' },
  notices: { package: 'guide', page: 'notices/index' },
  pickups: { package: 'guide', page: 'pickups/index' },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof table;

/** What each page reads from its address; pages that are not named here read nothing. */
export interface RouteParams {
  product: { id: string };
  list: { q?: string; categoryId?: string; brandId?: string; title?: string; sort?: string };
  checkout: { buyNow?: string };
  /** `payResult` is what the browser demo's cashier adds on the way back. */
  payResult: { orderId: string; payResult?: string };
  orders: { state?: string };
  /** `confirmResult` is what the browser demo's receipt page adds on the way back. */
  order: { id: string; confirmResult?: string };
  join: { from?: string };
  addresses: { pick?: string };
  addressEdit: { id?: string; pick?: string };
  policy: { version?: string };
  myData: { id: string };
  shareLink: { productId?: string };
  commissions: { state?: string };
  commission: { id: string };
  invitation: { code?: string };
  /** A month of the business clock, `2026-11`: no later one can be chosen. */
  statement: { month?: string };
  /** The order's id. */
  guideOrder: { id: string };
}

export type ParamsOf<N extends RouteName> = N extends keyof RouteParams ? RouteParams[N] : Record<string, never>;

/** Page names of the main package, in the order of the tab bar. */
export function mainPages(): string[] {
  return Object.values(table)
    .filter((route) => route.package === null)
    .map((route) => route.page);
}

/** The subpackages as app.json wants them. */
export function subPackages(): { root: string; name: string; pages: string[] }[] {
  return (['shop', 'member', 'guide'] as const).map((name) => ({
    root: `packages/${name}`,
    name,
    pages: Object.values(table)
      .filter((route) => route.package === name)
      .map((route) => route.page),
  }));
}

export function isTab(name: RouteName): boolean {
  return table[name].package === null;
}

/** `/packages/shop/product/index?id=prd_1`; undefined values are left out, the others are URL-encoded. */
export function pathTo(name: RouteName, params: Readonly<Record<string, string | undefined>> = {}): string {
  const route: Route = table[name];
  const base = route.package === null ? `/${route.page}` : `/packages/${route.package}/${route.page}`;
  const query = Object.entries(params)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join('&');
  return query === '' ? base : `${base}?${query}`;
}

/** A value of an address as it was before {@link pathTo} encoded it; WeChat hands it over encoded, a browser does not. */
export function plain(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
