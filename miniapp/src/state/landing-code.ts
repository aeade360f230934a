/** R2.2: the phone reports only the short code that it was opened with. */
import { plain } from '../routes';

/** Eight characters of a guide's link, seven of a code that HQ printed. */
const CODE = /^[0-9A-Za-z]{7,8}$/;

/**
 * The share code of an address: `s` of a card or link, or `scene` of a mini-program code (URL-encoded by WeChat; the
 * code alone, or `s=CODE`). Null when there is none; a forged code is the server's to judge, nonsense is dropped here.
 */
export function shareCodeOf(query: Readonly<Record<string, string | undefined>>): string | null {
  const scene = plain(query.scene)?.replace(/^s=/, '');
  for (const candidate of [query.s, scene]) {
    if (candidate !== undefined && CODE.test(candidate)) return candidate;
  }
  return null;
}
