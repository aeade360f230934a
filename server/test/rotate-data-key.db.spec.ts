import { randomBytes } from 'node:crypto';
import { MemberEntity, Members } from '../src/membership/members/members.public.js';
import { RotateDataKey } from '../src/membership/privacy/privacy.public.js';
import { BusinessClock } from '../src/platform/clock/business-clock.js';
import { SealedText } from '../src/platform/crypto/sealed-text.js';
import type { Tx } from '../src/platform/database/tx.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { ENTITIES } from '../src/schema.js';
import { ENGINES, openTestDatabase, type TestDatabase } from './support/test-database.js';

const OLD = randomBytes(32);
const NEW = randomBytes(32);
const old = new SealedText({ dataKey: OLD, dataKeysOld: [] });
const both = new SealedText({ dataKey: NEW, dataKeysOld: [OLD] });
const only = new SealedText({ dataKey: NEW, dataKeysOld: [] });
const PEOPLE = 230;

const phoneOf = (n: number): string => `138${String(n).padStart(8, '0')}`;
const countryOf = (n: number): string => (n === 7 ? '852' : '86');

describe.each(ENGINES)('rotating the data key [%s]', (engine) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await openTestDatabase(engine);
    await test.unitOfWork.run(async (tx) => {
      await tx.insert(
        MemberEntity,
        Array.from({ length: PEOPLE }, (_, n) => member(n)),
      );
      await tx.execute(
        `INSERT INTO addresses (id, memberId, slot, defaultOf, personSealed, province, city, district, createdAt, updatedAt)
         VALUES ('adr_1', 'mem_0', 1, NULL, ?, 'p', 'c', 'd', 1, 1)`,
        [old.seal('林小雨')],
      );
      await tx.execute(
        `INSERT INTO member_cases (id, memberId, otherMemberId, phoneHash, state, openedAt) VALUES ('mcs_1', 'x', 'mem_7', ?, 'open', 1)`,
        [old.lookupHash('+852 13800000007')],
      );
    });
  }, 60_000);
  afterEach(() => test.close());

  const member = (n: number): MemberEntity => ({
    id: `mem_${n}`,
    unionid: null,
    nickname: null,
    phoneSealed: old.seal(phoneOf(n)),
    phoneHash: old.lookupHash(`+${countryOf(n)} ${phoneOf(n)}`),
    phoneTail: phoneOf(n).slice(-4),
    joinedAt: 1,
    createdAt: 1,
    contactPreference: 'guide',
    mergedInto: null,
    closedAt: null,
  });
  const found = async (sealed: SealedText, n: number): Promise<string | undefined> => {
    const members = new Members({ now: () => 1 } as BusinessClock, sealed);
    return (await members.byPhone(test.database, { phone: phoneOf(n), countryCode: countryOf(n) }))?.id;
  };
  const membersDone = async (): Promise<number> => {
    const sql = 'SELECT COUNT(*) AS n FROM members WHERE phoneSealed LIKE ?';
    return Number((await test.database.first<{ n: number }>(sql, [`${only.currentPrefix}%`]))?.n);
  };
  /** Dies after the first batch of members, as a killed process would: what was committed stays. */
  const dying = (): UnitOfWork => {
    const run = async <T>(body: (tx: Tx) => Promise<T>): Promise<T> => {
      if ((await membersDone()) > 0) throw new Error('killed');
      return test.unitOfWork.run(body);
    };
    return { run } as UnitOfWork;
  };

  it('§8: seals every row anew and hashes every number anew, so that the new key alone opens and finds them', async () => {
    const result = await new RotateDataKey(test.unitOfWork, both).execute();
    expect(result).toEqual({ resealed: PEOPLE + 1, left: 0 });
    for (const n of [0, 7, PEOPLE - 1]) expect(await found(only, n)).toBe(`mem_${n}`);
    const [address] = await test.database.query<{ personSealed: string }>('SELECT personSealed FROM addresses');
    expect(only.open(address?.personSealed ?? '')).toBe('林小雨');
    const [one] = await test.database.query<{ phoneHash: string }>(`SELECT phoneHash FROM member_cases`);
    expect(one?.phoneHash).toBe(only.lookupHash('+852 13800000007'));
    expect(() => old.open(address?.personSealed ?? '')).toThrow();
  });

  it('§8: killed in the middle, everybody is found by either key, and the next run goes on from there', async () => {
    await expect(new RotateDataKey(dying(), both).execute()).rejects.toThrow('killed');
    expect(await membersDone()).toBe(100);
    for (let n = 0; n < PEOPLE; n += 23) expect(await found(both, n)).toBe(`mem_${n}`);
    const rest = await new RotateDataKey(test.unitOfWork, both).execute();
    expect(rest.left).toBe(0);
    expect(rest.resealed).toBeGreaterThanOrEqual(PEOPLE - 100);
    expect(await membersDone()).toBe(PEOPLE);
    expect(await new RotateDataKey(test.unitOfWork, both).execute()).toEqual({ resealed: 0, left: 0 });
  });

  it('§8: without the key that sealed a row it stops and changes nothing', async () => {
    const stranger = new SealedText({ dataKey: NEW, dataKeysOld: [randomBytes(32)] });
    await expect(new RotateDataKey(test.unitOfWork, stranger).execute()).rejects.toThrow('data key');
    expect(await found(old, 3)).toBe('mem_3');
  });

  it('knows every column of the schema whose name says that it is sealed', () => {
    const named = ENTITIES.flatMap((entity) => {
      const { tableName, columns } = test.write.getMetadata(entity);
      return columns
        .filter(({ databaseName }) => /Sealed$/.test(databaseName))
        .map((c) => `${tableName}.${c.databaseName}`);
    });
    const known = new RotateDataKey(test.unitOfWork, both).columns().map(({ table, column }) => `${table}.${column}`);
    expect(named.length).toBeGreaterThan(3);
    expect(known.sort()).toEqual(named.sort());
  });
});
