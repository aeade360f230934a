import type { MigrationInterface, QueryRunner, TableOptions } from 'typeorm';
import { createTables, dropTables } from './create-tables.js';

const TABLES: TableOptions[] = [
  {
    name: 'payout_contradictions',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'transferId', type: 'varchar', length: '36', isNullable: true },
      { name: 'outBillNo', type: 'varchar', length: '64' },
      { name: 'kind', type: 'varchar', length: '20' },
      { name: 'ours', type: 'varchar', length: '100' },
      { name: 'theirs', type: 'varchar', length: '100' },
      { name: 'seenAt', type: 'bigint' },
      { name: 'resolvedAt', type: 'bigint', isNullable: true },
      { name: 'resolvedBy', type: 'varchar', length: '36', isNullable: true },
      { name: 'resolution', type: 'varchar', length: '200', isNullable: true },
    ],
    indices: [
      { name: 'IDX_f9c6bfd9905c7a2695d7dc4794', columnNames: ['resolvedAt', 'id'] },
      { name: 'IDX_1b1c3be026a22dba6333d2d028', columnNames: ['outBillNo', 'kind'], isUnique: true },
    ],
  },
  {
    name: 'payee_names',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'nameSealed', type: 'varchar', length: '400' },
      { name: 'updatedAt', type: 'bigint' },
    ],
  },
  {
    name: 'payout_merchant_periods',
    columns: [
      { name: 'period', type: 'varchar', length: '10', isPrimary: true },
      { name: 'sentFen', type: 'bigint' },
    ],
  },
];

const COLUMNS = [
  { table: 'payout_requests', column: "withholding varchar(20) NOT NULL DEFAULT 'none'" },
  { table: 'payout_transfers', column: 'payeeAccount varchar(64)' },
  { table: 'payout_transfers', column: 'payeeNameSealed varchar(400)' },
  { table: 'payout_transfers', column: 'phase varchar(12)' },
  { table: 'payout_transfers', column: 'phaseAt bigint' },
  { table: 'payout_transfers', column: 'packageInfo mediumtext' },
  { table: 'payout_transfers', column: 'cancelAskedAt bigint' },
];

/** What a transfer through WeChat needs to know of itself, and what was taken of it as tax. */
export class Payouts1795833200006 implements MigrationInterface {
  name = 'Payouts1795833200006';

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
    const onSqlite = runner.connection.options.type === 'better-sqlite3';
    for (const { table, column } of COLUMNS) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN ${onSqlite ? column.replace('mediumtext', 'text') : column}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { table, column } of [...COLUMNS].reverse()) {
      await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column.split(' ')[0]}`);
    }
    await dropTables(runner, TABLES);
  }
}
