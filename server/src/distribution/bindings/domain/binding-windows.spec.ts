import { isValidAt, OPEN_END, protectedUntilAt, windowsFrom } from './binding-windows.js';

const DAY = 86_400_000;
const SETTINGS = { bindingValidDays: 90, bindingProtectionDays: 15 };
const day = (n: number): number => 1_790_000_000_000 + n * DAY;

describe('windows of a binding (R2.3)', () => {
  const binding = windowsFrom(day(0), SETTINGS);

  it('last 15 and 90 days from the start', () => {
    expect(binding).toEqual({ startsAt: day(0), protectedUntil: day(15), validUntil: day(90) });
  });

  it('C2: are half-open, so that the binding is unprotected at the very end of its protection', () => {
    expect(protectedUntilAt(binding, [], [], day(15) - 1) > day(15) - 1).toBe(true);
    expect(protectedUntilAt(binding, [], [], day(15)) > day(15)).toBe(false);
    expect(isValidAt(binding, binding.protectedUntil, day(90) - 1)).toBe(true);
    expect(isValidAt(binding, binding.protectedUntil, day(90))).toBe(false);
  });

  it('do not reach back before the start', () => {
    expect(isValidAt(binding, binding.protectedUntil, day(0) - 1)).toBe(false);
  });

  it('C1: a paid order holds the protection until it is completed', () => {
    const open = { orderedAt: day(1), paidAt: day(1) + 60_000, endedAt: null };
    expect(protectedUntilAt(binding, [], [open], day(18))).toBe(OPEN_END);
    const completed = { ...open, endedAt: day(20) };
    expect(protectedUntilAt(binding, [], [completed], day(18))).toBe(day(20));
    expect(protectedUntilAt(binding, [], [completed], day(20))).toBe(day(15));
  });

  it('C1: the completed order restarts both clocks by a new window', () => {
    const renewed = windowsFrom(day(20), SETTINGS);
    expect(renewed.protectedUntil).toBe(day(35));
    expect(renewed.validUntil).toBe(day(110));
  });

  it('an order that was created after the protection had ended revives nothing', () => {
    const late = { orderedAt: day(15), paidAt: day(15) + 1, endedAt: null };
    expect(protectedUntilAt(binding, [], [late], day(16))).toBe(day(15));
  });

  it('an order created while another order held the protection holds it on', () => {
    const first = { orderedAt: day(1), paidAt: day(1), endedAt: day(20) };
    const second = { orderedAt: day(19), paidAt: day(19), endedAt: null };
    expect(protectedUntilAt(binding, [], [second, first], day(25))).toBe(OPEN_END);
    expect(protectedUntilAt(binding, [], [second], day(25))).toBe(day(15));
  });

  it('an order of the relation holds on after a renewal', () => {
    const renewed = windowsFrom(day(12), SETTINGS);
    const order = { orderedAt: day(3), paidAt: day(3), endedAt: null };
    expect(protectedUntilAt(renewed, [binding], [order], day(40))).toBe(OPEN_END);
    expect(protectedUntilAt(renewed, [], [order], day(40))).toBe(day(27));
  });

  it('a renewal under a shorter setting ends the protection sooner, and an order after that end revives nothing', () => {
    const renewed = windowsFrom(day(10), { ...SETTINGS, bindingProtectionDays: 3 });
    const late = { orderedAt: day(14), paidAt: day(14), endedAt: null };
    expect(protectedUntilAt(renewed, [binding], [late], day(14) + 1)).toBe(day(13));
    const before = { orderedAt: day(9), paidAt: day(9), endedAt: null };
    expect(protectedUntilAt(renewed, [binding], [late, before], day(14) + 1)).toBe(OPEN_END);
  });

  it('an order holds nothing before it is paid', () => {
    const order = { orderedAt: day(14), paidAt: day(17), endedAt: null };
    expect(protectedUntilAt(binding, [], [order], day(16))).toBe(day(15));
    expect(protectedUntilAt(binding, [], [order], day(17))).toBe(OPEN_END);
  });

  it('a held protection outlasts validity', () => {
    const order = { orderedAt: day(1), paidAt: day(1), endedAt: null };
    expect(isValidAt(binding, protectedUntilAt(binding, [], [order], day(95)), day(95))).toBe(true);
  });
});
