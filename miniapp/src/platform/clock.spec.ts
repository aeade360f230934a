import { dayText, momentText, shortMomentText } from './clock';

describe('instants as the shop reads them (R1.4)', () => {
  it('shows Asia/Shanghai whatever the phone is set to', () => {
    const lateEvening = Date.UTC(2026, 10, 21, 16, 5);
    expect(momentText(lateEvening)).toBe('2026-11-22 00:05');
    expect(shortMomentText(lateEvening)).toBe('11月22日 00:05');
    expect(dayText(lateEvening - 6 * 60_000)).toBe('2026年11月21日');
  });
});
