import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { toChinaTime } from './clock.js';
import type { Emulator } from './emulator.js';
import { parseJsonObject } from './json-body.js';
import { answerRefusal, invalidRequest, isRefusal, noAuth, notFound, paramError } from './pay-errors.js';
import { readTransfer } from './transfer-rules.js';
import type { Transfer } from './transfers.js';

const BILLS = '/v3/fund-app/mch-transfer/transfer-bills';

function create(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { credentials, transfers, personas } = emulator;
    const body = parseJsonObject(request.body);
    if (!body) return answerRefusal(reply, paramError('请求体须为 JSON 对象'));
    const serial = request.headers['wechatpay-serial'];
    const namesKeyPem = emulator.keys.opening(typeof serial === 'string' ? serial : undefined);
    const asked = readTransfer(body, { appId: credentials.appId, namesKeyPem, limits: transfers.limits });
    if (isRefusal(asked)) return answerRefusal(reply, asked);
    if (!personas.byOpenid(asked.openid)) return answerRefusal(reply, paramError('openid 与 appid 不匹配'));
    const made = transfers.request(asked, body);
    if ('status' in made) return answerRefusal(reply, made);
    return reply.send({
      out_bill_no: made.outBillNo,
      transfer_bill_no: made.transferBillNo,
      create_time: toChinaTime(made.createdAt),
      state: made.state,
      ...(made.failReason === null ? {} : { fail_reason: made.failReason }),
      // Told only now and on a repeated request: a query does not show it.
      ...(made.state === 'WAIT_USER_CONFIRM' ? { package_info: made.packageInfo } : {}),
    });
  };
}

function query(emulator: Emulator, find: (number: string) => Transfer | undefined) {
  return (request: FastifyRequest<{ Params: { number: string } }>, reply: FastifyReply): FastifyReply => {
    emulator.transfers.settle();
    const transfer = find(request.params.number);
    if (!transfer) return answerRefusal(reply, notFound('记录不存在'));
    return reply.send(emulator.transfers.view(transfer, emulator.credentials.mchId));
  };
}

function cancel(emulator: Emulator) {
  return (request: FastifyRequest<{ Params: { number: string } }>, reply: FastifyReply): FastifyReply => {
    emulator.transfers.settle();
    const transfer = emulator.transfers.find(request.params.number);
    if (!transfer) return answerRefusal(reply, notFound('记录不存在'));
    const refusal = emulator.transfers.cancel(transfer);
    if (refusal) return answerRefusal(reply, refusal);
    return reply.send({
      out_bill_no: transfer.outBillNo,
      transfer_bill_no: transfer.transferBillNo,
      state: transfer.state,
      update_time: toChinaTime(transfer.updatedAt),
    });
  };
}

/** Transfers from the merchant to a user, who confirms each. */
export function transferRoutes(app: FastifyInstance, emulator: Emulator): void {
  const { transfers } = emulator;
  app.addHook('preHandler', async (request, reply) => {
    if (!request.url.startsWith(BILLS)) return undefined;
    if (transfers.grantedScenes.size === 0) return answerRefusal(reply, noAuth('商户号未开通商家转账'));
    return transfers.ipAllowed ? undefined : answerRefusal(reply, invalidRequest('此IP地址不允许调用接口'));
  });
  app.post(BILLS, create(emulator));
  app.get(
    `${BILLS}/out-bill-no/:number`,
    query(emulator, (number) => transfers.find(number)),
  );
  app.get(
    `${BILLS}/transfer-bill-no/:number`,
    query(emulator, (number) => transfers.byBillNumber(number)),
  );
  app.post(`${BILLS}/out-bill-no/:number/cancel`, cancel(emulator));
}
