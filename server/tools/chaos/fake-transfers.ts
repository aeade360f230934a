/** Merchant transfers (商家转账) of the fake WeChat: its own truth, by which the oracle judges the mall. */
import { constants, privateDecrypt } from 'node:crypto';
import { type FakeAnswer, type FakeRequest, type FakeWechat, refuse } from './fake-wechat.js';

export const FAIL_REASONS = [
  'ACCOUNT_FROZEN',
  'NAME_NOT_CORRECT',
  'REAL_NAME_CHECK_FAIL',
  'PAYEE_ACCOUNT_ABNORMAL',
  'PAYER_ACCOUNT_ABNORMAL',
  'TRANSFER_RISK',
  'DAY_RECEIVED_QUOTA_EXCEED',
] as const;
export type TransferFate = 'SUCCESS' | (typeof FAIL_REASONS)[number];

export interface FakeTransfer {
  outBillNo: string;
  billNo: string;
  openid: string;
  amountFen: number;
  name: string | null;
  state:
    | 'ACCEPTED'
    | 'PROCESSING'
    | 'WAIT_USER_CONFIRM'
    | 'TRANSFERING'
    | 'SUCCESS'
    | 'FAIL'
    | 'CANCELING'
    | 'CANCELLED';
  failReason: string | null;
  fate: TransferFate;
  createdAt: number;
  /** Since when she may confirm. */
  waitsSince: number | null;
  packageInfo: string;
}

/** What the next query's answer says otherwise than it is, under a good signature. */
export type Lie = 'amount' | 'payee' | 'merchant' | 'bill';
/** How the next new number is refused: for good, or for now. */
export type Refusal = 'PARAM_ERROR' | 'NO_AUTH' | 'FREQUENCY_LIMITED';

const BILLS = '/v3/fund-app/mch-transfer/transfer-bills';
const CONFIRM_MS = 24 * 3_600_000;
const ENDS: readonly FakeTransfer['state'][] = ['SUCCESS', 'FAIL', 'CANCELLED'];
const CAN_RETURN: readonly FakeTransfer['state'][] = ['ACCEPTED', 'PROCESSING', 'WAIT_USER_CONFIRM'];

export class FakeTransfers {
  /** By out_bill_no. */
  readonly bills = new Map<string, FakeTransfer>();
  /** What a mall that is right never does, whatever the end. */
  readonly contradictions: string[] = [];
  /** False: what is submitted stays PROCESSING. */
  hasBalance = true;
  /** True: what is submitted is ACCEPTED first, and its money is locked by `work`. */
  isSlow = false;
  refusal: Refusal | null = null;
  lie: Lie | null = null;
  /** The bills whose query was answered with a lie that was told while it could be noticed. */
  readonly lies: { outBillNo: string; lie: Lie }[] = [];
  /** Refused for good: WeChat says the same at every try. */
  private readonly refused = new Set<string>();

  constructor(
    private readonly wechat: FakeWechat,
    private readonly clock: { readonly now: number },
  ) {
    wechat.on('POST', new RegExp(BILLS), (request) => this.submit(request));
    wechat.on('GET', new RegExp(`${BILLS}/out-bill-no/([^/]+)`), (_, [, no]) => this.query(no));
    wechat.on('POST', new RegExp(`${BILLS}/out-bill-no/([^/]+)/cancel`), (_, [, no]) => this.cancel(no));
  }

  forget(): void {
    this.bills.clear();
    this.contradictions.length = 0;
    this.lies.length = 0;
    this.refused.clear();
    this.calm();
  }

  /** Nothing is out of the ordinary any more. */
  calm(): void {
    this.hasBalance = true;
    this.isSlow = false;
    this.refusal = null;
    this.lie = null;
  }

  isEnded(bill: FakeTransfer): boolean {
    return ENDS.includes(bill.state);
  }

  /** She confirms on WeChat's page. False when there is nothing to confirm any more. */
  confirm(bill: FakeTransfer, fate: TransferFate): boolean {
    if (bill.state !== 'WAIT_USER_CONFIRM' || this.isOverdue(bill)) return false;
    bill.state = 'TRANSFERING';
    bill.fate = fate;
    return true;
  }

  /** WeChat does its work: money is locked, sent, given back. Overdue bills are closed only when `closes`. */
  work({ closes }: { closes: boolean }): void {
    for (const bill of this.bills.values()) {
      if (bill.state === 'ACCEPTED') bill.state = 'PROCESSING';
      else if (bill.state === 'TRANSFERING') this.end(bill, bill.fate === 'SUCCESS' ? 'SUCCESS' : 'FAIL', bill.fate);
      else if (bill.state === 'CANCELING') this.end(bill, 'CANCELLED', null);
      else if (closes && this.isOverdue(bill)) this.end(bill, 'FAIL', 'OVERDUE_CLOSE');
      if (bill.state === 'PROCESSING' && this.hasBalance) this.wait(bill);
    }
  }

  private isOverdue({ state, waitsSince }: FakeTransfer): boolean {
    return state === 'WAIT_USER_CONFIRM' && this.clock.now >= (waitsSince ?? 0) + CONFIRM_MS;
  }

  private wait(bill: FakeTransfer): void {
    bill.state = 'WAIT_USER_CONFIRM';
    bill.waitsSince = this.clock.now;
  }

  private end(bill: FakeTransfer, state: 'SUCCESS' | 'FAIL' | 'CANCELLED', reason: string | null): void {
    bill.state = state;
    bill.failReason = state === 'FAIL' ? reason : null;
    this.wechat.notify({
      eventType: 'MCHTRANSFER.BILL.FINISHED',
      originalType: 'mch_payment',
      resource: { ...this.json(bill), mch_id: this.wechat.mchId },
      about: bill.outBillNo,
    });
  }

  private submit({ json }: FakeRequest): FakeAnswer {
    const outBillNo = String(json.out_bill_no);
    const amountFen = Number(json.transfer_amount);
    const openid = String(json.openid);
    const name = typeof json.user_name === 'string' ? this.open(json.user_name) : null;
    const fault = this.faultOf(json, amountFen, name);
    if (fault !== null) {
      this.contradictions.push(`transfer ${outBillNo}: ${fault}`);
      return refuse(400, 'PARAM_ERROR', fault);
    }
    const known = this.bills.get(outBillNo);
    if (known !== undefined) {
      if (known.amountFen === amountFen && known.openid === openid && known.name === name) {
        return { status: 200, json: this.json(known) };
      }
      this.contradictions.push(`transfer ${outBillNo} was repeated with other data`);
      return refuse(400, 'INVALID_REQUEST');
    }
    if (this.refused.has(outBillNo)) return refuse(400, 'PARAM_ERROR');
    const refusal = this.refusal;
    this.refusal = null;
    if (refusal === 'PARAM_ERROR') this.refused.add(outBillNo);
    if (refusal !== null) return refuse({ PARAM_ERROR: 400, NO_AUTH: 403, FREQUENCY_LIMITED: 429 }[refusal], refusal);
    const bill: FakeTransfer = {
      outBillNo,
      billNo: this.wechat.number('13300'),
      openid,
      amountFen,
      name,
      state: this.isSlow ? 'ACCEPTED' : 'PROCESSING',
      failReason: null,
      fate: 'SUCCESS',
      createdAt: this.clock.now,
      waitsSince: null,
      packageInfo: this.wechat.number('package-'),
    };
    if (bill.state === 'PROCESSING' && this.hasBalance) this.wait(bill);
    this.bills.set(outBillNo, bill);
    return { status: 200, json: this.json(bill) };
  }

  /** §6: the rules that refuse a request whoever it is for. */
  private faultOf(json: Record<string, unknown>, amountFen: number, name: string | null): string | null {
    if (json.appid !== this.wechat.appId || json.transfer_scene_id !== '1005') return 'not our app or scene';
    if (!Number.isSafeInteger(amountFen) || amountFen < 10) return `an amount of ${json.transfer_amount}`;
    if (amountFen >= 200_000 && name === null) return 'no name with 2,000 yuan and more';
    if (amountFen < 30 && name !== null) return 'a name under 0.30 yuan';
    const infos = (json.transfer_scene_report_infos ?? []) as { info_type: string }[];
    const types = infos.map(({ info_type }) => info_type);
    return types.join() === '岗位类型,报酬说明' ? null : `report infos ${types.join()}`;
  }

  private query(outBillNo = ''): FakeAnswer {
    const bill = this.bills.get(outBillNo);
    if (bill === undefined) return refuse(404, 'NOT_FOUND');
    const { lie } = this;
    this.lie = null;
    if (lie === null) return { status: 200, json: { ...this.json(bill), mch_id: this.wechat.mchId } };
    this.lies.push({ outBillNo, lie });
    return { status: 200, json: { ...this.json(bill), mch_id: this.wechat.mchId, ...this.untruth(bill, lie) } };
  }

  /** Always the best that could be: whoever believes it pays out. */
  private untruth({ amountFen }: FakeTransfer, lie: Lie): Record<string, unknown> {
    if (lie === 'amount') return { state: 'SUCCESS', transfer_amount: amountFen + 1 };
    if (lie === 'payee') return { state: 'SUCCESS', openid: 'somebody-else' };
    if (lie === 'merchant') return { state: 'SUCCESS', mch_id: `${this.wechat.mchId}1` };
    return { state: 'SUCCESS', out_bill_no: '01NEVERHEARDOF' };
  }

  private cancel(outBillNo = ''): FakeAnswer {
    const bill = this.bills.get(outBillNo);
    if (bill === undefined) return refuse(404, 'NOT_FOUND');
    if (CAN_RETURN.includes(bill.state) && !this.isOverdue(bill)) bill.state = 'CANCELING';
    else if (bill.state !== 'CANCELING') return refuse(400, 'INVALID_REQUEST');
    const { out_bill_no, transfer_bill_no, state } = this.json(bill);
    return { status: 200, json: { out_bill_no, transfer_bill_no, state } };
  }

  private open(sealed: string): string {
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const key = this.wechat.platformPrivateKey;
    return privateDecrypt({ key, padding, oaepHash: 'sha1' }, Buffer.from(sealed, 'base64')).toString('utf8');
  }

  private json(bill: FakeTransfer): Record<string, unknown> {
    return {
      out_bill_no: bill.outBillNo,
      transfer_bill_no: bill.billNo,
      state: bill.state,
      transfer_amount: bill.amountFen,
      openid: bill.openid,
      ...(bill.failReason === null ? {} : { fail_reason: bill.failReason }),
      ...(bill.state === 'WAIT_USER_CONFIRM' ? { package_info: bill.packageInfo } : {}),
    };
  }
}
