import { ProblemType } from '@mall/shared/problems';
import { readCatalogueFile } from './read-csv.js';

const read = (text: string) => readCatalogueFile(Buffer.from(text));
const HEADER = 'Handle,Title,Variant Price';

describe('reading a catalogue file', () => {
  it('counts physical lines: quoted cells over several, blank ones, Windows and Unix endings mixed', () => {
    const { records } = read(`\ufeff${HEADER}\r\na,"x\ny\r\nz",1\r\n\r\n\nb,"q",2`);
    expect(records.filter(({ cells }) => cells.length > 1).map(({ line, cells }) => [line, cells[0]])).toEqual([
      [2, 'a'],
      [7, 'b'],
    ]);
  });

  it('knows columns by their names whatever the case, blanks and order', () => {
    const { layout } = read(' variant  PRICE ,Extra,TITLE,handle\n1,2,3,4');
    expect([layout.get('price'), layout.get('title'), layout.get('handle')]).toEqual([0, 2, 3]);
  });

  it('reads the Chinese of a spreadsheet program that writes GB 18030', () => {
    const bytes = Buffer.concat([
      Buffer.from(`${HEADER}\na,`),
      Buffer.from([0xbf, 0xaa, 0xc9, 0xc0]),
      Buffer.from(',1'),
    ]);
    expect(readCatalogueFile(bytes).records[0]?.cells[1]).toBe('开衫');
  });

  it.each([
    ['an empty file', Buffer.alloc(0), 1, '空'],
    ['blanks', Buffer.from(' \n \n'), 1, '空'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]), 1, 'CSV'],
    ['bytes of no encoding', Buffer.from([0xff, 0xff, 0x41]), 1, '编码'],
    ['another table', Buffer.from('name,price\nx,1'), 1, 'handle、title、variant price'],
    ['a table without prices', Buffer.from('Handle,Title\na,b'), 1, 'variant price'],
    ['a header alone', Buffer.from(`${HEADER}\n\n`), 1, '没有商品'],
    ['a quote that never closes', Buffer.from(`${HEADER}\na,b,1\nb,"c,2\nd,e,3`), 3, '没有闭合'],
    ['text after a quote', Buffer.from(`${HEADER}\na,"b"c,1`), 2, '引号后面'],
    ['a quote inside a bare cell', Buffer.from(`${HEADER}\na,b,1\nb,5"c,1`), 3, '引号'],
    ['JSON', Buffer.from('{"a": 1}'), 1, ''],
  ])('refuses %s whole, with reason and line', (_, bytes, line, reason) => {
    expect(() => readCatalogueFile(bytes)).toThrow(
      expect.objectContaining({
        type: ProblemType.CatalogueFileRefused,
        status: 422,
        extension: { line, detail: expect.stringContaining(reason) },
      }),
    );
  });
});
