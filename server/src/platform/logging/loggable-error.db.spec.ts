import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import type { Tx } from '../database/tx.js';
import { createPino, NestLogger } from './logger.js';

const SECRETS = ['林小雨', '13800138000', "O'Hara", 'sha-of-a-token'];

describe.each(ENGINES)('errors in the log [%s]', (engine) => {
  let test: TestDatabase;
  let lines: string[];
  let logger: NestLogger;
  beforeAll(async () => {
    test = await openTestDatabase(engine);
  }, 60_000);
  afterAll(() => test.close());
  beforeEach(() => {
    lines = [];
    logger = new NestLogger(createPino('info', { write: (line: string) => lines.push(line) }));
  });

  async function failureOf(body: (tx: Tx) => Promise<unknown>): Promise<unknown> {
    return test.unitOfWork.run(body).then(
      () => Promise.reject(new Error('it did not fail')),
      (error: unknown) => error,
    );
  }

  const insert = 'INSERT INTO outbox_handled (handlerName, eventId, handledAt) VALUES (?, ?, ?)';
  const values = ["林小雨 'O'Hara' 13800138000", 'sha-of-a-token', 1];
  const duplicate = () =>
    failureOf(async (tx) => {
      await tx.execute(insert, values);
      await tx.execute(insert, values);
    });

  it('a refused insert is logged with its placeholders and without one of its values', async () => {
    const error = await duplicate();
    logger.error({ message: 'a job failed', error });
    logger.error(error);
    logger.error(Object.assign(error as Error, { extra: SECRETS[1] }));
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      for (const secret of SECRETS) expect(line).not.toContain(secret);
      expect(JSON.parse(line).error).toMatchObject({ type: 'QueryFailedError', statement: insert });
    }
    const logged = JSON.parse(lines[0] ?? '').error as Record<string, unknown>;
    expect(Object.keys(logged)).toEqual(
      engine === 'sqlite'
        ? ['type', 'message', 'stack', 'code', 'statement']
        : ['type', 'message', 'stack', 'code', 'errno', 'statement'],
    );
    expect(logged.message).toContain(engine === 'sqlite' ? 'outbox_handled.eventId' : "entry '…' for key 'PRIMARY'");
    expect(logged.stack).toMatch(/\n {4}at /);
  });

  it("a driver's own error, which carries the statement with its values, is logged without them", async () => {
    const error = ((await duplicate()) as { driverError: Error }).driverError;
    logger.error({ message: 'a job failed', error });
    for (const secret of SECRETS) expect(lines[0]).not.toContain(secret);
  });

  it('a syntax error repeats no part of the statement that holds a value', async () => {
    const error = await failureOf((tx) => tx.execute("SELECT * FRM outbox_handled WHERE eventId = '林小雨'"));
    logger.error({ message: 'failed', error: (error as { driverError: Error }).driverError });
    expect(lines[0]).not.toContain('林小雨');
  });

  it('keeps the name of a column that the database complains about', async () => {
    const error = await failureOf((tx) => tx.execute(insert, ['h', null, 1]));
    logger.error({ message: 'failed', error });
    expect(JSON.parse(lines[0] ?? '').error.message).toContain('eventId');
  });

  it('logs an error of our own by type, message and stack only', () => {
    logger.error({ message: 'failed', error: Object.assign(new TypeError('no order'), { phone: '13800138000' }) });
    expect(JSON.parse(lines[0] ?? '').error).toEqual({
      type: 'TypeError',
      message: 'no order',
      stack: expect.stringContaining('TypeError: no order\n'),
    });
  });
});
