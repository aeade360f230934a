export const BENCH_STYLE = `
:root{--paper:#faf7f2;--card:#fff;--ink:#1f1b16;--ink-2:#6b635a;--line:#ece6dd;--pine:#2f5d50;--pine-tint:#e6efec;--warn:#8a5a00;--warn-tint:#fdf3dc;--bad:#a3291c;--bad-tint:#fbe9e6}
*{box-sizing:border-box}
html,body{margin:0;height:100%}
body{display:grid;grid-template-rows:minmax(0,1fr);grid-template-columns:288px minmax(440px,1fr) minmax(380px,540px);background:var(--paper);color:var(--ink);font:14px/1.5 -apple-system,"PingFang SC","Noto Sans SC","Noto Sans CJK SC",sans-serif;overflow:hidden}
h1{margin:0;font-size:16px;font-weight:600}
h2{display:flex;justify-content:space-between;align-items:baseline;margin:0 0 8px;font-size:13px;font-weight:600}
small{font-size:12px;color:var(--ink-2);font-weight:400}
button,select,input{font:inherit;color:inherit}
button{cursor:pointer;border:1px solid var(--line);background:var(--card);border-radius:8px;padding:6px 10px}
button:hover:not(:disabled){border-color:#cfc5b6}
button:disabled{opacity:.45;cursor:default}
button[aria-pressed=true]{background:var(--pine-tint);border-color:var(--pine);color:var(--pine)}
button.main{background:var(--pine);border-color:var(--pine);color:#fff}
:focus-visible{outline:2px solid var(--pine);outline-offset:1px}
[hidden]{display:none!important}
.left{padding:20px 16px;overflow-y:auto;border-right:1px solid var(--line);display:flex;flex-direction:column;gap:20px}
.left header small,.left header a{display:block}
.left header a{margin-top:4px;font-size:12px;color:var(--pine)}
.people{display:flex;flex-direction:column;gap:4px}
.people button{display:flex;gap:12px;align-items:center;width:100%;padding:8px;border:1px solid transparent;background:none;text-align:left;border-radius:12px}
.people button:hover{background:#f3eee5}
.people button[aria-selected=true]{background:var(--card);border-color:var(--line);box-shadow:0 1px 3px rgba(31,27,22,.06)}
.people b{display:block;font-weight:600;line-height:1.3}
.people small::before{content:"";display:inline-block;width:7px;height:7px;border-radius:50%;margin-right:6px;background:#cfc5b6;vertical-align:1px}
.people [data-state=shown] small::before{background:#3f9a6b}
.people [data-state=away] small::before,.people [data-state=starting] small::before{background:#d8a531}
.people [data-state=failed] small::before{background:var(--bad)}
.avatar{flex:none;width:36px;height:36px;border-radius:50%;display:grid;place-items:center;font-weight:600;color:#fff}
.avatar[data-tint="0"]{background:#c8674a}.avatar[data-tint="1"]{background:#4f7396}.avatar[data-tint="2"]{background:#2f5d50}.avatar[data-tint="3"]{background:#8a6a9e}.avatar[data-tint="4"]{background:#9a7b3f}
.hint{margin:0;color:var(--ink-2);font-size:13px}
.chat ul{list-style:none;margin:0;padding:0;display:flex;flex-direction:column;gap:8px;max-height:268px;overflow-y:auto}
.chat li{display:grid;grid-template-columns:56px 1fr;gap:8px 10px;padding:10px;background:var(--card);border:1px solid var(--line);border-radius:12px}
.chat .picture{width:56px;height:45px;object-fit:cover;border-radius:6px;background:#f3eee5}
.chat b{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;font-weight:400;font-size:13px;line-height:1.35}
.chat .buttons{grid-column:1/-1;display:flex;gap:8px}
.chat .buttons button{flex:1;padding:4px;font-size:13px}
.grid{display:grid;grid-template-columns:1fr 1fr;gap:8px;margin-bottom:20px}
.grid button{font-size:13px}
.scan{display:flex;flex-direction:column;gap:8px}
.scan input,.scan select,.console input[type=search]{width:100%;border:1px solid var(--line);border-radius:8px;padding:6px 10px;background:var(--card);font-size:13px}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:8px}
main{display:flex;align-items:center;justify-content:center;min-height:0;overflow:clip}
.case{flex:none;width:412px;height:866px;padding:11px;border-radius:60px;background:#1f1b16;box-shadow:0 0 0 2px #3a342c,0 18px 50px rgba(31,27,22,.22)}
.glass{position:relative;width:390px;height:844px;border-radius:49px;overflow:clip;background:#fff}
.glass iframe{position:absolute;inset:0;width:390px;height:844px;border:0;visibility:hidden}
.glass iframe.seen{visibility:visible}
.cover{position:absolute;inset:0;display:flex;flex-direction:column;gap:16px;align-items:center;justify-content:center;padding:32px;background:rgba(250,247,242,.86);backdrop-filter:blur(8px)}
.cover p{margin:0;font-size:16px}
.cover pre{max-width:100%;white-space:pre-wrap;word-break:break-all;color:var(--bad);font-size:12px}
.right{display:flex;flex-direction:column;min-width:0;min-height:0;border-left:1px solid var(--line);background:var(--card)}
.where{margin:0;padding:14px 16px 0;min-height:35px;font:12px/1.5 ui-monospace,Menlo,Consolas,monospace;color:var(--ink-2);white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.console{flex:1;display:flex;flex-direction:column;min-height:0}
.console header{display:grid;grid-template-columns:1fr auto auto;gap:8px;align-items:center;padding:10px 16px;border-bottom:1px solid var(--line)}
.console header label{display:flex;gap:6px;align-items:center;font-size:13px;white-space:nowrap}
.tabs{grid-column:1/-1;display:flex;gap:4px}
.tabs button{flex:1;padding:4px 2px;font-size:13px;white-space:nowrap;border-color:transparent}
.tabs small{margin-left:4px;font-variant-numeric:tabular-nums}
.tabs button[data-kind=fault] small:not(:empty){color:inherit}
#console{flex:1;min-height:0;margin:0;padding:0;list-style:none;overflow-y:auto;font:12px/1.5 ui-monospace,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace}
#console li{display:grid;grid-template-columns:48px 36px minmax(0,1fr) auto;gap:8px;padding:4px 16px;border-bottom:1px solid #f5f1ea;border-left:3px solid transparent}
#console li:hover{background:#fcfaf6}
#console time{color:#9b9186;text-align:right;font-variant-numeric:tabular-nums}
#console i{font-style:normal;color:var(--ink-2);white-space:nowrap;overflow:hidden}
#console code{font:inherit;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
#console em{font-style:normal;color:var(--ink-2);white-space:nowrap;max-width:220px;overflow:hidden;text-overflow:ellipsis}
#console pre{display:none;grid-column:3/-1;margin:0;font:inherit;color:var(--ink-2);white-space:pre-wrap;word-break:break-all}
#console .unfolded pre{display:block}
#console .unfolded code{white-space:pre-wrap;word-break:break-all}
#console li[data-kind=request] code{color:#2b5d8a}
#console li[data-kind=data] code{color:var(--pine)}
#console li[data-tone=warn]{background:var(--warn-tint);border-left-color:#d8a531}
#console li[data-tone=warn] code,#console li[data-tone=warn] em{color:var(--warn)}
#console li[data-tone=bad]{background:var(--bad-tint);border-left-color:var(--bad)}
#console li[data-tone=bad] code,#console li[data-tone=bad] em{color:var(--bad)}
#console[data-show=call] li:not([data-kind=call]),#console[data-show=data] li:not([data-kind=data]),#console[data-show=request] li:not([data-kind=request]),#console[data-show=log] li:not([data-kind=log]),#console[data-show=fault] li:not([data-kind=fault]){display:none}
.console footer{padding:8px 16px;border-top:1px solid var(--line);font-size:12px;color:var(--ink-2);font-variant-numeric:tabular-nums}
.notice{position:fixed;left:16px;bottom:16px;width:256px;padding:10px 14px;border-radius:10px;background:rgba(31,27,22,.94);color:#fff;font-size:13px;z-index:9;pointer-events:none}
.ended main,.ended .left{opacity:.4;pointer-events:none}
`;
