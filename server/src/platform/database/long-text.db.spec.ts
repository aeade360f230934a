import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { WallClock } from '../clock/wall-clock.js';
import { Outbox } from '../outbox/outbox.js';

describe.each(ENGINES)('long texts [%s]', (engine) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase(engine);
  }, 60_000);
  afterAll(() => test.close());

  it('keeps an event of more than 64 KiB whole', async () => {
    const memberId = '羊'.repeat(100_000);
    const outbox = new Outbox(new WallClock());
    await test.unitOfWork.run((tx) => outbox.add(tx, 'member.joined', 'mem_long', 1, { memberId, at: 1 }));
    const row = await test.database.first<{ payloadJson: string }>('SELECT payloadJson FROM outbox_events');
    expect(JSON.parse(row?.payloadJson ?? '')).toEqual({ memberId, at: 1 });
  });
});
