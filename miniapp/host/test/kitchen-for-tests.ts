import type { Files } from './project-for-tests.js';

/** A mini-program without a framework that uses each part of the host once and writes down what it is told. */
export const KITCHEN: Files = {
  'project.config.json': '{"appid":"wxkitchen","miniprogramRoot":"./"}',
  'app.json': JSON.stringify({
    pages: ['pages/home/index', 'pages/tab/index', 'pages/parts/index', 'pages/cover/index'],
    window: { navigationBarTitleText: '厨房' },
    tabBar: {
      list: [
        { pagePath: 'pages/home/index', text: '首页' },
        { pagePath: 'pages/tab/index', text: '另一页' },
      ],
    },
  }),
  'app.wxss': 'page{--ink:rgb(0, 170, 0)} .half{width:375rpx;height:20px} view.say{color:var(--ink)}',
  'app.js': `App({
    diary: [],
    onLaunch(o) { this.diary.push('app.onLaunch ' + o.path + ' ' + o.scene) },
    onShow(o) { this.diary.push('app.onShow ' + o.scene + ' ' + JSON.stringify(o.query)) },
    onHide() { this.diary.push('app.onHide') },
  })`,
  'pages/home/index.wxml':
    '<view class="say">{{word}}</view><view class="half" id="half"></view><button class="go" bindtap="go">去</button>' +
    '<view class="ground" bindtap="ground" style="position:fixed;left:0;bottom:0;width:100%;height:200px"></view>',
  'pages/home/index.js': `
    const diary = (line) => getApp().diary.push('home.' + line);
    Page({
      data: { word: '早' },
      onLoad(query) { diary('onLoad ' + JSON.stringify(query) + ' ' + getCurrentPages().length) },
      onShow() { diary('onShow') }, onReady() { diary('onReady') }, onHide() { diary('onHide') }, onUnload() { diary('onUnload') },
      ground() { diary('ground') },
      go() { wx.navigateTo({ url: '../parts/index?name=%E9%99%88' }) },
    })`,
  'pages/tab/index.wxml': '<view class="say">tab</view>',
  'pages/tab/index.js': `Page({ onShow() { getApp().diary.push('tab.onShow') } })`,
  'pages/cover/index.wxml':
    '<view class="below" bindtap="tap" style="width:100px;height:100px"></view><view style="position:fixed;left:0;top:0;width:200px;height:200px"></view>' +
    '<view class="leave" bindtap="leave" style="position:fixed;left:0;bottom:0;width:100%;height:200px"></view>',
  'pages/cover/index.js': 'Page({ tap() {}, leave() { wx.navigateBack() } })',
  'components/card/index.json': '{"component":true}',
  'components/card/index.wxml': '<view class="card">{{title}} {{count}}</view>',
  'components/card/index.js': `Component({ properties: { title: String }, data: { count: 1 }, methods: { add(n) { this.setData({ count: this.data.count + n }); return this.data.count } } })`,
  'pages/parts/index.json': '{"usingComponents":{"card":"/components/card/index"}}',
  'pages/parts/index.wxml': `<view class="outer" bindtap="outer"><button class="inner" catchtap="inner">按</button></view>
<card title="卡片"/>
<form bindsubmit="submit">
<input class="in" name="nick" maxlength="3" bindinput="input" value="{{nick}}"/>
<textarea class="ta" name="note" bindinput="input"></textarea>
<switch class="sw" name="on" bindchange="change"/>
<radio-group name="size" bindchange="change"><label class="l1"><radio value="S"/>小</label><label class="l2"><radio value="M"/>中</label></radio-group>
<checkbox-group name="more" bindchange="change"><checkbox class="c1" value="a"/><checkbox class="c2" value="b"/></checkbox-group>
<picker class="pk" range="{{words}}" bindchange="change"><view>选</view></picker>
<button class="send" form-type="submit">交</button>
</form>
<scroll-view class="sv" scroll-y style="height:50px" bindscrolltolower="lower"><view style="height:500px">高</view></scroll-view>
<swiper class="sp" bindchange="swipe"><swiper-item>1</swiper-item><swiper-item>2</swiper-item></swiper>
<rich-text class="rt" nodes="<b onclick='x'>粗</b><script>bad()</script>"/>
<button class="modal" bindtap="modal">问</button>
<button class="share" open-type="share" data-from="parts">送</button>
<view style="height:1500px"></view><view wx:if="{{isLonger}}" style="height:1500px"></view>`,
  'pages/parts/index.js': `
    Page({
      data: { nick: '', words: ['红', '绿'], said: [] },
      onLoad(query) { this.say('load ' + query.name) },
      say(line) { this.data.said.push(line) },
      outer() { this.say('outer') }, inner(e) { this.say('inner ' + e.type + ' ' + (typeof e.detail.x)) },
      input(e) { this.say('input ' + e.detail.value) }, change(e) { this.say('change ' + JSON.stringify(e.detail.value)) },
      submit(e) { this.say('submit ' + JSON.stringify(e.detail.value)) },
      lower() { this.say('lower') }, swipe(e) { this.say('swipe ' + e.detail.current) },
      modal() { wx.showModal({ title: '好吗', success: (r) => this.say('modal ' + r.confirm) }) },
      onReachBottom() { this.say('bottom') }, onPullDownRefresh() { this.say('pull') },
      onShareAppMessage(o) { return { title: '一张卡片', path: '/pages/home/index?from=' + o.target.dataset.from } },
    })`,
};
