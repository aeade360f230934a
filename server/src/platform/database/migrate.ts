import type { DataSource } from 'typeorm';

const LOCK = 'mall-migrations';

/** Runs pending migrations, one process at a time. Returns the names of those that ran. */
export async function migrate(source: DataSource): Promise<string[]> {
  if (source.options.type === 'better-sqlite3') {
    return (await source.runMigrations({ transaction: 'each' })).map((migration) => migration.name);
  }
  // The lock belongs to a connection, so one runner is kept open around the migrations.
  const runner = source.createQueryRunner();
  try {
    const rows = (await runner.query('SELECT GET_LOCK(?, 120) AS granted', [LOCK])) as { granted: number }[];
    if (Number(rows[0]?.granted) !== 1) throw new Error('another process has been migrating this database for 120 s');
    return (await source.runMigrations({ transaction: 'each' })).map((migration) => migration.name);
  } finally {
    await runner.query('SELECT RELEASE_LOCK(?)', [LOCK]).catch(() => undefined);
    await runner.release();
  }
}
