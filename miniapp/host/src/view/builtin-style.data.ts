/** How WeChat's components look before the mini-program's own styles. */
export const BUILTIN_STYLE = `
html,body{margin:0;padding:0;height:100%;font-family:-apple-system,"PingFang SC","Noto Sans CJK SC",sans-serif}
html{-webkit-text-size-adjust:100%}
body{overflow-x:hidden;overflow-y:auto;position:relative}
body::-webkit-scrollbar,wx-scroll-view::-webkit-scrollbar{display:none}
wx-view,wx-cover-view,wx-scroll-view,wx-form,wx-checkbox-group,wx-radio-group,wx-picker,wx-page,wx-root-portal,wx-navigator{display:block}
wx-text{display:inline;white-space:pre-line}
wx-label,wx-span{display:inline}
wx-page-meta{display:none}
wx-button{display:block;position:relative;box-sizing:border-box;padding:0 14px;font-size:18px;text-align:center;line-height:2.5556;border-radius:5px;background:#f8f8f8;color:#000;overflow:hidden;margin:0 auto}
wx-button::after{content:" ";position:absolute;inset:0;border:1px solid rgba(0,0,0,.2);border-radius:5px;pointer-events:none}
wx-button[size=mini]{display:inline-block;line-height:2.3;font-size:13px;padding:0 1.34em}
.button-hover{background:#dedede;color:rgba(0,0,0,.6)}
.navigator-hover{background:rgba(0,0,0,.1);opacity:.7}
wx-button[disabled]{color:rgba(0,0,0,.3)}
wx-image,wx-cover-image{display:inline-block;width:320px;height:240px;overflow:hidden}
wx-image>.wx-inner,wx-cover-image>.wx-inner{width:100%;height:100%;display:block}
wx-image>.wx-inner[data-mode=widthFix]{height:auto}
wx-image>.wx-inner[data-mode=heightFix]{width:auto}
wx-input{display:block;height:1.4em;overflow:hidden}
wx-textarea{display:block;width:300px;height:150px}
wx-input>.wx-inner,wx-textarea>.wx-inner{box-sizing:border-box;width:100%;height:100%;border:0;background:transparent;font:inherit;color:inherit;text-align:inherit;padding:0;outline:0;resize:none}
wx-scroll-view{width:100%;overflow:hidden}
wx-swiper{position:relative;display:flex;overflow:hidden;height:150px;--current:0;--before:0px;--after:0px;--shown:1}
wx-swiper-item{flex:0 0 calc((100% - var(--before) - var(--after)) / var(--shown));display:block;height:100%;overflow:hidden;transform:translateX(calc(var(--before) + var(--current) * -100%))}
wx-swiper[vertical]{flex-direction:column}
wx-swiper[vertical]>wx-swiper-item{transform:translateY(calc(var(--before) + var(--current) * -100%))}
i.wx-dots{position:absolute;left:0;right:0;bottom:10px;display:flex;justify-content:center;gap:8px;pointer-events:none}
i.wx-dots>i{width:8px;height:8px;border-radius:50%}
wx-canvas{display:block;width:300px;height:150px}
wx-canvas>.wx-inner{width:100%;height:100%}
wx-movable-area{display:block;position:relative;width:10px;height:10px}
wx-movable-view{display:block;position:absolute;left:0;top:0;width:10px;height:10px}
wx-slider{display:block;padding:8px 0;margin:10px 18px}
wx-progress{display:block}
wx-icon{display:inline-block;line-height:1}
i.wx-sign{font-style:normal;color:#07c160}
i.wx-track{display:block;height:6px;border-radius:3px;background:linear-gradient(#07c160,#07c160) 0/calc(var(--part,0)*100%) 100% no-repeat #e9e9e9}
i.wx-track::after{content:attr(data-value);float:right;font:13px/1 sans-serif;padding-top:8px}
i.wx-switch,i.wx-checkbox,i.wx-radio{display:inline-block;box-sizing:border-box;width:23px;height:23px;border:1px solid #d1d1d1;background:#fff;vertical-align:middle;margin-right:5px}
i.wx-checkbox{border-radius:3px}
i.wx-radio{border-radius:50%}
i.wx-switch{width:52px;height:32px;border-radius:16px;background:#dfdfdf;position:relative}
i.wx-switch::after{content:"";position:absolute;left:1px;top:1px;width:28px;height:28px;border-radius:50%;background:#fff}
i.wx-switch.on::after{left:21px}
i.wx-switch.on,i.wx-checkbox.on,i.wx-radio.on{background:#07c160;border-color:#07c160}
`;
