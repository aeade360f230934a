import { readStored, type StoredKind, writeStored } from './storage';

const numbers = (version: number): StoredKind<number> => ({
  name: 'n',
  version,
  parse: (value) => (typeof value === 'number' ? value : null),
});

describe('what the phone keeps', () => {
  it('reads back what was written under the same version', () => {
    expect(writeStored(numbers(1), 42)).toBe(true);
    expect(readStored(numbers(1))).toBe(42);
  });

  it('forgets a value of another version instead of misreading it', () => {
    writeStored(numbers(1), 42);
    expect(readStored(numbers(2))).toBeNull();
  });

  it('forgets a value of another shape', () => {
    writeStored({ name: 'n', version: 1, parse: () => null }, 'text');
    expect(readStored(numbers(1))).toBeNull();
  });
});
