import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Emulator } from './emulator.js';
import { escapeHtml, hiddenFields, messagePage, page, yuan } from './html.js';
import { parseJsonObject } from './json-body.js';
import { isOwnUrl } from './loopback.js';
import type { Persona } from './personas.js';
import { returnAddress } from './return-address.js';
import type { ConfirmFault, Transfer } from './transfers.js';

type PageFault = ConfirmFault['fault'] | 'unknown_persona' | 'foreign_merchant';

const FAULT_TEXT: Readonly<Record<PageFault, string>> = {
  unknown_persona: '没有找到这位用户，请返回商家重新打开。',
  foreign_merchant: '收款信息与商家不符，请返回商家重新打开。',
  unknown_package: '没有找到这笔转账，请返回商家重新打开。',
  not_the_payee: '这笔转账的收款人是另一位用户，请由本人确认。',
  not_waiting: '这笔转账已经处理过，不需要再确认。',
  expired: '超过 24 小时未确认，款项已退回商家。',
};

interface Visit {
  readonly transfer: Transfer;
  readonly persona: Persona;
}

/** The parameters of `wx.requestMerchantTransfer`, and whose phone it is. */
function readVisit(emulator: Emulator, text: (name: string) => string): Visit | { fault: PageFault } {
  emulator.transfers.settle();
  const persona = emulator.personas.named(text('persona'));
  if (!persona) return { fault: 'unknown_persona' };
  const { mchId, appId } = emulator.credentials;
  if (text('mchId') !== mchId || text('appId') !== appId) return { fault: 'foreign_merchant' };
  const transfer = emulator.transfers.byPackage(text('package'));
  if (!transfer) return { fault: 'unknown_package' };
  const openId = text('openId');
  const isPayee = transfer.openid === persona.openid && (openId === '' || openId === persona.openid);
  return isPayee ? { transfer, persona } : { fault: 'not_the_payee' };
}

/** Why the page has nothing to confirm, or null when it has. */
function stateFault(emulator: Emulator, { state, confirmableUntil }: Transfer): ConfirmFault['fault'] | null {
  if (state !== 'WAIT_USER_CONFIRM') return 'not_waiting';
  return emulator.clock.now() >= (confirmableUntil ?? 0) ? 'expired' : null;
}

function confirmPage({ transfer, persona }: Visit, hidden: Record<string, string>): string {
  return page(
    '确认收款（模拟）',
    `<div class="tag">商家转账 · 模拟环境，没有真实款项</div>
<div class="card"><h1>${escapeHtml(transfer.remark)}</h1>
<div class="amount"><small>¥</small>${yuan(transfer.amountFen)}</div>
<dl><dt>收款人</dt><dd>${escapeHtml(persona.name)}</dd><dt>转账场景</dt><dd>佣金报酬</dd>
<dt>存入</dt><dd>零钱</dd><dt>商家单号</dt><dd>${escapeHtml(transfer.outBillNo)}</dd></dl></div>
<form method="post" action="/device/transfer-confirm/decision">${hiddenFields(hidden)}
<button class="primary" name="action" value="confirm">确认收款</button>
<button class="plain" name="action" value="decline">暂不收款</button></form>`,
  );
}

function ownReturn(emulator: Emulator, fields: URLSearchParams): string | null | false {
  const returnUrl = fields.get('return');
  return returnUrl !== null && !isOwnUrl(returnUrl, emulator.mallUrl) ? false : returnUrl;
}

function show(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    reply.type('text/html; charset=utf-8');
    const fields = new URL(request.url, emulator.baseUrl).searchParams;
    const returnUrl = ownReturn(emulator, fields);
    if (returnUrl === false) return reply.code(400).send(messagePage('无法打开', '返回地址不在允许的范围内。', null));
    const visit = readVisit(emulator, (name) => fields.get(name) ?? '');
    if ('fault' in visit) return reply.code(400).send(messagePage('无法收款', FAULT_TEXT[visit.fault], returnUrl));
    const fault = stateFault(emulator, visit.transfer);
    if (fault) return reply.send(messagePage('转账状态', FAULT_TEXT[fault], returnUrl));
    return reply.send(confirmPage(visit, Object.fromEntries(fields)));
  };
}

/** Confirmed or not, the app is told that the page was shown and nothing else: the platform's word is asked for. */
function decide(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    reply.type('text/html; charset=utf-8');
    const fields = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
    const returnUrl = ownReturn(emulator, fields);
    const visit = readVisit(emulator, (name) => fields.get(name) ?? '');
    if (returnUrl === false || 'fault' in visit) {
      const text = 'fault' in visit ? FAULT_TEXT[visit.fault] : '返回地址不在允许的范围内。';
      return reply.code(400).send(messagePage('无法收款', text, null));
    }
    const isConfirming = fields.get('action') === 'confirm';
    if (isConfirming) {
      const confirmed = emulator.transfers.confirm(visit.transfer.packageInfo, visit.persona.openid);
      // A second press finds it confirmed: the person is where she wanted to be.
      if ('fault' in confirmed && confirmed.fault !== 'not_waiting') {
        return reply.code(409).send(messagePage('无法收款', FAULT_TEXT[confirmed.fault], returnUrl));
      }
    }
    if (returnUrl !== null) return reply.redirect(returnAddress(returnUrl, 'transferResult', 'shown'), 303);
    const done = isConfirming
      ? messagePage('已确认', '款项将存入零钱，可以关闭此页面。', null)
      : messagePage('暂未收款', '24 小时内可以再来确认。', null);
    return reply.send(done);
  };
}

/** The same for tests: `action` is confirm, decline, or left out to only open the page. */
function decideByJson(emulator: Emulator) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const body = parseJsonObject(request.body) ?? {};
    const visit = readVisit(emulator, (name) => String(body[name] ?? ''));
    if ('fault' in visit) return reply.code(400).send({ error: visit.fault });
    const fault = stateFault(emulator, visit.transfer);
    if (fault) return reply.code(409).send({ error: fault });
    if (body.action === 'confirm') emulator.transfers.confirm(visit.transfer.packageInfo, visit.persona.openid);
    return reply.send({ result: 'shown' });
  };
}

/** What `wx.requestMerchantTransfer` opens on a phone. */
export function transferConfirmRoutes(app: FastifyInstance, emulator: Emulator): void {
  app.get('/device/transfer-confirm', show(emulator));
  app.post('/device/transfer-confirm', decideByJson(emulator));
  app.post('/device/transfer-confirm/decision', decide(emulator));
}
