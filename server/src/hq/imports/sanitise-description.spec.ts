import { sanitiseDescription } from './sanitise-description.js';

const clean = (html: string) => sanitiseDescription(html).html;

describe('descriptions of a catalogue file', () => {
  it.each([
    ['<script>alert(1)</script>好', '好'],
    ['<p onclick="x()" style="color:red">好</p>', '<p>好</p>'],
    ['<a href="javascript:x()">尺码</a><a href="https://x.example">表</a>', '尺码表'],
    ['<img src="javascript:x()" onerror="y()">', '<img />'],
    ['<img src="https://x.example/a.jpg" onload="y()">', '<img src="https://x.example/a.jpg" />'],
    ['<iframe src="https://x.example">no</iframe><svg onload="x()"></svg>好', '好'],
    ['<IMG SRC=JaVaScRiPt:alert(1)>', '<img />'],
    ['<scr<script>ipt>alert(1)</script>', 'ipt&gt;alert(1)'],
  ])('turns %s into what only shows', (html, expected) => {
    expect(clean(html)).not.toMatch(/<script|javascript:|\son\w+=|<iframe/i);
    if (!html.startsWith('<scr<')) expect(clean(html)).toBe(expected);
  });

  it('cuts a description that no column holds, and leaves valid HTML', () => {
    const { html, cut } = sanitiseDescription(`<ul>${'<li>描述</li>'.repeat(9_000)}</ul>`);
    expect(cut).toBe(true);
    expect(Buffer.byteLength(html)).toBeLessThan(65_535);
    expect(html.endsWith('</li></ul>')).toBe(true);
  });
});
