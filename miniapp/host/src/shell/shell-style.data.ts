export const SHELL_STYLE = `
html,body{margin:0;height:100%;overflow:hidden;background:#ddd;font:16px -apple-system,"PingFang SC","Noto Sans CJK SC",sans-serif}
#phone{position:relative;width:390px;height:844px;overflow:hidden;background:#fff}
#bar{position:absolute;inset:0 0 auto 0;height:91px;box-sizing:border-box;padding-top:47px;z-index:2}
#title{line-height:44px;text-align:center;font-weight:600;font-size:17px;white-space:nowrap;overflow:hidden;margin:0 100px}
#back{position:absolute;left:0;bottom:0;width:44px;height:44px;line-height:42px;text-align:center;font-size:30px;border:0;background:none;color:inherit;padding:0}
#capsule{position:absolute;right:7px;bottom:6px;width:87px;height:32px;box-sizing:border-box;border:1px solid rgba(0,0,0,.15);border-radius:16px;line-height:28px;text-align:center;letter-spacing:8px;background:none;color:inherit;padding:0}
#pages iframe{position:absolute;left:0;border:0;background:#fff}
#tabs{position:absolute;inset:auto 0 0 0;height:84px;display:flex;box-sizing:border-box;border-top:1px solid rgba(0,0,0,.08);z-index:2}
#tabs button{flex:1;height:50px;border:0;background:none;font-size:10px;padding:4px 0 0;position:relative}
#tabs img{display:block;width:27px;height:27px;margin:0 auto 2px}
#tabs i{position:absolute;top:2px;left:55%;min-width:16px;line-height:16px;border-radius:8px;background:#fa5151;color:#fff;font-style:normal;font-size:11px}
#toast{position:absolute;z-index:6;top:42%;left:50%;transform:translate(-50%,-50%);max-width:70%;background:rgba(76,76,76,.95);color:#fff;padding:14px 20px;border-radius:8px;text-align:center;pointer-events:none}
.veil{position:absolute;inset:0;z-index:5;background:rgba(0,0,0,.5)}
.box{position:absolute;left:40px;right:40px;top:32%;background:#fff;border-radius:12px;text-align:center;overflow:hidden}
.sheet{position:absolute;inset:auto 0 0 0;max-height:70%;overflow:auto;background:#fff;border-radius:12px 12px 0 0;text-align:center;padding-bottom:34px}
.veil h3{margin:24px 20px 8px;font-size:17px}
.veil p{margin:8px 24px 24px;color:#666;white-space:pre-wrap}
.veil input[type=text]{width:80%;font:inherit;margin-bottom:20px}
.veil label{display:block;margin:0 24px 20px;color:#666;text-align:left;overflow-wrap:anywhere}
.row{display:flex;border-top:1px solid #eee}
.row button{flex:1}
.veil button{height:52px;border:0;background:#fff;font-size:17px;width:100%}
.veil .sheet button+button{border-top:1px solid #eee}
.veil button.yes{color:#576b95;font-weight:600}
.columns{display:flex;border-top:1px solid #eee}
.columns select{flex:1;height:220px;border:0;font-size:17px;text-align:center}
.veil iframe{position:absolute;inset:91px 0 0 0;width:100%;height:calc(100% - 91px);border:0;background:#f7f7f7}
.veil .close{position:absolute;left:0;top:47px;height:44px;padding:0 16px;border-radius:12px 12px 0 0;background:#f7f7f7;color:#576b95;text-align:left}
.preview{position:absolute;inset:0;background:#000}
.strip{display:flex;height:100%;overflow:auto hidden;scroll-snap-type:x mandatory;scrollbar-width:none}
.strip div{flex:0 0 100%;display:flex;align-items:center;scroll-snap-align:center}
.strip img{width:100%;max-height:100%;object-fit:contain}
.counter{position:absolute;top:56px;left:0;right:0;color:#fff;text-align:center;font-weight:400;pointer-events:none}
#status{position:absolute;inset:0 0 auto 0;height:47px;z-index:7;display:flex;justify-content:space-between;align-items:center;box-sizing:border-box;padding:8px 28px 0 36px;font-weight:600;font-size:15px;pointer-events:none;font-variant-numeric:tabular-nums}
#status svg{width:66px;height:13px;fill:currentColor}
#home{position:absolute;left:50%;bottom:8px;width:134px;height:5px;margin-left:-67px;border-radius:3px;background:#000;z-index:7;pointer-events:none}
[hidden]{display:none!important}
`;
