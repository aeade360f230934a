import type { Errcode } from '../api-errors.js';
import { isObject, type JsonObject } from '../json-body.js';
import { isEnvironment, isPage } from './code-image-route.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const MOST_DAYS = 30;
const LONGEST_QUERY = 1024;
/** Those of a code's scene, and `%`: a query may hold encoded text. */
const QUERY = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~%]*$/;

export interface LinkTarget {
  /** Without leading slash; null opens home. */
  readonly page: string | null;
  readonly query: string;
}

/** Where a link leads. A path has no query of its own; an empty one is home. */
export function readTarget(
  { path = '', query = '', env_version: environment }: JsonObject,
  releasedPages: readonly string[] | null,
): LinkTarget | Errcode {
  if (typeof path !== 'string') return 40165;
  const page = path === '' ? null : path.replace(/^\//, '');
  if (page !== null && !isPage(page)) return 40165;
  if (page !== null && releasedPages !== null && !releasedPages.includes(page)) return 40165;
  if (typeof query !== 'string' || query.length > LONGEST_QUERY || !QUERY.test(query)) return 40212;
  return isEnvironment(environment) ? { page, query } : 85402;
}

/** When a link ends, in epoch milliseconds: by a moment (type 0) or after whole days (type 1), at most 30 days ahead. */
export function readExpiry(body: JsonObject, now: number): { expiresAt: number } | Errcode {
  const { expire_type: type = 0, expire_time: time, expire_interval: days } = body;
  if (type === 1) {
    if (!Number.isInteger(days) || Number(days) < 1 || Number(days) > MOST_DAYS) return 85401;
    return { expiresAt: now + Number(days) * DAY_MS };
  }
  if (type !== 0 || !Number.isInteger(time)) return 85401;
  const expiresAt = Number(time) * 1000;
  // More than a minute ahead, or it would be over before anybody opened it.
  return expiresAt > now + MINUTE_MS && expiresAt <= now + MOST_DAYS * DAY_MS ? { expiresAt } : 85401;
}

/** A scheme that is not said to expire lasts as long as any: none is for ever since the limit of 30 days. */
export function readSchemeExpiry(body: JsonObject, now: number): { expiresAt: number } | Errcode {
  const { is_expire: isExpire } = body;
  if (isExpire !== undefined && typeof isExpire !== 'boolean') return 85401;
  const says = body.expire_type !== undefined || body.expire_time !== undefined || body.expire_interval !== undefined;
  return isExpire === true || says ? readExpiry(body, now) : { expiresAt: now + MOST_DAYS * DAY_MS };
}

/** The target of a scheme is an object of its own; without one it opens home. */
export function targetOfScheme({ jump_wxa: jump = {} }: JsonObject): JsonObject | Errcode {
  return isObject(jump) ? jump : 47001;
}
