import type { SettingsView } from '@mall/shared/hq';
import { ProblemType } from '@mall/shared/problems';
import { expectProblem, send } from './support/e2e-http.js';
import { Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const DAY_MS = 86_400_000;

describe.each(ENGINES)('settings that change one after another [%s]', (engine) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open(engine);
  });
  afterAll(() => shop.close());

  const publish = (values: object, effectiveFrom?: number) =>
    send(shop.mall.apiUrl, 'POST', '/api/hq/settings/distribution', {
      token: shop.hqToken,
      body: { values, effectiveFrom, reason: '测试' },
    });
  const view = () => shop.hqGet<SettingsView>('/api/hq/settings/distribution');

  it('R3.4: what is written for later takes nothing back that changes meanwhile', async () => {
    const from = (await shop.now()) + DAY_MS;
    expect((await publish({ coachDays: 9 }, from)).status).toBe(201);
    expect((await publish({ touchWindowDays: 14 })).status).toBe(201);
    expect((await view()).values).toMatchObject({ coachDays: 7, touchWindowDays: 14 });
    await shop.advance({ days: 1, hours: 1 });
    const { values, versions } = await view();
    expect(values).toMatchObject({ coachDays: 9, touchWindowDays: 14 });
    expect(versions[0]?.values).toEqual(values);
    // As versions were written before: complete, and by that saying everything from then on.
    await shop.execute(
      `INSERT INTO setting_versions (id, settingName, valuesJson, effectiveFrom, createdBy, createdAt, reason)
       VALUES ('set_old', 'distribution', ?, ?, 'test', 1, 'test')`,
      [JSON.stringify({ ...values, coachDays: 8 }), await shop.now()],
    );
    expect((await view()).values).toMatchObject({ coachDays: 8, touchWindowDays: 14 });
  });

  it('R3.4: two changes at once are both kept', async () => {
    for (let round = 0; round < 8; round += 1) {
      const changes = [{ touchWindowDays: 20 + round }, { guideChangeDays: 40 + round }];
      const answers = await Promise.all(changes.map((values) => publish(values)));
      const written = changes.filter((_, index) => answers[index]?.status === 201);
      for (const answer of answers) expect([201, 409]).toContain(answer.status);
      expect((await view()).values).toMatchObject(Object.assign({}, ...written));
    }
  });

  it('R3.4: refuses what would contradict a version that begins later, and a date over a year ahead', async () => {
    const now = await shop.now();
    expect((await publish({ bindingProtectionDays: 80 }, now + DAY_MS)).status).toBe(201);
    const before = await shop.count('setting_versions');
    expectProblem(await publish({ bindingValidDays: 60 }), 422, ProblemType.SettingInvalid);
    expectProblem(await publish({ coachDays: 5 }, now + 367 * DAY_MS), 422, ProblemType.SettingInvalid);
    expect(await shop.count('setting_versions')).toBe(before);
    expect((await publish({ coachDays: 5 }, now + 365 * DAY_MS)).status).toBe(201);
  });
});
