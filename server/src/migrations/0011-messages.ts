import type { MigrationInterface, QueryRunner, TableOptions } from 'typeorm';
import { createTables, dropTables } from './create-tables.js';

const TABLES: TableOptions[] = [
  {
    name: 'message_answers',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'memberId', type: 'varchar', length: '36' },
      { name: 'openid', type: 'varchar', length: '64' },
      { name: 'templateId', type: 'varchar', length: '64' },
      { name: 'requestId', type: 'varchar', length: '64' },
      { name: 'moment', type: 'varchar', length: '20' },
      { name: 'outcome', type: 'varchar', length: '10' },
      { name: 'answeredAt', type: 'bigint' },
    ],
    indices: [
      { name: 'IDX_e540d8e76a60bb1b4262cf2d9d', columnNames: ['memberId'] },
      { name: 'IDX_37116e16d7ca52fce6aee62c83', columnNames: ['openid', 'requestId', 'templateId'], isUnique: true },
    ],
  },
  {
    name: 'message_grants',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'memberId', type: 'varchar', length: '36' },
      { name: 'openid', type: 'varchar', length: '64' },
      { name: 'templateId', type: 'varchar', length: '64' },
      { name: 'available', type: 'integer' },
      { name: 'restUntil', type: 'bigint', isNullable: true },
    ],
    indices: [
      { name: 'IDX_81c569ebdaf11442c3e22abb75', columnNames: ['memberId', 'templateId'] },
      { name: 'IDX_fcac7ed4df15218ea5d53403d3', columnNames: ['openid', 'templateId'], isUnique: true },
    ],
    checks: [{ name: 'CHK_message_grants_available', expression: 'available >= 0' }],
  },
  {
    name: 'subscribe_messages',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'memberId', type: 'varchar', length: '36' },
      { name: 'kind', type: 'varchar', length: '30' },
      { name: 'subjectId', type: 'varchar', length: '60' },
      { name: 'factsJson', type: 'text' },
      { name: 'amountFen', type: 'bigint' },
      { name: 'facts', type: 'integer' },
      { name: 'query', type: 'varchar', length: '100' },
      { name: 'state', type: 'varchar', length: '10' },
      { name: 'reasonCode', type: 'varchar', length: '20', isNullable: true },
      { name: 'grantId', type: 'varchar', length: '36', isNullable: true },
      { name: 'tries', type: 'integer' },
      { name: 'nextTryAt', type: 'bigint' },
      { name: 'claimedAt', type: 'bigint', isNullable: true },
      { name: 'createdAt', type: 'bigint' },
      { name: 'sendBefore', type: 'bigint' },
      { name: 'finishedAt', type: 'bigint', isNullable: true },
    ],
    indices: [
      { name: 'IDX_e226cd6b6f4caefe54801597f8', columnNames: ['kind', 'state'] },
      { name: 'IDX_c8cd55a95af1ce02ee7573d04b', columnNames: ['memberId', 'kind'] },
      { name: 'IDX_f511d8be18e7bd0021cf90ec52', columnNames: ['state', 'nextTryAt'] },
      { name: 'IDX_472b2344be199deb4ed595a547', columnNames: ['kind', 'subjectId'], isUnique: true },
    ],
  },
];

export class AddMessages1795847000000 implements MigrationInterface {
  name = 'AddMessages1795847000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
