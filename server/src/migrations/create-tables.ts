import { type QueryRunner, Table, type TableOptions } from 'typeorm';

function onSqlite(runner: QueryRunner): boolean {
  return runner.connection.options.type === 'better-sqlite3';
}

/** TEXT ends at 65,535 bytes on the MySQL family, which an order of fifty lines can pass as JSON. */
function withRoom(options: TableOptions): TableOptions {
  return {
    ...options,
    columns: (options.columns ?? []).map((column) =>
      column.type === 'text' ? { ...column, type: 'mediumtext' } : column,
    ),
  };
}

/**
 * Creates tables with their keys. TypeORM drops CHECK constraints on the MySQL family in silence, so they are added
 * by hand there; the same family gets a collation that tells case, since ids and codes are case-sensitive.
 */
export async function createTables(runner: QueryRunner, tables: readonly TableOptions[]): Promise<void> {
  if (!onSqlite(runner)) await runner.query('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
  for (const options of tables) {
    await runner.createTable(new Table(onSqlite(runner) ? options : withRoom(options)));
    if (onSqlite(runner)) continue;
    for (const check of options.checks ?? []) {
      await runner.query(`ALTER TABLE ${options.name} ADD CONSTRAINT ${check.name} CHECK (${check.expression})`);
    }
  }
}

/** Drops them again, those that refer first. */
export async function dropTables(runner: QueryRunner, tables: readonly TableOptions[]): Promise<void> {
  for (const options of [...tables].reverse()) await runner.dropTable(options.name);
}
