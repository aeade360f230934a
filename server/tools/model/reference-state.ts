/** What the reference model remembers. It shares no code with the mall: it is written from the rules alone. */
import type { DistributionSettings, OrderSettings, ProductScope, SellerScope } from './steps.js';
import { BEGINNING, FIRST_GUIDES, FIRST_RATES, PEOPLE, TIERS, type Tier } from './world.js';

/** One row of a member's append-only history (R2.3). */
export interface BindingRow {
  /** Counts the rows of all members: older rows are moved first when a guide's members are handed over. */
  made: number;
  /** Null: bound to nobody. */
  guide: number | null;
  store: number | null;
  isChoice: boolean;
  /** Position of the row with which this unbroken relation began. */
  relation: number;
  since: number;
  startsAt: number;
  protectedUntil: number;
  validUntil: number;
}

export interface Touch {
  guide: number | null;
  at: number;
  /** As the link was when it was opened. */
  link: 'live' | 'revoked' | 'forged';
  isOwn: boolean;
}

export interface GuideState {
  store: number;
  tier: Tier;
  status: 'active' | 'suspended' | 'left';
  registeredAt: number;
  hasRevoked: boolean;
}

export interface Person {
  joined: boolean;
  guide: GuideState | null;
  bindings: BindingRow[];
  touches: Touch[];
  firstPaid: number | null;
}

export interface Coupon {
  campaign: number;
  source: number;
  person: number;
  guide: number | null;
  startsAt: number;
  expiresAt: number;
  state: 'issued' | 'locked' | 'redeemed' | 'void';
  voidWhenFree: boolean;
}

/** What one payee earns on one line. Everything else about it is worked out when it is asked for. */
export interface Entry {
  payee: string;
  guide: number | null;
  baseFen: number;
  bps: number;
  /** Chargeable refunds so far. */
  chargedFen: number;
  released: boolean;
  tail: Tail;
}

/** R4.6: the part that vests later. */
export interface Tail {
  bps: number;
  vesting: 'days' | 'second_order';
  state: 'waiting' | 'vested' | 'released' | 'lapsed';
}

export interface OrderLine {
  sku: number;
  goodsFen: number;
  baseFen: number;
  takenFen: number;
  guide: number | null;
  store: number | null;
  /** Null: no rule covers it. */
  guideBps: number | null;
  storeBps: number | null;
  entries: Entry[];
}

export type Branch = 'a' | 'b' | 'c' | 'd' | 'e' | 'f';

/** Why a candidate does not win: what R3.3 excludes, and what a better candidate takes from her. */
export type Reason =
  | 'self_purchase'
  | 'buyer_is_guide'
  | 'guide_left'
  | 'guide_suspended'
  | 'binding_expired'
  | 'link_revoked'
  | 'link_unknown'
  | 'touch_outside_window'
  | 'other_store'
  | 'older_touch'
  | 'outranked';

/** A candidate that did not win, and every reason that is true of it. */
export interface Lost {
  kind: 'binding' | 'touch' | 'coupon';
  guide: number | null;
  reasons: Reason[];
}

export interface Decision {
  branch: Branch;
  guide: number | null;
  store: number | null;
  /** The row of the buyer's history that won; null: none did. */
  binding: number | null;
  payees: { guide: number | null; store: number | null }[];
  lost: Lost[];
}

/** A paid order that belongs to a relation: it holds the protection until it ends. */
export interface Hold {
  relation: number;
  orderedAt: number;
  paidAt: number;
  endedAt: number | null;
}

export interface Order {
  label: number;
  person: number;
  createdAt: number;
  state: 'created' | 'cancelled' | 'paid' | 'shipped' | 'received' | 'completed';
  lines: OrderLine[];
  freightFen: number;
  totalFen: number;
  takenFen: number;
  takenFreightFen: number;
  /** What refunds that arrived gave back. */
  backFen: number;
  decision: Decision;
  coupon: Coupon | null;
  hold: Hold | null;
  paidAt: number | null;
  dueAt: number;
  receivedAt: number | null;
  availableAt: number;
  finalAt: number;
  tailDueAt: number;
  wasFullyRefunded: boolean;
}

export interface Refund {
  order: number;
  lines: { line: number; amountFen: number }[];
  freightFen: number;
  goodwill: boolean;
  requestedAt: number;
  state: 'open' | 'arrived' | 'failed';
}

export interface Rate {
  label: number;
  product: ProductScope;
  seller: SellerScope;
  guideBps: number;
  storeBps: number;
  from: number;
  /** Of a campaign: the first instant at which it holds no more; null: a base version. */
  to: number | null;
  /** From here on it does not hold, whatever it says itself; null: nobody has stopped it. */
  stoppedAt: number | null;
  /** From here on its scope has no base rate. */
  isEnd: boolean;
}

export interface Payout {
  guide: number;
  amountFen: number;
  /** The business day of the request, which has a limit. */
  day: number;
  state: 'requested' | 'approved' | 'rejected' | 'withdrawn';
  /** `isAskedBack`: it was sent before its payout was taken back, and the provider was asked to return it. */
  parts: { amountFen: number; state: 'created' | 'open' | 'succeeded' | 'failed'; isAskedBack: boolean }[];
}

export interface State {
  now: number;
  people: Person[];
  orders: Map<number, Order>;
  refunds: Map<number, Refund>;
  payouts: Map<number, Payout>;
  coupons: Coupon[];
  rates: Rate[];
  distribution: Versions<DistributionSettings>;
  orderSettings: Versions<OrderSettings>;
  bindingsMade: number;
}

/** R3.4: complete versions, each with the instant from which it holds. */
export type Versions<V> = { from: number; values: Partial<V> }[];

/** The brackets of the rules. */
const DISTRIBUTION: DistributionSettings = {
  touchWindowDays: 7,
  bindingValidDays: 90,
  bindingProtectionDays: 15,
  commissionFreezeDays: 7,
  commissionFinalDays: 60,
  selfPurchase: 'pays_nobody',
  franchiseTakeover: 'after_protection',
  guideChangeDays: 30,
  tailBps: 0,
  tailVesting: 'days',
  tailDays: 30,
};
const ORDERS: OrderSettings = { afterSaleDays: 7, autoReceiveDays: 10 };

export function newState(): State {
  const people = Array.from({ length: PEOPLE }, (_, index): Person => {
    const first = FIRST_GUIDES[index];
    const guide: GuideState | null =
      first === undefined ? null : { ...first, status: 'active', registeredAt: BEGINNING, hasRevoked: false };
    return { joined: guide !== null, guide, bindings: [], touches: [], firstPaid: null };
  });
  const rates = FIRST_RATES.map(({ tier, guideBps, storeBps }, label): Rate => {
    const seller: SellerScope = tier === null ? { kind: 'any', id: 0 } : { kind: 'tier', id: TIERS.indexOf(tier) };
    const always = { from: BEGINNING, to: null, stoppedAt: null, isEnd: false };
    return { label, product: { kind: 'any', id: 0 }, seller, guideBps, storeBps, ...always };
  });
  return {
    now: BEGINNING,
    people,
    orders: new Map(),
    refunds: new Map(),
    payouts: new Map(),
    coupons: [],
    rates,
    distribution: [],
    orderSettings: [],
    bindingsMade: 0,
  };
}

export function personOf(state: State, index: number): Person {
  const person = state.people[index];
  if (person === undefined) throw new RangeError(`there is no person ${index}`);
  return person;
}

/** What was in force at `at` (R3.4): the defaults, and over them every change that has taken effect, in that order. */
function inForce<V>(versions: Versions<V>, at: number, fallback: V): V {
  const begun = versions.filter(({ from }) => from <= at).sort((a, b) => a.from - b.from);
  return Object.assign({}, fallback, ...begun.map(({ values }) => values)) as V;
}

export function settingsAt(state: State, at: number): DistributionSettings {
  return inForce(state.distribution, at, DISTRIBUTION);
}

export function orderSettingsAt(state: State, at: number): OrderSettings {
  return inForce(state.orderSettings, at, ORDERS);
}
