import { constants, publicEncrypt } from 'node:crypto';
import type { Fen } from '@mall/shared/money';
import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from './json-object.js';
import { done, type Outcome, type Refused, unknown } from './outcome.js';
import { WechatPayKeys } from './pay-keys.js';
import { WechatPayTransport } from './pay-transport.js';
import { nameRuleOf, readTransfer, type WechatTransfer } from './transfer-records.js';
import { type TransferAgreement, WECHAT_CONFIG, type WechatConfig } from './wechat-config.js';

const BILLS = '/v3/fund-app/mch-transfer/transfer-bills';
const BILL_NO = /^[0-9A-Za-z]{1,32}$/;
const SMALLEST_FEN = 10;

/** Repeat with exactly the same values: WeChat refuses a number that comes back with other data. */
export interface TransferRequest {
  /** 1–32 letters and digits. */
  readonly outBillNo: string;
  /** Of this mini-program. */
  readonly openid: string;
  /** 10 fen at least. */
  readonly amountFen: Fen;
  /** Her real name: from ¥2,000 it must be there, under ¥0.30 it must not. */
  readonly realName: string | null;
}

/**
 * `invalid`: this request can never succeed as it is. `later`: nothing is wrong with it, but WeChat would not take it
 * now (quota, frequency, rights of the merchant, keys): repeat it unchanged. After either, ask by query first: an
 * earlier try may have arrived.
 */
export type TransferRefusal = 'not_found' | 'invalid' | 'later';

const FINAL_CODES = new Set(['PARAM_ERROR', 'INVALID_REQUEST']);
/** What a query of an unknown number is answered with. */
const NOT_FOUND_CODES = new Set(['NOT_FOUND', 'RESOURCE_NOT_EXISTS', 'ORDER_NOT_EXIST']);

/** 商家转账 of Pay v3: one merchant pays single persons, who confirm it in WeChat. */
@Injectable()
export class WechatTransferClient {
  constructor(
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
    private readonly keys: WechatPayKeys,
    private readonly transport: WechatPayTransport,
  ) {}

  /** Null: this merchant makes no transfers. */
  get agreement(): TransferAgreement | null {
    return this.config.transfers ?? null;
  }

  /** Submits, or finds what was submitted under this number before. */
  async submit(request: TransferRequest): Promise<Outcome<WechatTransfer, TransferRefusal>> {
    const { agreement } = this;
    if (agreement === null) return refused('later', 'SWITCHED_OFF', 'merchant transfers are switched off');
    const fault = faultOf(request);
    if (fault !== null) return refused('invalid', 'PARAM_ERROR', fault);
    const { outBillNo, openid, amountFen, realName } = request;
    const sent = await this.transport.send('POST', BILLS, {
      appid: this.config.appId,
      out_bill_no: outBillNo,
      transfer_scene_id: agreement.sceneId,
      openid,
      ...(realName === null ? {} : { user_name: this.encrypt(realName) }),
      transfer_amount: amountFen,
      transfer_remark: agreement.remark,
      notify_url: this.config.notifyUrl,
      transfer_scene_report_infos: [
        { info_type: '岗位类型', info_content: agreement.jobTitle },
        { info_type: '报酬说明', info_content: agreement.rewardReason },
      ],
    });
    return this.read(sent, outBillNo);
  }

  /** How the transfer stands; WeChat keeps it for 30 days. `not_found` also right after a submission that never arrived. */
  async query(outBillNo: string): Promise<Outcome<WechatTransfer, TransferRefusal>> {
    return this.read(await this.transport.send('GET', `${BILLS}/out-bill-no/${outBillNo}`, null), outBillNo);
  }

  /** Asks to take it back before the payee confirms. CANCELING is the usual answer; only a query tells how it ended. */
  async cancel(outBillNo: string): Promise<Outcome<WechatTransfer, TransferRefusal>> {
    return this.read(await this.transport.send('POST', `${BILLS}/out-bill-no/${outBillNo}/cancel`, null), outBillNo);
  }

  /** With the key that the request's Wechatpay-Serial names. */
  private encrypt(text: string): string {
    const key = this.keys.platform.get(this.keys.platformSerial);
    if (key === undefined) throw new Error(`no key of WeChat is kept under ${this.keys.platformSerial}`);
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    return publicEncrypt({ key, padding, oaepHash: 'sha1' }, Buffer.from(text, 'utf8')).toString('base64');
  }

  private read(sent: Outcome<JsonObject, string>, outBillNo: string): Outcome<WechatTransfer, TransferRefusal> {
    if (sent.outcome === 'unknown') return sent;
    if (sent.outcome === 'refused') return { ...sent, reason: reasonOf(sent.code) };
    const transfer = readTransfer(sent.value);
    const { mchId, appId } = this.config;
    const { mch_id, mchid = mch_id, appid } = sent.value;
    const isOurs = (mchid === undefined || mchid === mchId) && (appid === undefined || appid === appId);
    return transfer?.outBillNo === outBillNo && isOurs
      ? done(transfer)
      : unknown('malformed', 'not the transfer that was asked for');
  }
}

function reasonOf(code: string): TransferRefusal {
  if (NOT_FOUND_CODES.has(code)) return 'not_found';
  return FINAL_CODES.has(code) ? 'invalid' : 'later';
}

function refused(reason: TransferRefusal, code: string, message: string): Refused<TransferRefusal> {
  return { outcome: 'refused', reason, code, message };
}

/** What WeChat would refuse is not sent. */
function faultOf({ outBillNo, openid, amountFen, realName }: TransferRequest): string | null {
  if (!BILL_NO.test(outBillNo)) return 'out_bill_no must be 1 to 32 letters and digits';
  if (openid === '') return 'openid is empty';
  if (amountFen < SMALLEST_FEN) return `transfer_amount is under ${SMALLEST_FEN} fen`;
  const rule = nameRuleOf(amountFen);
  if (rule === 'required' && realName === null) return 'user_name is required from 2,000 yuan';
  if (rule === 'forbidden' && realName !== null) return 'user_name is not allowed under 0.30 yuan';
  return null;
}
