import { constants, privateDecrypt } from 'node:crypto';
import { isObject, type JsonObject } from './json-body.js';
import { isNotifyUrl, isPositiveFen } from './order-rules.js';
import { invalidRequest, type PayRefusal, paramError } from './pay-errors.js';

/** What the platform allows a merchant. The defaults are those of a company. */
export interface TransferLimits {
  minFen: number;
  perTransferFen: number;
  perUserDayFen: number;
  perMerchantDayFen: number;
  perMerchantMonthFen: number;
  perSecond: number;
}

export const COMPANY_LIMITS: TransferLimits = {
  minFen: 10,
  perTransferFen: 20_000,
  perUserDayFen: 200_000,
  perMerchantDayFen: 5_000_000,
  perMerchantMonthFen: 3_000_000_000,
  perSecond: 100,
};

/** From ¥2,000 the payee's name must be told; under ¥0.30 it must not. */
const NAME_REQUIRED_FROM_FEN = 200_000;
const NAME_FORBIDDEN_UNDER_FEN = 30;

/** What has to be reported for a scene, word for word, in any order. */
const REPORTS: Readonly<Record<string, readonly string[]>> = { '1005': ['岗位类型', '报酬说明'] };

/** A transfer request that passed every rule about its shape. */
export interface TransferRequest {
  readonly openid: string;
  readonly outBillNo: string;
  readonly sceneId: string;
  readonly amountFen: number;
  readonly remark: string;
  /** Decrypted. Null when the request told none. */
  readonly userName: string | null;
  readonly notifyUrl: string | null;
}

function isText(value: unknown, min: number, max: number): value is string {
  return typeof value === 'string' && value.length >= min && [...value].length <= max;
}

function refuseReports(sceneId: string, infos: unknown): PayRefusal | null {
  const wanted = REPORTS[sceneId];
  if (!Array.isArray(infos)) return paramError('transfer_scene_report_infos 必填');
  const isReport = (info: unknown): info is { info_type: string } =>
    isObject(info) && isText(info.info_type, 1, 15) && isText(info.info_content, 1, 32);
  if (!infos.every(isReport)) return paramError('transfer_scene_report_infos 的 info_type 或 info_content 有误');
  const types = infos.map(({ info_type: type }) => type).sort();
  if (wanted && types.join() !== [...wanted].sort().join()) {
    return paramError(`转账场景 ${sceneId} 须报备且仅报备：${wanted.join('、')}`);
  }
  return null;
}

/** RSA-OAEP with SHA-1, under the platform's public key. Null when it does not open. */
export function openSealed(sealed: string, privateKeyPem: string): string | null {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  try {
    return privateDecrypt({ key: privateKeyPem, padding, oaepHash: 'sha1' }, Buffer.from(sealed, 'base64')).toString();
  } catch {
    return null;
  }
}

function readName(sealed: unknown, amountFen: number, privateKeyPem: string | null): string | null | PayRefusal {
  if (sealed === undefined) {
    return amountFen >= NAME_REQUIRED_FROM_FEN ? paramError('转账金额大于等于 2000 元时 user_name 必填') : null;
  }
  if (amountFen < NAME_FORBIDDEN_UNDER_FEN) return paramError('转账金额小于 0.3 元时不支持传入 user_name');
  const name = privateKeyPem !== null && isText(sealed, 1, 1024) ? openSealed(sealed, privateKeyPem) : null;
  return name === null || name === '' ? paramError('user_name 解密失败') : name;
}

/** Checks the body of POST /v3/fund-app/mch-transfer/transfer-bills field by field. */
export function readTransfer(
  body: JsonObject,
  by: { appId: string; namesKeyPem: string | null; limits: TransferLimits },
): TransferRequest | PayRefusal {
  const { out_bill_no: outBillNo, transfer_scene_id: sceneId, transfer_amount: amountFen, openid } = body;
  const { transfer_remark: remark, notify_url: notifyUrl } = body;
  if (!isText(body.appid, 1, 32)) return paramError('appid 长度须为 1–32');
  if (body.appid !== by.appId) return invalidRequest('APPID 不存在或未与商户号绑定');
  if (typeof outBillNo !== 'string' || !/^[0-9A-Za-z]{1,32}$/.test(outBillNo)) {
    return paramError('out_bill_no 须为 1–32 位数字或字母');
  }
  if (!isText(sceneId, 1, 36)) return paramError('transfer_scene_id 必填');
  if (!isText(openid, 1, 64)) return paramError('openid 必填');
  if (!isPositiveFen(amountFen) || amountFen < by.limits.minFen) {
    return paramError(`transfer_amount 须为整数，单位为分，且不小于 ${by.limits.minFen}`);
  }
  if (!isText(remark, 1, 32)) return paramError('transfer_remark 长度须为 1–32');
  if (notifyUrl !== undefined && !isNotifyUrl(notifyUrl, 256)) return paramError('notify_url 须为 https 且不带参数');
  const reports = refuseReports(sceneId, body.transfer_scene_report_infos);
  if (reports) return reports;
  // No list of a scene that commission is paid under names one, so whatever comes is not on it.
  if (body.user_recv_perception !== undefined) return invalidRequest('暂不支持展示当前传入的用户收款感知');
  const userName = readName(body.user_name, amountFen, by.namesKeyPem);
  if (userName !== null && typeof userName !== 'string') return userName;
  return { openid, outBillNo, sceneId, amountFen, remark, userName, notifyUrl: notifyUrl ?? null };
}
