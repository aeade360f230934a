import { toShortTime } from '../clock.js';
import type { Emulator, Panel } from '../emulator.js';
import { type Cell, escapeHtml, hiddenFields } from '../html.js';
import type { Link } from './code-book.js';
import { addressOf } from './link-routes.js';
import { OPENED_BY } from './open-mall.js';

const HOW: readonly (readonly [number, string])[] = [
  [OPENED_BY.codeScanned, '扫码'],
  [OPENED_BY.codePressed, '长按识别'],
  [OPENED_BY.codeFromAlbum, '从相册选'],
];

function options(choices: readonly (readonly [string | number, string])[]): string {
  return choices.map(([value, text]) => `<option value="${value}">${escapeHtml(text)}</option>`).join('');
}

/** A form that opens the mall in a tab of its own, as one of the people. */
function opener(
  { personas }: Emulator,
  action: string,
  fields: Readonly<Record<string, string>>,
  choices: string,
): Cell {
  const people = options(personas.all().map(({ id, name }) => [id, name]));
  return {
    html: `<form method="get" action="${action}" target="_blank">${hiddenFields(fields)}
<select name="as" aria-label="谁">${people}</select>${choices}<button class="go">打开</button></form>`,
  };
}

/** Newest first: the picture, and a phone that scans it. */
export function codePanel(emulator: Emulator): Panel {
  const how = `<select name="how" aria-label="怎么打开">${options(HOW)}</select>`;
  const rows = [...emulator.codeBook.allCodes()].reverse().map(({ scene, page, madeAt }): Cell[] => {
    const source = `/device/code-image?${new URLSearchParams({ scene, page })}`;
    const picture = `<a href="${escapeHtml(source)}" target="_blank"><img src="${escapeHtml(source)}" alt="小程序码 ${escapeHtml(scene)}" width="64" height="64" loading="lazy"></a>`;
    return [toShortTime(madeAt), { html: picture }, scene, page, opener(emulator, '/scan', { scene, page }, how)];
  });
  return { title: '小程序码', heads: ['生成时间', '码', '参数', '页面', ''], rows };
}

function stateOf({ expiresAt, opened }: Link, now: number): string {
  return now >= expiresAt ? '已过期' : `打开 ${opened} 次，${toShortTime(expiresAt).slice(0, 11)} 到期`;
}

/** Newest first. */
export function linkPanel(emulator: Emulator): Panel {
  const now = emulator.clock.now();
  const rows = [...emulator.codeBook.allLinks()].reverse().map((link): Cell[] => {
    const address = addressOf(emulator, link);
    return [
      toShortTime(link.madeAt),
      address,
      `${link.page}${link.query === '' ? '' : `?${link.query}`}`,
      stateOf(link, now),
      opener(emulator, '/device/open', { link: address }, ''),
    ];
  });
  return { title: '链接', heads: ['生成时间', '链接', '打开', '状态', ''], rows };
}
