import { chooseMerged, type MergingBinding } from './merge-bindings.js';

describe('merging two entries of one person (R2.1)', () => {
  const a: MergingBinding = { id: 'bnd_A', relationSince: 500, isProtected: true, isValid: true, chosenAt: null };
  const b: MergingBinding = { id: 'bnd_B', relationSince: 100, isProtected: false, isValid: true, chosenAt: null };

  it('C3: keeps the protected binding, although the other is older, in either order', () => {
    expect(chooseMerged(a, b)).toEqual({ stays: a, closes: b });
    expect(chooseMerged(b, a)).toEqual({ stays: a, closes: b });
  });

  it('keeps the older of two protected bindings', () => {
    const older = { ...b, isProtected: true };
    expect(chooseMerged(a, older).stays).toBe(older);
    expect(chooseMerged(older, a).stays).toBe(older);
  });

  it('R2.5: what she chose herself lately wins over an unprotected binding, of nobody too, and never over a protected one', () => {
    const nobody = { ...a, isProtected: false, isValid: false, chosenAt: 900 };
    expect(chooseMerged(nobody, b).stays).toBe(nobody);
    expect(chooseMerged(b, nobody).stays).toBe(nobody);
    expect(chooseMerged(a, { ...b, chosenAt: 900 }).stays).toBe(a);
    const later = { ...b, chosenAt: 901 };
    expect(chooseMerged(nobody, later).stays).toBe(later);
  });

  it('breaks equal ages by id (R1.4)', () => {
    const twin = { ...a, id: 'bnd_C' };
    expect(chooseMerged(twin, a).stays).toBe(a);
    expect(chooseMerged(a, twin).stays).toBe(a);
  });
});
