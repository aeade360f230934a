import type { Files } from './project-for-tests.js';

/** A mini-program with one element for each kind that the SDK knows. */
export const BENCH: Files = {
  'project.config.json': '{"appid":"wxbench","miniprogramRoot":"./"}',
  'app.json': JSON.stringify({
    pages: ['pages/bench/index', 'pages/tab/index', 'pages/next/index'],
    window: { navigationBarTitleText: '台' },
    tabBar: {
      list: [
        { pagePath: 'pages/bench/index', text: '台' },
        { pagePath: 'pages/tab/index', text: '另一页' },
      ],
    },
  }),
  'app.js': 'App({ onLaunch() { console.log("launched") } })',
  'components/card/index.json': '{"component":true}',
  'components/card/index.wxml': '<view class="card">{{title}} {{count}}</view>',
  'components/card/index.js': `Component({
    properties: { title: String }, data: { count: 1 },
    methods: { add(n) { this.setData({ count: this.data.count + n }); return this.data.count } },
  })`,
  'pages/tab/index.wxml': '<view>tab</view>',
  'pages/tab/index.js': 'Page({})',
  'pages/next/index.wxml': '<view>next</view>',
  'pages/next/index.js': 'Page({})',
  'pages/bench/index.json': '{"usingComponents":{"card":"/components/card/index"}}',
  'pages/bench/index.wxml': `<view id="box" class="box red" data-kind="a" style="position:absolute;left:20px;top:30px;width:100px;height:40px;color:rgb(255, 0, 0)" bindtap="tapped" bindlongpress="pressed" bindtouchstart="touched" bindtouchmove="touched" bindtouchend="touched" bindmine="mine"><text class="word">{{word}}</text><text class="word">乙</text></view>
<view style="height:100px"></view>
<card title="卡片"/>
<input class="in" value="{{nick}}" bindinput="typed"/><textarea class="ta" bindinput="typed"/>
<switch class="sw" bindchange="changed"/><slider class="sl" min="0" max="10" step="5" bindchange="changed"/>
<movable-area style="width:200px;height:100px"><movable-view class="mv" direction="all" style="width:20px;height:20px" bindchange="moved"/></movable-area>
<scroll-view class="sv" scroll-x scroll-y style="width:100px;height:50px"><view style="width:300px;height:500px"/></scroll-view>
<swiper class="sp" bindchange="swiped"><swiper-item>1</swiper-item><swiper-item>2</swiper-item></swiper>
<button class="send" open-type="share">送</button><button class="ask" bindtap="ask">问</button><button class="album" bindtap="album">存</button><button class="pay" bindtap="pay">付</button>
<view style="height:1500px"></view>`,
  'pages/bench/index.js': `
    Page({
      data: { word: '甲', nick: '', deep: { list: [1, { a: 2 }] }, said: [] },
      say(line) { this.data.said.push(line) },
      join(a, b) { return a + b },
      tapped(e) { this.say('tap ' + e.currentTarget.dataset.kind) }, pressed() { this.say('long press') },
      touched(e) { this.say(e.type + ' ' + e.changedTouches[0].clientX) }, mine(e) { this.say('mine ' + e.detail.n) },
      typed(e) { this.say('typed ' + e.detail.value) }, changed(e) { this.say('changed ' + e.detail.value) },
      moved(e) { this.say('moved ' + e.detail.x + ' ' + e.detail.y) }, swiped(e) { this.say('swiped ' + e.detail.current) },
      ask() { wx.showModal({ title: '好吗', success: (r) => this.say('modal ' + r.confirm) }) },
      album() { wx.saveImageToPhotosAlbum({ filePath: 'none.png', fail: (e) => this.say(e.errMsg) }) },
      pay() { wx.requestPayment({ timeStamp: '1', nonceStr: 'n', package: 'prepay_id=1', signType: 'RSA', paySign: 's', fail: (e) => this.say(e.errMsg) }) },
      onShareAppMessage() { return { title: '一张卡片', path: '/pages/next/index?from=card' } },
    })`,
};
