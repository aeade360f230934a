import { faultsInChange, faultsInVersion, SETTING_LIMITS } from './check-settings.js';
import { SETTING_DEFAULTS, type SettingName, type SettingValues } from './settings.js';

const NAMES = Object.keys(SETTING_DEFAULTS) as SettingName[];

describe('limits of HQ settings (R3.4)', () => {
  it.each(NAMES)('the defaults of %s are within their own limits', (name) => {
    expect(faultsInChange(name, SETTING_DEFAULTS[name])).toEqual([]);
    expect(faultsInVersion(name, SETTING_DEFAULTS[name] as SettingValues<typeof name>)).toEqual([]);
    expect(Object.keys(SETTING_LIMITS[name]).sort()).toEqual(Object.keys(SETTING_DEFAULTS[name]).sort());
  });

  it.each([
    [{ touchWindowDays: 0 }, 'values.touchWindowDays'],
    [{ touchWindowDays: 91 }, 'values.touchWindowDays'],
    [{ touchWindowDays: 7.5 }, 'values.touchWindowDays'],
    [{ touchWindowDays: '7' }, 'values.touchWindowDays'],
    [{ touchWindowDays: null }, 'values.touchWindowDays'],
    [{ tailBps: 10_001 }, 'values.tailBps'],
    [{ selfPurchase: 'pays_everybody' }, 'values.selfPurchase'],
    [{ selfPurchase: 1 }, 'values.selfPurchase'],
    [{ paidLevels: 2 }, 'values.paidLevels'],
    [{ constructor: 1 }, 'values.constructor'],
    [{}, 'values'],
  ])('refuses %j and names what is wrong', (change, path) => {
    expect(faultsInChange('distribution', change).map((fault) => fault.path)).toEqual([path]);
  });

  it('names every fault of a change, in Chinese', () => {
    const faults = faultsInChange('payouts', { transferMinFen: 0, dayMaxFen: -1, autoApproveFen: 0 });
    expect(faults.map(({ path }) => path)).toEqual(['values.transferMinFen', 'values.dayMaxFen']);
    expect(faults[0]?.message).toBe('须为 1 到 1000000 的整数');
  });

  it('refuses a version whose values contradict each other (R2.3, R5.4, R5.5)', () => {
    const distribution = { ...SETTING_DEFAULTS.distribution, bindingProtectionDays: 91 };
    expect(faultsInVersion('distribution', distribution).map(({ path }) => path)).toEqual([
      'values.bindingProtectionDays',
    ]);
    const payouts = { ...SETTING_DEFAULTS.payouts, transferMinFen: 10_001 };
    expect(faultsInVersion('payouts', payouts).map(({ path }) => path)).toEqual(['values.transferMinFen']);
    expect(faultsInVersion('payouts', { ...SETTING_DEFAULTS.payouts, transferMinFen: 10_000 })).toEqual([]);
  });
});
