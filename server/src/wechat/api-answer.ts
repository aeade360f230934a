import { callOutside, type OutsideRequest } from './call-outside.js';
import { type JsonObject, parseJsonObject, textOf } from './json-object.js';
import { type Refused, type Unknown, unknown } from './outcome.js';

/** api.weixin.qq.com answers 200 to everything: data, an image, or an errcode. */
export type ApiAnswer =
  | { readonly outcome: 'json'; readonly json: JsonObject }
  | { readonly outcome: 'image'; readonly image: Buffer }
  | { readonly outcome: 'errcode'; readonly errcode: number; readonly message: string }
  | Unknown;

/** -1 busy; 45009, 44993 daily quota; 45011, 44991 minute quota; 44990 too many a second: wait and ask again. */
const BUSY_ERRCODES = new Set([-1, 45009, 44993, 45011, 44991, 44990]);

export async function callApi(request: OutsideRequest): Promise<ApiAnswer> {
  const answer = await callOutside(request);
  if (answer.outcome === 'unknown') return answer;
  if (answer.status !== 200) return unknown('malformed', `HTTP ${answer.status}`);
  // Success of the code interface is an image and failure is JSON, both with status 200: only the type tells.
  if (answer.headers.get('content-type')?.startsWith('image/')) return { outcome: 'image', image: answer.body };
  const json = parseJsonObject(answer.body.toString('utf8'));
  if (json === null) return unknown('malformed', 'the answer is no JSON object');
  const errcode = json.errcode ?? 0;
  if (typeof errcode !== 'number') return unknown('malformed', 'errcode is no number');
  if (errcode === 0) return { outcome: 'json', json };
  const message = textOf(json.errmsg) ?? '';
  return BUSY_ERRCODES.has(errcode)
    ? unknown('busy', `${errcode} ${message}`, errcode)
    : { outcome: 'errcode', errcode, message };
}

/** The refusal for an errcode; one that `reasons` does not list is a fault in our settings or in our code. */
export function refusalFor<Reason extends string>(
  answer: { errcode: number; message: string },
  reasons: Readonly<Record<number, Reason>>,
): Refused<Reason | 'misconfigured'> {
  const { errcode, message } = answer;
  return { outcome: 'refused', reason: reasons[errcode] ?? 'misconfigured', code: String(errcode), message };
}
