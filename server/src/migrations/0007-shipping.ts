import type { MigrationInterface, QueryRunner, TableOptions } from 'typeorm';
import { createTables, dropTables } from './create-tables.js';

const TABLES: TableOptions[] = [
  {
    name: 'wechat_pushes',
    columns: [
      { name: 'id', type: 'varchar', length: '64', isPrimary: true },
      { name: 'event', type: 'varchar', length: '60' },
      { name: 'receivedAt', type: 'bigint' },
    ],
    indices: [{ name: 'IDX_f271ae15fe0fdc4f8117ffc450', columnNames: ['receivedAt'] }],
  },
  {
    name: 'shipping_uploads',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'orderId', type: 'varchar', length: '36' },
      { name: 'orderNumber', type: 'varchar', length: '32' },
      { name: 'payerOpenid', type: 'varchar', length: '64' },
      { name: 'logisticsType', type: 'integer' },
      { name: 'carrier', type: 'varchar', length: '40', isNullable: true },
      { name: 'trackingNumber', type: 'varchar', length: '128', isNullable: true },
      { name: 'itemDesc', type: 'varchar', length: '120' },
      { name: 'receiverContact', type: 'varchar', length: '40', isNullable: true },
      { name: 'state', type: 'varchar', length: '12' },
      { name: 'revision', type: 'integer' },
      { name: 'tries', type: 'integer' },
      { name: 'nextTryAt', type: 'bigint' },
      { name: 'lastUploadTime', type: 'bigint', isNullable: true },
      { name: 'refusalCode', type: 'varchar', length: '20', isNullable: true },
      { name: 'uploadedAt', type: 'bigint', isNullable: true },
      { name: 'createdAt', type: 'bigint' },
      { name: 'receiptCheckAt', type: 'bigint', isNullable: true },
      { name: 'receiptChecks', type: 'integer' },
      { name: 'receiptMethod', type: 'varchar', length: '10', isNullable: true },
      { name: 'receiptOccurredAt', type: 'bigint', isNullable: true },
      { name: 'receiptRecordedAt', type: 'bigint', isNullable: true },
      { name: 'remindedAt', type: 'bigint', isNullable: true },
    ],
    indices: [
      { name: 'IDX_0c24ccbf635f796c457a29f1bd', columnNames: ['receiptCheckAt'] },
      { name: 'IDX_26c98402af8631da2b8df517af', columnNames: ['state', 'nextTryAt'] },
      { name: 'IDX_41b56b20d7c13e7739b5d22cb8', columnNames: ['orderNumber'], isUnique: true },
      { name: 'IDX_9b7b875882dcf83dd0d46862ec', columnNames: ['orderId'], isUnique: true },
    ],
    foreignKeys: [
      {
        name: 'FK_9b7b875882dcf83dd0d46862ecd',
        columnNames: ['orderId'],
        referencedTableName: 'orders',
        referencedColumnNames: ['id'],
        onDelete: 'NO ACTION',
        onUpdate: 'NO ACTION',
      },
    ],
  },
  {
    name: 'wechat_alerts',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'kind', type: 'varchar', length: '40' },
      { name: 'subjectId', type: 'varchar', length: '64' },
      { name: 'orderId', type: 'varchar', length: '36', isNullable: true },
      { name: 'detail', type: 'varchar', length: '300' },
      { name: 'occurredAt', type: 'bigint' },
      { name: 'recordedAt', type: 'bigint' },
      { name: 'doneAt', type: 'bigint', isNullable: true },
      { name: 'doneBy', type: 'varchar', length: '36', isNullable: true },
    ],
    indices: [
      { name: 'IDX_0c9a91a09277a1456474315de8', columnNames: ['doneAt', 'id'] },
      { name: 'IDX_8ee9d32ce56275009f352bd7a2', columnNames: ['kind', 'subjectId'], isUnique: true },
    ],
  },
];

export class AddShipping1795833200007 implements MigrationInterface {
  name = 'AddShipping1795833200007';

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
