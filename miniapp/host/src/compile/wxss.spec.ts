import { compileStyles, translateWxss } from './wxss.js';

describe('WXSS', () => {
  it.each([
    ['750 units are the width of the screen', '.a{width:375rpx}', '.a{width:calc(375 * 100vw / 750)}'],
    [
      'negative and broken units',
      '.a{margin:-1.5rpx .5rpx}',
      '.a{margin:calc(-1.5 * 100vw / 750) calc(.5 * 100vw / 750)}',
    ],
    ['tags are the components of WeChat', 'view>text.b,page,.view{}', 'wx-view>wx-text.b,body,.view{}'],
    [
      'a longer tag is not taken for a shorter one',
      'swiper-item image:first-child{}',
      'wx-swiper-item wx-image:first-child{}',
    ],
    ['values are no selectors', '.a{display:block;content:"view{1rpx}"}', '.a{display:block;content:"view{1rpx}"}'],
    [
      'rules inside of media queries',
      '@media (min-width:10px){view{top:1rpx}}',
      '@media (min-width:10px){wx-view{top:calc(1 * 100vw / 750)}}',
    ],
  ])('%s', (_fact, wxss, css) => {
    expect(translateWxss(wxss)).toBe(css);
  });

  it('takes :host for the element of the component whose style this is, and leaves longer names alone', () => {
    expect(translateWxss(':host{a:b}:host-context,.c :host .d{}', 'lib/pane/index')).toBe(
      '[wx-host="lib/pane/index"]{a:b}:host-context,.c [wx-host="lib/pane/index"] .d{}',
    );
  });

  it('puts an imported style where it is imported, once, and knows comments', () => {
    const texts = new Map([
      ['app.wxss', '@import "./a.wxss";/* @import "no.wxss"; */@import "b/b.wxss";'],
      ['a.wxss', '.a{}'],
      ['b/b.wxss', '@import "../a.wxss";.b{}'],
      ['page.wxss', '@import "/a.wxss";.page{}'],
    ]);
    const styles = compileStyles({ texts });
    expect(styles.app.replace(/\s/g, '')).toBe('.a{}.b{}');
    expect(styles.page).toBe('.a{}.page{}');
  });
});
