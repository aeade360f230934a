import { dateColumns, dateColumnsAt } from './pick.js';

const ends = (column: string[]) => [column[0], column.at(-1)];

describe('the picker of dates', () => {
  it.each([
    ['2026-02-10', '28'],
    ['2028-02-10', '29'],
    ['2026-04-10', '30'],
    ['2026-12-10', '31'],
  ])('the month of %s ends with its own last day, %s', (value, last) => {
    expect(ends(dateColumns({ value }).words[2])).toEqual(['01', last]);
  });

  it('offers no day before start and none after end, and the whole of what lies between', () => {
    const bounds = { start: '2025-11-20', end: '2026-02-05' };
    const [years, months, days] = dateColumns({ ...bounds, value: '2025-11-25' }).words;
    expect([years, months, ends(days)]).toEqual([
      ['2025', '2026'],
      ['11', '12'],
      ['20', '30'],
    ]);
    const late = dateColumns({ ...bounds, value: '2026-02-01' }).words;
    expect([late[1], ends(late[2])]).toEqual([
      ['01', '02'],
      ['01', '05'],
    ]);
    expect(ends(dateColumns({ ...bounds, value: '2026-01-01' }).words[2])).toEqual(['01', '31']);
  });

  it.each([
    ['2020-01-01', '2025-11-20'],
    ['2030-01-01', '2026-02-05'],
  ])('shows for %s, which is out of bounds, the nearest day: %s', (value, shown) => {
    const { words, chosen } = dateColumns({ start: '2025-11-20', end: '2026-02-05', value });
    expect(words.map((column, at) => column[chosen[at]]).join('-')).toBe(shown);
  });

  it('stops where fields says', () => {
    expect(dateColumns({ fields: 'month', value: '2026-03' }).words).toHaveLength(2);
    expect(dateColumns({ fields: 'year', value: '2026' }).words).toHaveLength(1);
  });

  it('takes numbers one after the other, each in what those before it leave', () => {
    const given = { start: '2026-01-01', end: '2028-12-31', value: '2026-01-31' };
    const { words, chosen } = dateColumnsAt(given, [2, 1, 28]);
    expect(words.map((column, at) => column[chosen[at]])).toEqual(['2028', '02', '29']);
    expect(() => dateColumnsAt(given, [1, 1, 28])).toThrow('picker: column 2 has no item number 28');
  });
});
