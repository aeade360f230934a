const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Whole fen → `129.00`, made from the digits so that no float is involved. */
export function yuan(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** What stands in a table: text, or HTML that its maker has escaped. */
export type Cell = string | { readonly html: string };

/** Fields that a form carries along. */
export function hiddenFields(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('');
}

const STYLE = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#f5f5f3;color:#1f1b16;font:16px/1.5 "PingFang SC","Noto Sans SC",system-ui,sans-serif}
main{max-width:420px;min-height:100vh;margin:0 auto;padding:32px 20px calc(24px + env(safe-area-inset-bottom));display:flex;flex-direction:column}
main.wide{max-width:860px}
.card{background:#fff;border-radius:16px;padding:24px 20px;margin-bottom:16px}
.tag{align-self:center;font-size:12px;color:#6b635a;margin-bottom:20px}
h1{font-size:16px;font-weight:600;text-align:center;margin:0 0 4px;overflow-wrap:anywhere;text-wrap:balance}
.amount{text-align:center;font-size:44px;font-weight:600;font-variant-numeric:tabular-nums;line-height:1.3}
.amount small{font-size:26px;font-weight:600;margin-right:4px}
dl{margin:20px 0 0;padding-top:16px;border-top:1px solid #ecebe8;display:grid;grid-template-columns:auto 1fr;gap:8px 16px;font-size:14px}
dt{color:#6b635a}dd{margin:0;text-align:right;overflow-wrap:anywhere}
form{margin-top:auto;display:grid;gap:12px}
button,.button{display:block;width:100%;height:50px;line-height:50px;padding:0;border:0;border-radius:12px;font:inherit;line-height:50px;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
.primary{background:#07863f;color:#fff}.primary:active{background:#066e34}
.plain{background:transparent;color:#4c5a6b}.plain:active{background:#e9e9e6}
.note{text-align:center;color:#6b635a}
table{width:100%;border-collapse:collapse;font-size:14px}
th,td{text-align:left;padding:10px 8px;border-bottom:1px solid #ecebe8;white-space:nowrap}
th{color:#6b635a;font-weight:400}
td{font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto}
`;

/** A whole page. `body` is HTML: escape what goes into it. */
export function page(title: string, body: string, wide = false): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main${wide ? ' class="wide"' : ''}>${body}</main></body></html>`;
}

/** A page that says one thing, with a way back when there is one. */
export function messagePage(title: string, text: string, backUrl: string | null): string {
  const back =
    backUrl === null ? '' : `<form><a class="button primary" href="${escapeHtml(backUrl)}">返回商家</a></form>`;
  return page(
    title,
    `<div class="card"><h1>${escapeHtml(title)}</h1><p class="note">${escapeHtml(text)}</p></div>${back}`,
  );
}
