import type {
  AttributionEvidence,
  BindingFact,
  GuideFact,
  StatusFact,
  TouchFact,
} from './domain/attribution-evidence.js';

/** Facts for tests of decisions. Times are whole days after the epoch unless said otherwise. */
export const DAY = 86_400_000;
/** When orders are created. */
export const ORDERED_AT = 100 * DAY;

export const guide = (id: string, status: StatusFact['status'] = 'active', storeId = `store_${id}`): GuideFact => ({
  id,
  name: `导购${id}`,
  storeId,
  storeName: `门店${storeId}`,
  statusChanges: [{ status: 'active', at: 1 }, ...(status === 'active' ? [] : [{ status, at: 2 }])],
});

export const binding = (guideId: string, since: number, protectedDays = 15, validDays = 90): BindingFact => ({
  id: `bnd_${guideId}`,
  guideId,
  storeId: `store_${guideId}`,
  relationSince: since,
  window: { startsAt: since, protectedUntil: since + protectedDays * DAY, validUntil: since + validDays * DAY },
  earlier: [],
  orders: [],
});

export const touch = (
  id: string,
  guideId: string | null,
  at: number,
  validity: TouchFact['validity'] = 'valid',
): TouchFact => ({ id, guideId, at, validity });

/** A buyer who is a guide since `registeredAt`. */
export const buyer = (id: string, registeredAt: number): AttributionEvidence['buyerGuide'] => ({
  id,
  registeredAt,
  statusChanges: [{ status: 'active', at: registeredAt }],
});

export const SETTINGS: AttributionEvidence['settings'] = {
  versionId: 'default',
  touchWindowDays: 7,
  selfPurchase: 'pays_nobody',
  franchiseTakeover: 'after_protection',
};

export const evidence = (over: Partial<AttributionEvidence> = {}): AttributionEvidence => ({
  version: 2,
  orderedAt: ORDERED_AT,
  lineCount: 2,
  buyerGuide: null,
  binding: null,
  homeStore: null,
  touches: [],
  coupons: [],
  guides: [guide('A'), guide('B'), guide('C')],
  settings: SETTINGS,
  ...over,
});
