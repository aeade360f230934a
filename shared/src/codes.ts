/** Codes that HQ prints, and links that open the mini-program from outside (R2.2, R3.2). */
import type { GuideStatus } from './guides.js';

/** `channel`: printed once, its target and guides can change. `store`: hangs in a store. `pack`: lies in a parcel. */
export const ChannelCodeKind = { Channel: 'channel', Store: 'store', Pack: 'pack' } as const;
export type ChannelCodeKind = (typeof ChannelCodeKind)[keyof typeof ChannelCodeKind];

export const CodeTargetKind = { Home: 'home', Product: 'product', Brand: 'brand', Join: 'join' } as const;
export type CodeTargetKind = (typeof CodeTargetKind)[keyof typeof CodeTargetKind];

/** What a code opens. The id is that of the product or brand; null for the others. */
export interface CodeTarget {
  kind: CodeTargetKind;
  id: string | null;
}

/** A guide to whom visitors of a code are given, in proportion to the weights. */
export interface ChannelGuideInput {
  guideId: string;
  /** 1 to 100. */
  weight: number;
}

/** POST /api/hq/channel-codes */
export interface ChannelCodeInput {
  kind: ChannelCodeKind;
  /** Where it hangs or lies, for HQ's own list. */
  label: string;
  /** Required for a store's code; of others it says whose shelf or parcel it is. */
  storeId: string | null;
  target: CodeTarget;
  /** None: the visit is HQ's or the store's. */
  guides: ChannelGuideInput[];
}

/** PUT /api/hq/channel-codes/{id}: a new target, label or list of guides; the print stays as it is. */
export interface ChannelCodeChange extends Pick<ChannelCodeInput, 'label' | 'target' | 'guides'> {
  /** As read; another one by now answers 409 `revision-conflict`. */
  revision: number;
  reason: string;
}

export interface ChannelGuide extends ChannelGuideInput {
  name: string;
  storeName: string;
  status: GuideStatus;
  /** Visitors who meet her behind this code now. */
  assigned: number;
}

export interface ChannelCode extends Omit<ChannelCodeInput, 'guides'> {
  id: string;
  /** Seven characters. */
  code: string;
  revision: number;
  storeName: string | null;
  /** Title of the product or name of the brand; null for other targets, and when it is gone. */
  targetName: string | null;
  guides: ChannelGuide[];
  createdAt: number;
  revokedAt: number | null;
}

/** GET /api/hq/channel-codes/{id}/opens — arrivals through a code in [from, to), business clock. */
export interface ChannelOpens {
  opens: number;
  visitors: number;
  /** Asia/Shanghai, oldest first; days without an open are left out. */
  byDay: { day: string; opens: number }[];
  /** WeChat's scene values: 1047 scanned, 1048 long-pressed, 1049 from the album. */
  byScene: { scene: number; opens: number }[];
  /** Null: nobody's, the visit was HQ's or the store's. */
  byGuide: { guideId: string | null; opens: number; visitors: number }[];
}

/** POST /api/guide/share-links/{code}/url-link, POST /api/hq/channel-codes/{id}/url-link */
export interface UrlLinkInput {
  /** 1 to 30; 30 when absent. */
  days?: number;
}

export interface UrlLink {
  url: string;
  expiresAt: number;
}
