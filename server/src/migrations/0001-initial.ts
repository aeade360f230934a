import type { MigrationInterface, QueryRunner, TableOptions } from 'typeorm';
import { createTables, dropTables } from './create-tables.js';

const TABLES: TableOptions[] = [
  {
    name: 'audit_entries',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'occurredAt', type: 'bigint' },
      { name: 'actorId', type: 'varchar', length: '36' },
      { name: 'actorName', type: 'varchar', length: '60' },
      { name: 'action', type: 'varchar', length: '60' },
      { name: 'subject', type: 'varchar', length: '80' },
      { name: 'oldJson', type: 'text', isNullable: true },
      { name: 'newJson', type: 'text', isNullable: true },
      { name: 'reason', type: 'varchar', length: '200', isNullable: true },
    ],
    indices: [
      { name: 'IDX_98f9300866b886376c5605e532', columnNames: ['occurredAt'] },
      { name: 'IDX_62257a72080055e0461194e15a', columnNames: ['subject', 'occurredAt'] },
    ],
  },
  {
    name: 'outbox_handled',
    columns: [
      { name: 'handlerName', type: 'varchar', length: '80', isPrimary: true },
      { name: 'eventId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'handledAt', type: 'bigint' },
    ],
  },
  {
    name: 'idempotency_keys',
    columns: [
      { name: 'actorId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'operation', type: 'varchar', length: '40', isPrimary: true },
      { name: 'idempotencyKey', type: 'varchar', length: '80', isPrimary: true },
      { name: 'bodyHash', type: 'varchar', length: '64' },
      { name: 'resultId', type: 'varchar', length: '36' },
      { name: 'createdAt', type: 'bigint' },
    ],
  },
  {
    name: 'outbox_events',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'eventType', type: 'varchar', length: '40' },
      { name: 'streamId', type: 'varchar', length: '36' },
      { name: 'streamPosition', type: 'integer' },
      { name: 'payloadJson', type: 'text' },
      { name: 'occurredAt', type: 'bigint' },
      { name: 'recordedAt', type: 'bigint' },
      { name: 'state', type: 'varchar', length: '10' },
      { name: 'attempts', type: 'integer' },
      { name: 'nextAttemptAt', type: 'bigint' },
      { name: 'leaseUntil', type: 'bigint' },
      { name: 'leaseOwner', type: 'varchar', length: '40', isNullable: true },
      { name: 'lastError', type: 'varchar', length: '300', isNullable: true },
    ],
    indices: [
      { name: 'IDX_c5f9c5f5dd15c6910548ba804a', columnNames: ['state', 'nextAttemptAt'] },
      { name: 'IDX_3ac2a0b9240e5c4dd0e5cbc883', columnNames: ['streamId', 'streamPosition'], isUnique: true },
    ],
  },
  {
    name: 'sessions',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'tokenHash', type: 'varchar', length: '64' },
      { name: 'actorKind', type: 'varchar', length: '10' },
      { name: 'subjectId', type: 'varchar', length: '36' },
      { name: 'username', type: 'varchar', length: '60', isNullable: true },
      { name: 'hqRole', type: 'varchar', length: '20', isNullable: true },
      { name: 'createdAt', type: 'bigint' },
      { name: 'expiresAt', type: 'bigint' },
      { name: 'endedAt', type: 'bigint', isNullable: true },
    ],
    indices: [
      { name: 'IDX_50762206f116cd47d1c3fec396', columnNames: ['expiresAt'] },
      { name: 'IDX_bace6c68efc156fddac9b14bda', columnNames: ['tokenHash'], isUnique: true },
    ],
  },
  {
    name: 'setting_versions',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'settingName', type: 'varchar', length: '40' },
      { name: 'valuesJson', type: 'text' },
      { name: 'effectiveFrom', type: 'bigint' },
      { name: 'createdBy', type: 'varchar', length: '36' },
      { name: 'createdAt', type: 'bigint' },
      { name: 'reason', type: 'varchar', length: '200' },
    ],
    indices: [
      { name: 'IDX_29fec6aa2fe719de3e1eba9478', columnNames: ['settingName', 'effectiveFrom'], isUnique: true },
    ],
  },
  {
    name: 'stock_levels',
    columns: [
      { name: 'skuId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'available', type: 'integer' },
      { name: 'reserved', type: 'integer' },
      { name: 'sold', type: 'integer' },
      { name: 'received', type: 'integer' },
    ],
    checks: [
      { name: 'CHK_stock_never_negative', expression: 'available >= 0 AND reserved >= 0 AND sold >= 0' },
      { name: 'CHK_stock_never_leaks', expression: 'available + reserved + sold = received' },
    ],
  },
  {
    name: 'stock_adjustments',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'skuId', type: 'varchar', length: '36' },
      { name: 'delta', type: 'integer' },
      { name: 'reason', type: 'varchar', length: '200' },
      { name: 'actorId', type: 'varchar', length: '36' },
      { name: 'occurredAt', type: 'bigint' },
    ],
    indices: [{ name: 'IDX_bb60c235aa4b907f80add1a1db', columnNames: ['skuId', 'occurredAt'] }],
  },
];

export class Initial1790000000000 implements MigrationInterface {
  name = 'Initial1790000000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
