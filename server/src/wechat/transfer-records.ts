import { type Fen, fen } from '@mall/shared/money';
import { type JsonObject, textOf } from './json-object.js';

const STATES = [
  'ACCEPTED',
  'PROCESSING',
  'WAIT_USER_CONFIRM',
  'TRANSFERING',
  'SUCCESS',
  'FAIL',
  'CANCELING',
  'CANCELLED',
] as const;

/**
 * ACCEPTED, PROCESSING: the merchant's money is being locked, which an empty account holds up. WAIT_USER_CONFIRM: the
 * payee has 24 hours. SUCCESS, FAIL and CANCELLED are ends; nothing else is.
 */
export type WechatTransferState = (typeof STATES)[number];

/** A merchant transfer as WeChat knows it. What an answer leaves out is null. */
export interface WechatTransfer {
  readonly outBillNo: string;
  readonly transferBillNo: string;
  readonly state: WechatTransferState;
  readonly amountFen: Fen | null;
  readonly openid: string | null;
  /** WeChat's code, e.g. `OVERDUE_CLOSE`. */
  readonly failReason: string | null;
  /** For `wx.requestMerchantTransfer`, while the payee's confirmation is waited for. */
  readonly packageInfo: string | null;
}

/** Null when the object is no transfer. */
export function readTransfer(json: JsonObject): WechatTransfer | null {
  const outBillNo = textOf(json.out_bill_no);
  const transferBillNo = textOf(json.transfer_bill_no);
  const state = STATES.find((one) => one === json.state);
  if (!outBillNo || !transferBillNo || !state) return null;
  const amount = json.transfer_amount;
  return {
    outBillNo,
    transferBillNo,
    state,
    amountFen: typeof amount === 'number' && Number.isSafeInteger(amount) && amount >= 0 ? fen(amount) : null,
    openid: textOf(json.openid) || null,
    failReason: textOf(json.fail_reason) || null,
    packageInfo: textOf(json.package_info) || null,
  };
}

export type NameRule = 'required' | 'optional' | 'forbidden';

const NAME_FROM_FEN = 200_000;
const NO_NAME_UNDER_FEN = 30;

/** Whether WeChat wants the payee's real name with a transfer of so much. */
export function nameRuleOf(amountFen: Fen): NameRule {
  if (amountFen >= NAME_FROM_FEN) return 'required';
  return amountFen < NO_NAME_UNDER_FEN ? 'forbidden' : 'optional';
}
