import { chooseEntry, type MergingEntry, stricterPreference } from './choose-entry.js';

describe('choosing the entry that stays (R2.1)', () => {
  const visitor: MergingEntry = { id: 'mem_1', joinedAt: null, createdAt: 10 };
  const joined: MergingEntry = { id: 'mem_2', joinedAt: 400, createdAt: 300 };

  it('keeps the joined one, however young, in either order', () => {
    expect(chooseEntry(visitor, joined)).toEqual({ stays: joined, closes: visitor });
    expect(chooseEntry(joined, visitor)).toEqual({ stays: joined, closes: visitor });
  });

  it('keeps who joined first, of two visitors the older, and breaks equal times by id (R1.4)', () => {
    expect(chooseEntry({ ...joined, id: 'mem_3', joinedAt: 399 }, joined).stays.id).toBe('mem_3');
    expect(chooseEntry({ ...visitor, id: 'mem_0', createdAt: 11 }, visitor).stays.id).toBe('mem_1');
    expect(chooseEntry({ ...visitor, id: 'mem_0' }, visitor).stays.id).toBe('mem_0');
  });

  it('keeps the stricter wish about contact (R2.5)', () => {
    expect(stricterPreference('guide', 'nobody')).toBe('nobody');
    expect(stricterPreference('hq_only', 'guide')).toBe('hq_only');
  });
});
