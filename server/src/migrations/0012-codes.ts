import type { MigrationInterface, QueryRunner, TableOptions } from 'typeorm';
import { createTables, dropTables } from './create-tables.js';

const TABLES: TableOptions[] = [
  {
    name: 'channel_codes',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'code', type: 'varchar', length: '7' },
      { name: 'kind', type: 'varchar', length: '10' },
      { name: 'label', type: 'varchar', length: '60' },
      { name: 'storeId', type: 'varchar', length: '36', isNullable: true },
      { name: 'targetKind', type: 'varchar', length: '10' },
      { name: 'targetId', type: 'varchar', length: '36', isNullable: true },
      { name: 'revision', type: 'integer' },
      { name: 'tickets', type: 'integer' },
      { name: 'createdAt', type: 'bigint' },
      { name: 'revokedAt', type: 'bigint', isNullable: true },
    ],
    indices: [{ name: 'IDX_3cc199c04293e426898a84d1d2', columnNames: ['code'], isUnique: true }],
  },
  {
    name: 'channel_code_guides',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'channelCodeId', type: 'varchar', length: '36' },
      { name: 'guideId', type: 'varchar', length: '36' },
      { name: 'weight', type: 'integer' },
      { name: 'position', type: 'integer' },
      { name: 'assigned', type: 'integer' },
    ],
    indices: [{ name: 'IDX_2115ca8553f0391d4f04c8899b', columnNames: ['channelCodeId', 'guideId'], isUnique: true }],
  },
  {
    name: 'channel_assignments',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'channelCodeId', type: 'varchar', length: '36' },
      { name: 'memberId', type: 'varchar', length: '36' },
      { name: 'guideId', type: 'varchar', length: '36' },
      { name: 'assignedAt', type: 'bigint' },
    ],
    indices: [
      { name: 'IDX_fede5e74fd67f33e7e95f444cc', columnNames: ['memberId'] },
      { name: 'IDX_3b951e87ec0d2f482bfc3b1343', columnNames: ['channelCodeId', 'memberId'], isUnique: true },
    ],
  },
  {
    name: 'url_links',
    columns: [
      { name: 'id', type: 'varchar', length: '36', isPrimary: true },
      { name: 'ownerId', type: 'varchar', length: '36' },
      { name: 'serial', type: 'integer' },
      { name: 'url', type: 'varchar', length: '500' },
      { name: 'createdAt', type: 'bigint' },
      { name: 'expiresAt', type: 'bigint' },
    ],
    indices: [{ name: 'IDX_c16524ac54cb1efb49a6dd04c2', columnNames: ['ownerId', 'serial'], isUnique: true }],
  },
];

const OPENS_INDEX = 'IDX_fce40f38afdaff8fd64ec2aee1';

/** Codes that HQ prints, who stands behind them, URL links, and arrivals through such a code. */
export class Codes1795848000000 implements MigrationInterface {
  name = 'Codes1795848000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
    await runner.query('ALTER TABLE touches ADD COLUMN channelCodeId varchar(36)');
    await runner.query(`CREATE INDEX ${OPENS_INDEX} ON touches (channelCodeId, occurredAt)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('touches', OPENS_INDEX);
    await runner.query('ALTER TABLE touches DROP COLUMN channelCodeId');
    await dropTables(runner, TABLES);
  }
}
