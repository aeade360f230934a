import { toChinaTime } from '../clock.js';
import type { Emulator, Panel } from '../emulator.js';
import { type Cell, escapeHtml, hiddenFields } from '../html.js';
import type { Contact, Welcome } from './wecom-desk.js';

function time(epochMs: number): string {
  return toChinaTime(epochMs).slice(5, 19).replace('T', ' ');
}

/** Newest first: each code, and a customer who adds her guide with it. */
export function contactWayPanel({ wecom, personas }: Emulator): Panel {
  const people = personas.all().map(({ id, name }) => `<option value="${id}">${escapeHtml(name)}</option>`);
  const rows = [...wecom.allWays()].reverse().map(({ configId, users, state, remark, madeAt }): Cell[] => {
    const form = `<form method="post" action="/wecom/add/${configId}">${hiddenFields({ from: 'operator' })}
<select name="persona" aria-label="谁">${people.join('')}</select><button class="go">添加导购</button></form>`;
    return [time(madeAt), users.join('、'), remark, state, { html: form }];
  });
  return { title: '企业微信联系我', heads: ['生成时间', '成员', '备注', 'state', ''], rows };
}

function welcomeText(welcomes: readonly Welcome[], { userId, externalUserId }: Contact): string {
  const own = welcomes.filter((one) => one.userId === userId && one.externalUserId === externalUserId).at(-1);
  const text = own?.sent?.text as { content?: unknown } | undefined;
  return own === undefined ? '—' : own.sent === null ? '没有发送' : String(text?.content ?? '附件');
}

/** Newest first. */
export function contactPanel({ wecom, personas }: Emulator): Panel {
  const rows = [...wecom.allContacts()]
    .reverse()
    .map((contact): Cell[] => [
      time(contact.addedAt),
      contact.userId,
      personas.named(contact.personaId)?.name ?? contact.personaId,
      contact.state === '' ? '—' : contact.state,
      welcomeText(wecom.allWelcomes(), contact),
    ]);
  return { title: '企业微信联系人', heads: ['添加时间', '成员', '客户', 'state', '欢迎语'], rows };
}
