import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BillDamage, BillKind } from './bills.js';
import type { Emulator } from './emulator.js';
import { type JsonObject, parseJsonObject } from './json-body.js';
import { answerRefusal, invalidRequest, paramError } from './pay-errors.js';

type BillRequest = FastifyRequest<{
  Querystring: { bill_date?: string; bill_type?: string; account_type?: string; tar_type?: string };
}>;

function apply(emulator: Emulator, kind: BillKind) {
  return (request: BillRequest, reply: FastifyReply): FastifyReply => {
    const { bill_date: day = '', bill_type: type, account_type: account, tar_type: tar } = request.query;
    if (tar !== undefined && tar !== 'GZIP') return answerRefusal(reply, paramError('tar_type 只支持 GZIP'));
    // The columns of the other kinds of bill are not known here, so they are refused rather than made up.
    if (type !== undefined && (kind !== 'trade' || type !== 'ALL')) {
      return answerRefusal(reply, paramError('模拟器的 bill_type 只支持 ALL'));
    }
    if (account !== undefined && (kind !== 'fundflow' || account !== 'BASIC')) {
      return answerRefusal(reply, paramError('模拟器的 account_type 只支持 BASIC'));
    }
    const bill = emulator.bills.apply(kind, day, tar === 'GZIP');
    if ('status' in bill) return answerRefusal(reply, bill);
    const query = new URLSearchParams({ token: bill.token, ...(tar === 'GZIP' ? { tartype: 'gzip' } : {}) });
    const url = `${emulator.baseUrl}/v3/billdownload/file?${query}`;
    return reply.send({ hash_type: 'SHA1', hash_value: bill.hash, download_url: url });
  };
}

function download(emulator: Emulator) {
  return (request: FastifyRequest<{ Querystring: { token?: string } }>, reply: FastifyReply): FastifyReply => {
    const content = emulator.bills.download(request.query.token ?? '');
    if (!content) return answerRefusal(reply, invalidRequest('下载地址不存在或已失效'));
    return reply.type('application/octet-stream').send(content);
  };
}

/** Requests are signed like all others; the answer of the download is not, which is why the hash is told. */
export function billRoutes(app: FastifyInstance, emulator: Emulator): void {
  app.get('/v3/bill/tradebill', apply(emulator, 'trade'));
  app.get('/v3/bill/fundflowbill', apply(emulator, 'fundflow'));
  app.get('/v3/billdownload/file', download(emulator));
}

function readDamage({ kind, number, fen }: JsonObject): BillDamage | null {
  if (kind === 'hash' || kind === 'creating') return { kind };
  if (typeof number !== 'string') return null;
  if (kind === 'drop') return { kind, number };
  if ((kind === 'amount' || kind === 'foreign') && Number.isSafeInteger(fen)) return { kind, number, fen: Number(fen) };
  return null;
}

/** `POST /control/bills {day, kind, number?, fen?}` damages a day's bill; kind `none` mends it. */
export function controlBills(app: FastifyInstance, emulator: Emulator): void {
  app.post('/control/bills', (request, reply) => {
    const body = parseJsonObject(request.body) ?? {};
    if (typeof body.day !== 'string') return reply.code(400).send({ error: 'day is a day of China, 2026-11-22' });
    const damage = readDamage(body);
    if (!damage && body.kind !== 'none') {
      return reply.code(400).send({ error: 'kind is drop, amount, foreign (number, fen), hash, creating or none' });
    }
    emulator.bills.damage(body.day, damage);
    return reply.send({ damaged: damage !== null });
  });
}
