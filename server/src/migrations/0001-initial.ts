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
    name: 'coupon_templates',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'name', type: 'varchar', length: '60' },
      { name: 'kind', type: 'varchar', length: '20' },
      { name: 'thresholdFen', type: 'bigint' },
      { name: 'discountFen', type: 'bigint', isNullable: true },
      { name: 'rateBps', type: 'integer', isNullable: true },
      { name: 'capFen', type: 'bigint', isNullable: true },
      { name: 'scopeKind', type: 'varchar', length: '10' },
      { name: 'scopeId', type: 'varchar', length: '36', isNullable: true },
      { name: 'validDays', type: 'integer', isNullable: true },
      { name: 'startsAt', type: 'bigint', isNullable: true },
      { name: 'endsAt', type: 'bigint', isNullable: true },
      { name: 'stockLimit', type: 'integer', isNullable: true },
      { name: 'issuedCount', type: 'integer' },
      { name: 'perMemberLimit', type: 'integer', isNullable: true },
      { name: 'stackability', type: 'varchar', length: '10' },
      { name: 'costBearer', type: 'varchar', length: '10' },
      { name: 'createdAt', type: 'bigint' },
      { name: 'endedAt', type: 'bigint', isNullable: true },
    ],
    indices: [{ name: 'IDX_86a07ed8e0d1fc0b15f8fc12a0', columnNames: ['createdAt'] }],
  },
  {
    name: 'coupons',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'templateId', type: 'varchar', length: '36' },
      { name: 'memberId', type: 'varchar', length: '36' },
      { name: 'state', type: 'varchar', length: '10' },
      { name: 'lockedByOrderId', type: 'varchar', length: '36', isNullable: true },
      { name: 'sourceKind', type: 'varchar', length: '10' },
      { name: 'sourceId', type: 'varchar', length: '36' },
      { name: 'sourceOrderId', type: 'varchar', length: '36' },
      { name: 'sourceGuideId', type: 'varchar', length: '36', isNullable: true },
      { name: 'issuedAt', type: 'bigint' },
      { name: 'startsAt', type: 'bigint' },
      { name: 'expiresAt', type: 'bigint' },
      { name: 'redeemedAt', type: 'bigint', isNullable: true },
      { name: 'voidedAt', type: 'bigint', isNullable: true },
    ],
    indices: [
      { name: 'IDX_8f8684481627d3c333f2e6c2db', columnNames: ['sourceOrderId'] },
      { name: 'IDX_0eb23aabd2e21cc984ab73d666', columnNames: ['lockedByOrderId'] },
      { name: 'IDX_94c7575a8ad642c4c491ae026a', columnNames: ['memberId', 'expiresAt'] },
      {
        name: 'IDX_8a827d5336a4d53b9740ce38e6',
        columnNames: ['sourceKind', 'sourceId', 'memberId', 'sourceOrderId'],
        isUnique: true,
      },
    ],
  },
  {
    name: 'coupon_member_slots',
    columns: [
      { name: 'templateId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'memberId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'slot', type: 'integer', isPrimary: true },
      { name: 'couponId', type: 'varchar', length: '36' },
    ],
  },
  {
    name: 'coupon_source_orders',
    columns: [
      { name: 'orderId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'issues', type: 'integer' },
      { name: 'refundedAt', type: 'bigint', isNullable: true },
    ],
  },
  {
    name: 'coupon_campaigns',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'name', type: 'varchar', length: '60' },
      { name: 'triggerKind', type: 'varchar', length: '20' },
      { name: 'templateId', type: 'varchar', length: '36' },
      { name: 'holdoutBps', type: 'integer' },
      { name: 'createdBy', type: 'varchar', length: '36' },
      { name: 'createdAt', type: 'bigint' },
      { name: 'endedAt', type: 'bigint', isNullable: true },
    ],
    indices: [{ name: 'IDX_4592a4c62dfe49c81a9b50cc02', columnNames: ['triggerKind', 'createdAt'] }],
  },
  {
    name: 'campaign_assignments',
    columns: [
      { name: 'campaignId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'memberId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'arm', type: 'varchar', length: '10' },
      { name: 'assignedAt', type: 'bigint' },
      { name: 'eventId', type: 'varchar', length: '36' },
    ],
    indices: [{ name: 'IDX_35d916570cb575c98f6fd4db06', columnNames: ['memberId'] }],
  },
  {
    name: 'first_paid_orders',
    columns: [
      { name: 'memberId', type: 'varchar', length: '36', isPrimary: true },
      { name: 'orderId', type: 'varchar', length: '36' },
      { name: 'paidAt', type: 'bigint' },
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
