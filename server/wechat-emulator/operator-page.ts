import { toShortTime as time } from './clock.js';
import type { Emulator, Panel } from './emulator.js';
import { type Cell, escapeHtml, hiddenFields, yuan } from './html.js';
import { OPERATOR_STYLE } from './operator-style.js';
import * as words from './operator-words.js';
import type { Transfer } from './transfers.js';

const ROWS_SHOWN = 50;

function html(text: string): { html: string } {
  return { html: text };
}

function chip({ text, tone }: words.State): Cell {
  return html(`<span class="chip ${tone}">${escapeHtml(text)}</span>`);
}

function button(action: string, label: string, fields: Readonly<Record<string, string>>, tone = ''): string {
  return `<form method="post" action="/operator/${action}">${hiddenFields(fields)}<button class="${tone}">${label}</button></form>`;
}

function select(name: string, options: Readonly<Record<string, string>>, chosen = ''): string {
  const each = Object.entries(options).map(
    ([value, label]) => `<option value="${value}"${value === chosen ? ' selected' : ''}>${label}</option>`,
  );
  return `<select name="${name}" aria-label="${words.FIELD[name] ?? name}">${each.join('')}</select>`;
}

/** On a phone a row is a card, and each cell says what it is. */
function cellHtml(cell: Cell, head = ''): string {
  const label = `data-head="${escapeHtml(head)}"`;
  if (typeof cell !== 'string') return `<td ${label}>${cell.html}</td>`;
  return `<td class="text" ${label} title="${escapeHtml(cell)}">${escapeHtml(cell)}</td>`;
}

function table(title: string, heads: readonly string[], rows: readonly (readonly Cell[])[], tools = ''): string {
  const count = `${rows.length} 条${rows.length > ROWS_SHOWN ? `，显示最近 ${ROWS_SHOWN} 条` : ''}`;
  const head = heads.map((text) => `<th>${escapeHtml(text)}</th>`).join('');
  const body = rows
    .slice(0, ROWS_SHOWN)
    .map((row) => `<tr>${row.map((cell, index) => cellHtml(cell, heads[index])).join('')}</tr>`);
  const list = `<div class="scroll"><table><tr>${head}</tr>${body.join('')}</table></div>`;
  const empty = '<div class="empty">还没有记录</div>';
  return `<section><h2><span>${escapeHtml(title)}</span><small>${count}</small></h2>${tools}${rows.length > 0 ? list : empty}</section>`;
}

function orders({ orders: book, personas }: Emulator): string {
  const rows = book.all().map((order): Cell[] => {
    const number = { number: order.outTradeNo };
    const paid = button('refund', '退款', number);
    const act = order.state === 'NOTPAY' ? button('pay', '支付', number, 'go') : order.state === 'SUCCESS' ? paid : '';
    return [
      time(order.createdAt),
      order.outTradeNo,
      order.description,
      personas.byOpenid(order.payerOpenid)?.name ?? order.payerOpenid,
      `¥${yuan(order.totalFen)}`,
      chip(words.orderState(order.state, order.hasRefund)),
      html(act),
    ];
  });
  return table('订单', ['下单时间', '商户单号', '商品', '付款人', '金额', '状态', ''], rows.reverse());
}

function refunds(emulator: Emulator): string {
  const rows = emulator.refunds
    .all()
    .map((refund): Cell[] => [
      time(refund.createdAt),
      refund.outRefundNo,
      refund.order.outTradeNo,
      `¥${yuan(refund.amountFen)}`,
      refund.receiver,
      chip(words.REFUND_STATE[refund.status]),
    ]);
  const next = `<form class="tools" method="post" action="/operator/refund-end"><label>下一笔退款的结果<span class="row">
${select('end', words.REFUND_END, emulator.nextRefundEnd)}<button>设定</button></span></label></form>`;
  return table('退款', ['申请时间', '退款单号', '商户单号', '金额', '退回', '状态'], rows.reverse(), next);
}

function transfers(emulator: Emulator): string {
  const act = ({ state, outBillNo }: Transfer): string =>
    state === 'WAIT_USER_CONFIRM' ? button('confirm', '确认收款', { number: outBillNo }, 'go') : '';
  const rows = emulator.transfers
    .all()
    .map((transfer): Cell[] => [
      time(transfer.createdAt),
      transfer.outBillNo,
      emulator.personas.byOpenid(transfer.openid)?.name ?? transfer.openid,
      transfer.remark,
      `¥${yuan(transfer.amountFen)}`,
      chip(words.transferState(transfer.state, transfer.failReason)),
      html(act(transfer)),
    ]);
  const balance = emulator.account.balanceFen;
  const tools = `<div class="tools"><form method="post" action="/operator/top-up"><label>充值（元）<span class="row">
<input name="yuan" inputmode="decimal" placeholder="100.00"><button>充值</button></span></label></form>${
    balance === null ? '' : button('unlimited', '余额不限', {})
  }</div>`;
  return table('商家转账', ['发起时间', '商家单号', '收款人', '备注', '金额', '状态', ''], rows.reverse(), tools);
}

function notices(emulator: Emulator): string {
  const rows = emulator.notices.all().map((notice): Cell[] => {
    const send = `<form method="post" action="/operator/notice">${hiddenFields({ id: notice.id })}
${select('bend', words.NOTICE_BEND)}<button>发送</button></form>`;
    return [
      time(notice.createdAt),
      notice.eventType,
      words.numberIn(notice.event.resource),
      notice.answers.map((answer) => String(answer || '超时')).join(' ') || '—',
      chip(words.NOTICE_STATE[notice.state]),
      html(send),
    ];
  });
  const tools = `<form class="tools" method="post" action="/operator/mode"><label>新通知<span class="row">
${select('mode', words.NOTICE_MODE, emulator.notices.mode)}<button>更改</button></span></label></form>`;
  return table('通知', ['时间', '事件', '单号', '应答', '状态', '再发一次'], rows.reverse(), tools);
}

function outages(): string {
  return `<section><h2><span>故障与时间</span><small>故障只影响微信的接口，不影响手机和本页</small></h2><div class="tools">
<form method="post" action="/operator/outage"><label>故障<span class="row">${select('kind', words.FAULT_KIND)}
${select('path', words.FAULT_PATH)}${select('seconds', words.FAULT_SECONDS)}<button class="stop">开始</button></span></label></form>
<form method="post" action="/operator/clock"><label>平台时间前进<span class="row">
${select('minutes', words.CLOCK_STEPS)}<button>前进</button></span></label></form></div></section>`;
}

function alarm({ faults }: Emulator): string {
  const lines = faults.all().map(({ id, kind, path, until }) => {
    const end = until === null ? '直到解除' : `至 ${time(until)}`;
    const text = `${words.FAULT_KIND[kind]} · ${path === '/' ? '全部接口' : path} · ${end}`;
    return `<div class="bar"><span style="color:inherit">${escapeHtml(text)}</span>${button('lift', '解除', { id }, 'stop')}</div>`;
  });
  return lines.length === 0 ? '' : `<div class="alarm">${lines.join('')}</div>`;
}

function panel({ title, heads, rows }: Panel): string {
  return table(title, heads, rows);
}

/** The whole page. `said` is what the last press did. */
export function operatorPage(emulator: Emulator, said: string): string {
  const { clock, account, time: platform, credentials } = emulator;
  const ahead = platform.aheadMs === 0 ? '' : `（快 ${Math.round(platform.aheadMs / 60_000)} 分钟）`;
  const balance = account.balanceFen === null ? '余额不限' : `余额 ¥${yuan(account.balanceFen)}`;
  const head = `<header><div class="bar"><b>微信平台模拟器</b><span>商户 ${escapeHtml(credentials.mchId)}</span>
<span>${time(clock.now())}${ahead}</span><span>${balance}</span><span>仅供本机演示与测试，没有真实款项</span></div></header>`;
  const told = said === '' ? '' : `<div class="said" role="status"><p>${escapeHtml(said)}</p></div>`;
  const sections = [orders, refunds, transfers, notices].map((section) => section(emulator));
  const more = emulator.panels.map((make) => panel(make()));
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>微信平台模拟器</title>
<style>${OPERATOR_STYLE}</style></head><body>${head}${alarm(emulator)}${told}
<main>${outages()}${[...sections, ...more].join('')}</main></body></html>`;
}
