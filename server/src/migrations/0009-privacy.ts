import type { MigrationInterface, QueryRunner, TableOptions } from 'typeorm';
import { createTables, dropTables } from './create-tables.js';

const TABLES: TableOptions[] = [
  {
    name: 'data_exports',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'memberId', type: 'varchar', length: '36' },
      { name: 'day', type: 'varchar', length: '10' },
      { name: 'state', type: 'varchar', length: '10' },
      { name: 'requestedAt', type: 'bigint' },
      { name: 'dueAt', type: 'bigint', isNullable: true },
      { name: 'madeAt', type: 'bigint', isNullable: true },
      { name: 'contentSealed', type: 'text', isNullable: true },
    ],
    indices: [
      { name: 'IDX_f30d1d407694271ab34292cff5', columnNames: ['state', 'dueAt'] },
      { name: 'IDX_e2931bb8dfa2fb29f3ad6a4eaa', columnNames: ['memberId', 'day'], isUnique: true },
    ],
  },
  {
    name: 'account_closures',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'memberId', type: 'varchar', length: '36' },
      { name: 'state', type: 'varchar', length: '10' },
      { name: 'closedAt', type: 'bigint' },
      { name: 'recordedAt', type: 'bigint' },
      { name: 'dueAt', type: 'bigint', isNullable: true },
      { name: 'runs', type: 'integer' },
      { name: 'doneAt', type: 'bigint', isNullable: true },
    ],
    indices: [
      { name: 'IDX_eac0a9b18447c214fdb9eecbc6', columnNames: ['state', 'dueAt'] },
      { name: 'IDX_800dc11987693e8ca1e7ea1b5d', columnNames: ['memberId'], isUnique: true },
    ],
  },
];

/** Exports of a member's data, and accounts that were closed. */
export class Privacy1795836000000 implements MigrationInterface {
  name = 'Privacy1795836000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE members ADD COLUMN closedAt bigint');
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
    await runner.query('ALTER TABLE members DROP COLUMN closedAt');
  }
}
