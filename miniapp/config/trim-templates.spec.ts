import { namesIn, trimTemplates } from './trim-templates';

const view = [
  '<template name="tmpl_0_8">',
  '  <view hover-class="{{i.p1||\'none\'}}" hover-start-time="{{xs.b(i.p2,50)}}" bindtouchstart="eh" bindlongpress="eh" style="{{i.st}}" class="{{i.cl}}" bindtap="eh" catchtouchmove="eh"  id="{{i.uid||i.sid}}" data-sid="{{i.sid}}">',
  '    <template is="{{xs.a(c, item.nn, l)}}" data="{{i:item}}" wx:for="{{i.cn}}" wx:key="sid" />',
  '  </view>',
  '</template>',
].join('\n');

describe('the templates of the main package', () => {
  it("keep what a source names, in WeChat's spelling of it, and lose the rest", () => {
    const trimmed = trimTemplates(view, namesIn(['<View hoverClass="tapped" onLongPress={open} catchMove />']));
    expect(trimmed).toContain(
      '<view hover-class="{{i.p1||\'none\'}}" bindlongpress="eh" style="{{i.st}}" class="{{i.cl}}" bindtap="eh" catchtouchmove="eh" id=',
    );
    expect(trimmed).not.toMatch(/touchstart|hover-start-time/);
  });

  it('stay whole where no component is meant, and keep each closing tag', () => {
    const field =
      '<block wx:if="{{i.nn === \'9\'}}">\n<input  value="{{i.p1}}" bindinput="eh" password="{{i.p2}}"></input>\n</block>';
    expect(trimTemplates(field, namesIn(['<Input value onInput />']))).toBe(
      '<block wx:if="{{i.nn === \'9\'}}">\n<input value="{{i.p1}}" bindinput="eh"></input>\n</block>',
    );
    expect(trimTemplates(view, new Set())).toContain('wx:for="{{i.cn}}" wx:key="sid" />\n</view>\n</template>');
  });
});
