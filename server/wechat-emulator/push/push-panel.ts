import { toShortTime as time } from '../clock.js';
import type { Panel } from '../emulator.js';
import { type Cell, hiddenFields } from '../html.js';
import type { Callbacks, Delivery } from './callbacks.js';

const STATE: Readonly<Record<Delivery['state'], string>> = {
  held: '未发送',
  lost: '已丢失',
  waiting: '发送中',
  delivered: '已送达',
  given_up: '已放弃',
};

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function answersOf({ answers }: Delivery): string {
  return answers.map(({ status }) => String(status || '超时')).join(' ') || '—';
}

/** What was pushed to one address, newest first, each with a button that sends it again. */
export function pushPanel(title: string, kind: 'push' | 'wecom', callbacks: Callbacks): Panel {
  const rows = [...callbacks.all()].reverse().map((delivery): Cell[] => {
    const { id, event, state } = delivery;
    const form = `<form method="post" action="/operator/push">${hiddenFields({ id, kind })}<button>发送</button></form>`;
    return [
      time(Number(event.CreateTime) * 1000),
      text(event.ChangeType) || text(event.Event),
      answersOf(delivery),
      STATE[state],
      { html: form },
    ];
  });
  return { title, heads: ['时间', '事件', '应答', '状态', '再发一次'], rows };
}
