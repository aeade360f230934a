import type { MigrationInterface, QueryRunner, TableOptions } from 'typeorm';
import { createTables, dropTables } from './create-tables.js';

const TABLES: TableOptions[] = [
  {
    name: 'message_turns',
    columns: [
      { name: 'memberId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'slot', type: 'integer', isPrimary: true },
      { name: 'usedAt', type: 'bigint' },
    ],
  },
];

/** R6.4: how often a member was written to lately. */
export class MessageTurns1795852000000 implements MigrationInterface {
  name = 'MessageTurns1795852000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
