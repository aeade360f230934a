import type { MigrationInterface, QueryRunner, TableOptions } from 'typeorm';
import { createTables, dropTables } from './create-tables.js';

const TABLES: TableOptions[] = [
  {
    name: 'written_texts',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'kind', type: 'varchar', length: '20' },
      { name: 'memberId', type: 'varchar', length: '36' },
      { name: 'textSealed', type: 'text', isNullable: true },
      { name: 'state', type: 'varchar', length: '10' },
      { name: 'openKey', type: 'varchar', length: '60', isNullable: true },
      { name: 'waitingFor', type: 'varchar', length: '10', isNullable: true },
      { name: 'cause', type: 'varchar', length: '20', isNullable: true },
      { name: 'label', type: 'integer', isNullable: true },
      { name: 'tries', type: 'integer' },
      { name: 'nextTryAt', type: 'bigint', isNullable: true },
      { name: 'writtenAt', type: 'bigint' },
      { name: 'decidedAt', type: 'bigint', isNullable: true },
      { name: 'decidedBy', type: 'varchar', length: '36', isNullable: true },
      { name: 'reason', type: 'varchar', length: '200', isNullable: true },
    ],
    indices: [
      { name: 'IDX_9989f9bad60cc36bacdfef0da4', columnNames: ['state'] },
      { name: 'IDX_357ed0749f1f9d4c002e81faab', columnNames: ['waitingFor', 'nextTryAt'] },
      { name: 'IDX_79904e6d7858990de020a26b5d', columnNames: ['memberId', 'kind'] },
      { name: 'IDX_1dc079effc3d8a86c3ee4f3a22', columnNames: ['openKey'], isUnique: true },
    ],
  },
];

/** Texts that people write and others see, until they are passed (§9). */
export class WrittenTexts1795849000000 implements MigrationInterface {
  name = 'WrittenTexts1795849000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
