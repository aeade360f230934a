import { callbackText, readCallbackXml } from './callback-xml.js';

describe('XML of callbacks', () => {
  it('gives the children of <xml> as texts, digits and leading zeros kept', () => {
    const fields = readCallbackXml(
      '<xml><ToUserName><![CDATA[ww1]]></ToUserName>\n<CreateTime>1409659813</CreateTime><MsgId>0456125535425134592900</MsgId></xml>',
    );
    expect(fields).toEqual({ ToUserName: 'ww1', CreateTime: '1409659813', MsgId: '0456125535425134592900' });
  });

  it('gives nested and repeated fields as they are', () => {
    const text = '<xml><order_info><merchant_id>1</merchant_id></order_info><id>1</id><id>2</id></xml>';
    expect(readCallbackXml(text)).toEqual({ order_info: { merchant_id: '1' }, id: ['1', '2'] });
  });

  it('keeps what stands in CDATA to the letter', () => {
    expect(readCallbackXml('<xml><a><![CDATA[<b>&amp;]]></a></xml>')).toEqual({ a: '<b>&amp;' });
  });

  it('expands no entity and takes no document type', () => {
    expect(readCallbackXml('<xml><a>&lt;b&gt;&#65;</a></xml>')).toEqual({ a: '&lt;b&gt;&#65;' });
    const bomb = '<!DOCTYPE xml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml><a>&b;</a></xml>';
    expect(readCallbackXml(bomb)).toBeNull();
    expect(readCallbackXml('<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml><a>1</a></xml>')).toBeNull();
  });

  it.each([
    '',
    'text',
    '{"a":1}',
    '<xml><a>1</xml>',
    '<xml>text</xml>',
    '<xml></xml>',
    '<other><a>1</a></other>',
    '<xml><a>1</a></xml><xml><a>2</a></xml>',
    `<xml><a>${'1'.repeat(70_000)}</a></xml>`,
  ])('is null for %.40j', (text) => expect(readCallbackXml(text)).toBeNull());

  it('reads a field of text, and nothing that every object has', () => {
    const fields = readCallbackXml('<xml><a>1</a><b><c>2</c></b><__proto__><d>3</d></__proto__></xml>') ?? {};
    expect([callbackText(fields, 'a'), callbackText(fields, 'b'), callbackText(fields, 'toString')]).toEqual([
      '1',
      '',
      '',
    ]);
    expect(callbackText(fields, 'd')).toBe('');
  });
});
