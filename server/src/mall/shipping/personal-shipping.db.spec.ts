import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { ShippingPersonalData } from './personal-shipping.part.js';

describe.each(ENGINES)('what is left of a closed account in the uploads of parcels (PIPL) [%s]', (engine) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase(engine);
  }, 60_000);
  afterAll(() => test.close());

  /** A row with these values, and something in every other column that wants one. */
  async function put(table: string, values: Record<string, string | number>): Promise<void> {
    const { columns } = test.write.getMetadata(table);
    const row: Record<string, string | number> = {};
    for (const { propertyName, isNullable, type } of columns) {
      if (!isNullable) row[propertyName] = type === 'varchar' || type === 'text' ? `${values.id}` : 1;
    }
    Object.assign(row, values);
    const names = Object.keys(row);
    const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
    await test.unitOfWork.run((tx) => tx.execute(sql, Object.values(row)));
  }

  async function upload(orderId: string, memberId: string, state: string): Promise<void> {
    await put('orders', { id: orderId, memberId });
    const hers = { payerOpenid: `openid of ${memberId}`, receiverContact: '138****8000' };
    await put('shipping_uploads', { id: `shu_${orderId}`, orderId, orderNumber: orderId, state, ...hers });
  }

  const erase = () =>
    test.unitOfWork.run((tx) =>
      new ShippingPersonalData().erase(tx, { memberId: 'mem_1', entryIds: ['mem_1', 'mem_2'], at: 1 }),
    );
  const left = () =>
    test.database.query<{ id: string; payerOpenid: string; receiverContact: string | null }>(
      'SELECT id, payerOpenid, receiverContact FROM shipping_uploads ORDER BY id',
    );

  it('§8: account and number go from all of her entries, after WeChat has taken the parcel; others keep theirs', async () => {
    await upload('ord_1', 'mem_1', 'uploaded');
    await upload('ord_2', 'mem_2', 'failed');
    await upload('ord_3', 'mem_1', 'waiting');
    await upload('ord_4', 'mem_9', 'uploaded');
    const kept = (id: string, memberId: string) => ({
      id,
      payerOpenid: `openid of ${memberId}`,
      receiverContact: '138****8000',
    });
    const gone = (id: string) => ({ id, payerOpenid: '', receiverContact: null });
    expect(await erase()).toBe('later');
    expect(await left()).toEqual([
      gone('shu_ord_1'),
      gone('shu_ord_2'),
      kept('shu_ord_3', 'mem_1'),
      kept('shu_ord_4', 'mem_9'),
    ]);
    await test.unitOfWork.run((tx) => tx.execute(`UPDATE shipping_uploads SET state = 'uploaded'`));
    expect(await erase()).toBe('done');
    expect((await left()).filter(({ payerOpenid }) => payerOpenid !== '')).toEqual([kept('shu_ord_4', 'mem_9')]);
  });
});
