/** Of the operator's page alone; the phone's pages have theirs in html.ts. */
export const OPERATOR_STYLE = `
:root{color-scheme:light;--ink:#1f1b16;--soft:#6b635a;--line:#e7e4de;--paper:#fff;--ground:#f5f3ef;--green:#07863f;--red:#b3261e}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.55 "PingFang SC","Noto Sans SC","Noto Sans CJK SC",system-ui,sans-serif}
header{position:sticky;top:0;z-index:1;background:var(--paper);border-bottom:1px solid var(--line);padding:14px 0}
.bar{max-width:1160px;margin:0 auto;padding:0 20px;display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 24px}
.bar b{font-size:18px}
.bar span{color:var(--soft);font-size:14px;font-variant-numeric:tabular-nums}
.said{max-width:1160px;margin:16px auto 0;padding:0 20px}
.said p{margin:0;padding:10px 16px;border-radius:10px;background:#e7f4ec;color:#075c2c}
.alarm{background:#fbe9e7;color:var(--red);border-bottom:1px solid #f1c9c5}
.alarm .bar{padding:10px 20px;align-items:center}
main{max-width:1160px;margin:0 auto;padding:20px;display:grid;gap:20px}
section{background:var(--paper);border:1px solid var(--line);border-radius:14px;overflow:hidden;min-width:0}
h2{margin:0;padding:16px 20px 12px;font-size:16px;display:flex;justify-content:space-between;gap:12px;align-items:baseline}
h2 small{color:var(--soft);font-weight:400;font-size:13px}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:14px}
th,td{text-align:left;padding:10px 20px;border-top:1px solid var(--line);white-space:nowrap;vertical-align:middle}
th{color:var(--soft);font-weight:400;font-size:13px;background:#fbfaf8}
td{font-variant-numeric:tabular-nums}
td.text{max-width:260px;overflow:hidden;text-overflow:ellipsis}
.empty{padding:22px 20px;color:var(--soft);border-top:1px solid var(--line)}
.chip{display:inline-block;padding:1px 10px;border-radius:99px;font-size:13px;background:#eeece7;color:#55504a}
.chip.good{background:#e2f2e8;color:#075c2c}.chip.wait{background:#fdf1d8;color:#7a5200}.chip.bad{background:#fbe4e1;color:var(--red)}
form{display:inline-flex;gap:8px;align-items:center;margin:0}
button,select,input{font:inherit;font-size:14px;height:34px;border-radius:8px;border:1px solid #d5d1c9;background:var(--paper);color:var(--ink);padding:0 12px}
input{width:110px}
button{cursor:pointer;font-weight:600}button:hover{background:#f4f2ee}
button.go{background:var(--green);border-color:var(--green);color:#fff}button.go:hover{background:#066e34}
button.stop{color:var(--red);border-color:#e2b7b3}
:focus-visible{outline:2px solid var(--green);outline-offset:2px}
.tools{display:flex;flex-wrap:wrap;align-items:flex-end;gap:14px 28px;padding:4px 20px 18px;border:0}
.tools label{display:flex;flex-direction:column;gap:6px;color:var(--soft);font-size:13px}
.tools .row{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
h2 span{white-space:nowrap}
@media(max-width:700px){
main,.said{padding-left:12px;padding-right:12px}.bar{padding:0 14px}h2{padding:14px 14px 10px}.tools{padding:4px 14px 16px}header{padding:12px 0}
button,select,input{height:44px}
table,tbody{display:block}tr:first-child{display:none}
tr{display:grid;gap:6px;padding:14px;border-top:1px solid var(--line)}
td{display:flex;justify-content:space-between;gap:16px;padding:0;border:0;text-align:right}
td.text{max-width:none;white-space:normal;overflow-wrap:anywhere}
td::before{content:attr(data-head);color:var(--soft);flex:none}
td:empty{display:none}
}
`;
