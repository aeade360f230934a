import { chooseMerged } from './merge-bindings.js';

describe('merging two entries of one person (R2.1)', () => {
  const a = { id: 'bnd_A', relationSince: 500, isProtected: true };
  const b = { id: 'bnd_B', relationSince: 100, isProtected: false };

  it('C3: keeps the protected binding, although the other is older, in either order', () => {
    expect(chooseMerged(a, b)).toEqual({ stays: a, closes: b });
    expect(chooseMerged(b, a)).toEqual({ stays: a, closes: b });
  });

  it('keeps the older of two protected bindings', () => {
    const older = { ...b, isProtected: true };
    expect(chooseMerged(a, older).stays).toBe(older);
    expect(chooseMerged(older, a).stays).toBe(older);
  });

  it('breaks equal ages by id (R1.4)', () => {
    const twin = { ...a, id: 'bnd_C' };
    expect(chooseMerged(twin, a).stays).toBe(a);
    expect(chooseMerged(a, twin).stays).toBe(a);
  });
});
